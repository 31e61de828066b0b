"""Values with their reasons; columns, statistics, privacy."""
