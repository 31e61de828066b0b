"""What a slip does to services in use."""
