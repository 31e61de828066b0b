"""Sections on risks and exposure."""
