"""Microsoft Project: its XML, read and written."""
