"""The past, as git keeps it: commits, and portfolios as they were."""
