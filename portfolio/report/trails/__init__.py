"""Where each figure of a page comes from: formula, inputs, file and line."""
