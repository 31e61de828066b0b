"""Entities to be written, and the files that they go into."""
