"""The same passes for many samples at once."""
