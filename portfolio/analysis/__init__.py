"""The formulas, by theme."""
