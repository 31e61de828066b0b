"""Sections on accounts, contracts and customers."""
