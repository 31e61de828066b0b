"""Findings in each format that is a choice of `pmo validate`."""
