"""Objectives, roadmap, alignment, prioritisation and selection."""
