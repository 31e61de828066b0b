"""Rules about service levels and reliability."""
