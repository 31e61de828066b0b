"""Suppositions: a project ends, a person leaves, dates are others."""
