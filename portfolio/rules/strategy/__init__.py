"""Rules about alignment."""
