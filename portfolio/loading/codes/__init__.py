"""The codes of what loading reports."""
