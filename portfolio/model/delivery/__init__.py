"""Kinds: projects and their plans, iterations, status reports."""
