"""Conditions about entities, as `pmo.yaml` states them."""
