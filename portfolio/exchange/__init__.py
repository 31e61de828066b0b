"""Neighbours: what other tools write is read, and what they read is written."""
