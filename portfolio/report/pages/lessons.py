"""The digest of lessons: what was learned, who has acted on it, and what keeps coming back."""

from __future__ import annotations

from portfolio.model.governance import Lesson
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Lessons digest",
    "What did we learn, who has acted on it, and what do we learn again and again?",
    order=72,
    is_due=records(Lesson),
)
