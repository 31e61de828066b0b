"""What a slip does to payments."""
