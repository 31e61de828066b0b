"""Sections on cost, budgets and benefits."""
