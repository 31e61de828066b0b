"""What a slip does to contracts and customers."""
