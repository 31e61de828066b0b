"""Findings and answers in the formats that other programs and people read."""
