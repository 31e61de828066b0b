"""What somebody can ask of a portfolio, as functions without a terminal."""
