"""What a slip does to teams, and what resolves an overallocation."""
