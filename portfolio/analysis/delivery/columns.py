"""The computed columns of projects, milestones, activities and risks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.schedule_assessment import scorecards
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.finishing import expected_finish
from portfolio.network.portfolio_schedule import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from portfolio.model.portfolio import Portfolio
    from portfolio.network.schedule import Dates, Schedule


@column(Project, order=30)
def finish_slip_days(project: Project, portfolio: Portfolio) -> Measure[int]:
    """Return the calendar days from the approved to the expected finish; later is positive."""
    return _days_between(project.baseline_finish, expected_finish(portfolio, project))


@column(Project, order=40)
def dcma_failed(project: Project, portfolio: Portfolio) -> Measure[tuple[str, ...]]:
    """Return the names of the DCMA checks that the plan fails; none without activities."""
    card = scorecards(portfolio).get(project.id)
    if card is None:
        return unknown("no_data", "no plan with activities that is not over")
    return Measure(tuple(each.check.name for each in card.failed))


@column(Milestone, order=10)
def slip_days(milestone: Milestone, _: Portfolio) -> Measure[int]:
    """Return the calendar days from baseline to actual, else to forecast; later is positive."""
    return _days_between(milestone.baseline, milestone.actual or milestone.forecast)


def _days_between(approved: date | None, expected: date | None) -> Measure[int]:
    if approved is None:
        return unknown("no_data", "no baseline")
    if expected is None:
        return unknown("no_data", "no forecast")
    return Measure((expected - approved).days)


@column(Activity)
def early_start(activity: Activity, portfolio: Portfolio) -> Measure[date]:
    """Return the first day on which it can start."""
    return _scheduled(activity, portfolio, lambda dates: dates.early_start)


@column(Activity)
def early_finish(activity: Activity, portfolio: Portfolio) -> Measure[date]:
    """Return the first day on which it can be finished."""
    return _scheduled(activity, portfolio, lambda dates: dates.early_finish)


@column(Activity)
def late_start(activity: Activity, portfolio: Portfolio) -> Measure[date]:
    """Return the last day on which it can start without moving the project's end."""
    return _scheduled(activity, portfolio, lambda dates: dates.late_start)


@column(Activity)
def late_finish(activity: Activity, portfolio: Portfolio) -> Measure[date]:
    """Return the last day on which it can finish without moving the project's end."""
    return _scheduled(activity, portfolio, lambda dates: dates.late_finish)


def _scheduled(
    activity: Activity, portfolio: Portfolio, take: Callable[[Dates], date]
) -> Measure[date]:
    plan = plan_of(portfolio)
    if activity.id not in plan.network.index:
        return unknown("no_data", "not in the schedule")
    return Measure(take(plan.schedule.dates(activity.id)))


@column(Activity)
def total_float(activity: Activity, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the working days it can slip without moving the project's end."""
    return _float(activity, portfolio, lambda schedule: schedule.total_float)


@column(Activity)
def free_float(activity: Activity, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the working days it can slip without moving anything else."""
    return _float(activity, portfolio, lambda schedule: schedule.free_float)


def _float(
    activity: Activity, portfolio: Portfolio, take: Callable[[Schedule], Sequence[int | None]]
) -> Measure[Decimal]:
    plan = plan_of(portfolio)
    node = plan.network.index.get(activity.id)
    minutes = take(plan.schedule)[node] if node is not None else None
    if minutes is None:
        return unknown("finished", "finished, or not in the schedule")
    calendar = project_calendar(portfolio, portfolio.find(activity.project, Project))
    return Measure(Decimal(minutes) / calendar.minutes_per_day)


@column(Activity)
def is_critical(activity: Activity, portfolio: Portfolio) -> bool | None:
    """Tell whether it has no room: its slip moves the project's end."""
    plan = plan_of(portfolio)
    known = activity.id in plan.network.index
    return plan.schedule.is_critical(activity.id) if known else None
