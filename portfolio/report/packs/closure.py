"""The closure of a project on one page: what was promised, what came, who has the rest."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Project closure",
    "What was promised and what came, who harvests the benefits, and what is left to whom?",
    subject="project",
    order=30,
)
