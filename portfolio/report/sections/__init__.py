"""The sections of reports, by theme."""
