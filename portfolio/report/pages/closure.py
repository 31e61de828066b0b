"""The closure of a project on one page: what was promised, what came, who has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.report.outline import Outline

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


def is_due(_: View, project: Project) -> bool:
    """Tell whether a project comes to its end, or came to it."""
    over = project.status in {"closing", "closed", "cancelled"}
    return over or project.actual_finish is not None


OUTLINE = Outline(
    "Project closure",
    "What was promised and what came, who harvests the benefits, and what is left to whom?",
    subject="project",
    order=30,
    is_due=is_due,
)
