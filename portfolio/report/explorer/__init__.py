"""The page on which somebody walks through the dependencies."""
