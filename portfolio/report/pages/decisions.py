"""The decision register for those who decide, and for those who wait."""

from __future__ import annotations

from portfolio.model.governance import Decision
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Decision register",
    "What was decided and why, what waits for an answer, how long, and at what price?",
    order=70,
    is_due=records(Decision),
)
