"""Sections on alignment."""
