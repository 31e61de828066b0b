"""The renewal calendar for those who decide on contracts."""

from __future__ import annotations

from portfolio.model.commercial.contracts import Contract
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Renewal calendar",
    "Which contracts renew, until when must we decide, and what does silence cost?",
    order=60,
    is_due=records(Contract),
)
