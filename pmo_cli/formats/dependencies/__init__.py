"""The answers of `pmo deps`."""
