"""The resource review for those who decide who works on what."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Resource review",
    "Where is more work than people, who is alone, and who moves at what price?",
    order=50,
)
