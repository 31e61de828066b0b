"""When projects end: as stated, or later by their own activities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from portfolio.calendar import finish_date
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.portfolio import per_portfolio
from portfolio.network.portfolio_schedule import plan_of

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


@per_portfolio
def planned_finishes(portfolio: Portfolio) -> Mapping[str, date]:
    """Return the day on which the last open activity of each project can end, by the project's id.

    Projects without activities that are still open have none.
    """
    last: dict[str, int] = {}
    if not any(each.actual_finish is None for each in portfolio.all(Activity)):
        return {}
    schedule = plan_of(portfolio).schedule
    index, finishes = schedule.network.index, schedule.early_finish
    for activity in portfolio.all(Activity):
        node = index.get(activity.id)
        if node is None or activity.actual_finish is not None or activity.loe:
            continue
        project = activity.project.id
        last[project] = max(last.get(project, finishes[node]), finishes[node])
    return {project: finish_date(instant) for project, instant in last.items()}


def expected_finish(portfolio: Portfolio, project: Project) -> date | None:
    """Return the last day of a project: as it happened, as stated, else by its activities.

    Activities count only where they end after the baseline: a plan that ends before it may be half
    a plan, and is no evidence that all is well. None where nobody expects anything.
    """
    stated = project.actual_finish or project.forecast_finish
    if stated is not None or project.baseline_finish is None:
        return stated
    planned = planned_finishes(portfolio).get(project.id)
    return planned if planned is not None and planned > project.baseline_finish else None
