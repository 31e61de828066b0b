"""Threats, opportunities, issues, assumptions; score, exposure, simulation."""
