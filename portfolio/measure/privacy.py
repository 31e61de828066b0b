"""How few answers are too few to be shown."""

from __future__ import annotations

FEWEST_SHOWN = 4
"""Answers of fewer people are not shown: somebody could be recognised."""
TOO_FEW = f"fewer than {FEWEST_SHOWN} answers"
FEWEST_COMPARED = 10
"""Two periods with fewer answers each are not comparable."""
ENOUGH = 30
"""Fewer answers than this need an interval that is clear of the threshold to carry a colour."""
