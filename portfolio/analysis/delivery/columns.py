"""The computed columns of projects, milestones, activities and risks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.milestone_performance import (
    drift,
    forecast_points,
    milestone_record,
)
from portfolio.analysis.delivery.predictability import forecast_stability
from portfolio.analysis.delivery.schedule_assessment import scorecards
from portfolio.analysis.delivery.throughput import steps
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, both, given, unknown
from portfolio.measure.table import cents
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import expected_finish, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portfolio.network.schedule import Dates, Schedule
    from portfolio.view.view import View


@column(Project, order=30)
def finish_slip_days(project: Project, portfolio: View) -> Measure[int]:
    """Return the calendar days from the approved to the expected finish; later is positive."""
    return _days_between(project.baseline_finish, expected_finish(portfolio, project))


@column(Project, order=40)
def dcma_failed(project: Project, portfolio: View) -> Measure[tuple[str, ...]]:
    """Return the names of the DCMA checks that the plan fails; none without activities."""
    card = scorecards(portfolio).get(project.id)
    return given(card, "no plan with activities that is not over").map(
        lambda found: tuple(each.check.name for each in found.failed)
    )


@column(Milestone, order=10)
def slip_days(milestone: Milestone, _: View) -> Measure[int]:
    """Return the calendar days from baseline to actual, else to forecast; later is positive."""
    return _days_between(milestone.baseline, milestone.actual or milestone.forecast)


def _days_between(approved: date | None, expected: date | None) -> Measure[int]:
    return both(
        given(approved, "no baseline"),
        given(expected, "no forecast"),
        lambda first, last: (last - first).days,
    )


@column(Activity)
def early_start(activity: Activity, portfolio: View) -> Measure[date]:
    """Return the first day on which it can start."""
    return _scheduled(activity, portfolio, lambda dates: dates.early_start)


@column(Activity)
def early_finish(activity: Activity, portfolio: View) -> Measure[date]:
    """Return the first day on which it can be finished."""
    return _scheduled(activity, portfolio, lambda dates: dates.early_finish)


@column(Activity, long=True)
def late_start(activity: Activity, portfolio: View) -> Measure[date]:
    """Return the last day on which it can start without moving the project's end."""
    return _scheduled(activity, portfolio, lambda dates: dates.late_start)


@column(Activity, long=True)
def late_finish(activity: Activity, portfolio: View) -> Measure[date]:
    """Return the last day on which it can finish without moving the project's end."""
    return _scheduled(activity, portfolio, lambda dates: dates.late_finish)


def _scheduled(activity: Activity, portfolio: View, take: Callable[[Dates], date]) -> Measure[date]:
    plan = plan_of(portfolio)
    if activity.id not in plan.network.index:
        return unknown("no_data", "not in the schedule")
    return Measure(take(plan.schedule.dates(activity.id)))


@column(Activity)
def total_float(activity: Activity, portfolio: View) -> Measure[Decimal]:
    """Return the working days it can slip without moving the project's end."""
    return _float(activity, portfolio, lambda schedule: schedule.total_float)


@column(Activity, long=True)
def free_float(activity: Activity, portfolio: View) -> Measure[Decimal]:
    """Return the working days it can slip without moving anything else."""
    return _float(activity, portfolio, lambda schedule: schedule.free_float)


def _float(
    activity: Activity, portfolio: View, take: Callable[[Schedule], Sequence[int | None]]
) -> Measure[Decimal]:
    plan = plan_of(portfolio)
    node = plan.network.index.get(activity.id)
    minutes = take(plan.schedule)[node] if node is not None else None
    if minutes is None:
        return unknown("finished", "finished, or not in the schedule")
    calendar = project_calendar(portfolio, portfolio.find(activity.project, Project))
    return Measure(Decimal(minutes) / calendar.minutes_per_day)


@column(Activity)
def is_critical(activity: Activity, portfolio: View) -> bool | None:
    """Tell whether it has no room: its slip moves the project's end."""
    plan = plan_of(portfolio)
    known = activity.id in plan.network.index
    return plan.schedule.is_critical(activity.id) if known else None


@column(Milestone, order=20)
def trend_slope(milestone: Milestone, portfolio: View) -> Measure[Decimal]:
    """Return the days it moves with each day that passes: 0 stands, 1 never arrives."""
    return drift(milestone, portfolio.as_of).map(lambda found: found.trend.slope)


@column(Milestone, order=30)
def trend_arrival(milestone: Milestone, portfolio: View) -> Measure[date]:
    """Return the day on which it arrives if it keeps moving as it did."""
    return drift(milestone, portfolio.as_of).then(lambda found: found.arrival)


@column(Milestone, order=40)
def forecast_moved_days(milestone: Milestone, portfolio: View) -> Measure[int]:
    """Return the days its forecast moved, to and fro, over the last six reports."""
    return forecast_stability([when for _, when in forecast_points(milestone, portfolio.as_of)])


@column(Project, order=360)
def milestones_on_time(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the share of milestones met of those due in twelve months; open ones are missed."""
    milestones = portfolio.related(project, Milestone, "project")
    return milestone_record(milestones, portfolio.as_of).hit_rate


@column(Project, order=370)
def milestone_slip(project: Project, portfolio: View) -> Measure[Mapping[str, Decimal]]:
    """Return mean, median and P90 of the slips of its milestones in calendar days."""
    milestones = portfolio.related(project, Milestone, "project")
    return milestone_record(milestones, portfolio.as_of).slips.map(
        lambda slips: {
            "mean": cents(slips.mean),
            "median": cents(slips.median),
            "p90": cents(slips.ninth_decile),
        }
    )


@column(Project, order=380)
def promises_kept(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the share of what its team committed to in iterations that it delivered (say-do)."""
    return steps(portfolio, project).then(lambda found: found.say_do)


@column(Project, order=390)
def backlog_empty(project: Project, portfolio: View) -> Measure[Mapping[str, str]]:
    """Return the days by which the backlog is empty in half and in four fifths of the draws."""
    return steps(portfolio, project).then(
        lambda found: both(
            found.p50,
            found.p80,
            lambda half, most: {"p50": half.isoformat(), "p80": most.isoformat()},
        )
    )
