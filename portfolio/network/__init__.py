"""The one graph of a portfolio, and the passes over its schedule."""
