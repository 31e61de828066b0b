"""The agenda of a board's next meeting."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Agenda",
    "What must a board decide at its next meeting, by when, and may it decide at all?",
    subject="board",
    order=15,
)
