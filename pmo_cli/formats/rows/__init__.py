"""The rows of one kind in each format that is a choice of `pmo show`."""
