"""What a slip does to KPIs."""
