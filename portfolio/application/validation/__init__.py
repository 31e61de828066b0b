"""Findings of a portfolio, their baseline, and their fixes."""
