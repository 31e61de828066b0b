"""Sections on service levels and the PMO."""
