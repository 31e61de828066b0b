"""Calendars of other tools, and public holidays."""
