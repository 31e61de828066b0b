"""Rules about contracts and customers."""
