"""Rules about assignments and overallocation."""
