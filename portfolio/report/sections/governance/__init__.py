"""Sections on decisions, exceptions, control and closure."""
