"""The kinds of entity by theme, and the index of all of them."""
