"""The portfolio as of a day and for an audience."""
