"""Sections on plans, dependencies and highlights."""
