"""Checks of what is recorded, by theme: one function a rule."""
