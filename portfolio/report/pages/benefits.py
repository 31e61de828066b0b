"""The benefits tracker: for those who promised them and those who pay for them."""

from __future__ import annotations

from portfolio.model.finance import Benefit
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Benefits tracker",
    "Which benefits are promised, by whom, how much has arrived, and how sure is the rest?",
    order=70,
    is_due=records(Benefit),
)
