"""The exception report of a project that leaves its tolerance, or the sentence that it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.tolerances import exceptions_of
from portfolio.model.governance import ExceptionReport
from portfolio.report.outline import Outline

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


def is_due(portfolio: View, project: Project) -> bool:
    """Tell whether a project leaves a tolerance, or has reported that it will."""
    reports = portfolio.related(project, ExceptionReport, "project")
    return bool(exceptions_of(portfolio, project)) or any(
        each.status in {"open", "approved"} for each in reports
    )


OUTLINE = Outline(
    "Exception report",
    "Which tolerance is left, why, what follows, which ways are there, and who decides?",
    subject="project",
    order=25,
    is_due=is_due,
)
