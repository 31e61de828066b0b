"""Reports as neutral blocks, and the formats that they are rendered in."""
