"""Primavera P6: its XER, read."""
