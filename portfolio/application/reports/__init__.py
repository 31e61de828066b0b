"""What a report is about, its stamp, and the report on paper."""
