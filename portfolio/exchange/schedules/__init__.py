"""Schedules of other tools: one neutral form, a reader for each format, one writer."""
