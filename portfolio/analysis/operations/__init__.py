"""Services in use, changes that land on them, freezes, readiness, adoption."""
