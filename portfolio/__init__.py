"""Portfolios as text: loading, rules, formulas, reports; no terminal."""
