"""What hangs on what, as a map and as a diagram."""
