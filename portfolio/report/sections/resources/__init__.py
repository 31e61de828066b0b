"""Sections on people and their work."""
