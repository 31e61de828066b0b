"""The highlight report of one project: one to two pages for its sponsor."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Project highlight report",
    "Do we have to worry, what does it cost, when does it end, and what does it need from us?",
    subject="project",
    order=20,
)
