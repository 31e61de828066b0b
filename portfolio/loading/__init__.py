"""Files to records, and every mistake in them as a finding."""
