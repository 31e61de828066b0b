"""The exception report of a project that leaves its tolerance, or the sentence that it does not."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Exception report",
    "Which tolerance is left, why, what follows, which ways are there, and who decides?",
    subject="project",
    order=25,
)
