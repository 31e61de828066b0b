"""The readiness report of one go-live: is operations ready to take it?"""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Readiness to go live",
    "May it go live: where does it land, are people and services ready, what comes after?",
    subject="change_event",
    order=50,
)
