"""Rules about the risk register and appetite."""
