"""The resource review for those who decide who works on what."""

from __future__ import annotations

from portfolio.model.resources import Assignment, RoleDemand, Timesheet
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Resource review",
    "Where is more work than people, who is alone, and who moves at what price?",
    order=50,
    is_due=records(Assignment, RoleDemand, Timesheet),
)
