"""A project's money over time: what was planned, earned, spent, and is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_schedule import planned_days, time_forecast
from portfolio.analysis.finance.estimate_at_completion import completion
from portfolio.analysis.finance.expenditure import newest_forecast, spending
from portfolio.analysis.finance.project_performance import project_performance, snapshots_of
from portfolio.measure.measure import Measure

if TYPE_CHECKING:
    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

_LONGEST_MONTH = 31

Points = tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class ProgressCurves:
    """Cumulative money by day, in one currency; a curve without data is empty.

    ``earned`` has one point only where no snapshots tell what was earned before.
    """

    currency: str
    planned: Points
    earned: Points
    spent: Points
    expected: Points


def progress_curves(portfolio: View, project: Project) -> Measure[ProgressCurves]:
    """Return the curves of planned and earned value, actual cost and the forecast of a project.

    The forecast goes on from the actual cost by the periods of the newest forecast where that is
    the selected estimate, else straight to the selected estimate on the day on which the project
    ends at its own pace. Without earned value: no_data.

    Source: domain A2.
    """
    return project_performance(portfolio, project).map(
        lambda performance: _curves(portfolio, project, performance)
    )


def _curves(portfolio: View, project: Project, performance: Performance) -> ProgressCurves:
    plan = planned_days(portfolio, project).value
    planned = tuple(zip(plan.days, plan.values, strict=True)) if plan is not None else ()
    earned: Points = ((performance.on, performance.figures.ev),)
    spent = _spent(portfolio, project, performance)
    if performance.source == "snapshot":
        history = snapshots_of(portfolio, project)
        earned = tuple((each.as_of, each.ev.amount) for each in history)
        spent = tuple((each.as_of, each.ac.amount) for each in history)
    expected = _expected(portfolio, project, performance)
    return ProgressCurves(performance.currency, planned, earned, spent, expected)


def _spent(portfolio: View, project: Project, performance: Performance) -> Points:
    """Return the cumulative cost at the end of each month, the last on the as-of day."""
    found = spending(portfolio, project).value
    now = (performance.on, performance.figures.ac)
    if found is None or found.currency != performance.currency or not found.by_month:
        return (now,)
    ends = [_month_end(month) for month, _ in found.by_month]
    sums = accumulate(amount for _, amount in found.by_month)
    points = [(day, amount) for day, amount in zip(ends, sums, strict=True) if day < now[0]]
    return ((date.fromisoformat(f"{found.by_month[0][0]}-01"), Decimal(0)), *points, now)


def _month_end(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=_LONGEST_MONTH)).replace(day=1) - timedelta(days=1)


def _expected(portfolio: View, project: Project, performance: Performance) -> Points:
    estimate = completion(portfolio, project).value
    begin = (performance.on, performance.figures.ac)
    if estimate is None or estimate.selected <= begin[1]:
        return ()
    newest = newest_forecast(portfolio, project)
    if estimate.method == "bottom_up" and newest is not None:
        parts = sorted(newest.periods, key=lambda each: each.period.end)
        if {each.amount.currency for each in parts} == {performance.currency}:
            sums = accumulate((each.amount.amount for each in parts), initial=begin[1])
            days = [begin[0], *(each.period.end for each in parts)]
            return tuple(zip(days, sums, strict=True))
    time = time_forecast(portfolio, project).value
    end = time.finish(time.performance.index).value if time is not None else None
    end = end or project.forecast_finish or project.baseline_finish
    return (begin, (end, estimate.selected)) if end is not None and end > begin[0] else ()
