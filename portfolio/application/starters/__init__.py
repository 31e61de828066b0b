"""What `pmo new` writes for somebody to fill in."""
