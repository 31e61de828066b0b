"""What a slip, a stop or a loss does: to whom, in dates and money."""
