"""The computed columns about kept dates: where milestones drift, how often they are met."""

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
from portfolio.analysis.delivery.throughput import steps
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import cents
from portfolio.model.delivery.projects import Milestone, Project

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


@column(Milestone, order=20)
def trend_slope(milestone: Milestone, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the days it moves with each day that passes: 0 stands, 1 never arrives."""
    found = drift(milestone, portfolio.as_of)
    return Measure(found.value.trend.slope) if found.value else unknown(found.code, found.reason)


@column(Milestone, order=30)
def trend_arrival(milestone: Milestone, portfolio: Portfolio) -> Measure[date]:
    """Return the day on which it arrives if it keeps moving as it did."""
    found = drift(milestone, portfolio.as_of)
    return found.value.arrival if found.value else unknown(found.code, found.reason)


@column(Milestone, order=40)
def forecast_moved_days(milestone: Milestone, portfolio: Portfolio) -> Measure[int]:
    """Return the days its forecast moved, to and fro, over the last six reports."""
    return forecast_stability([when for _, when in forecast_points(milestone, portfolio.as_of)])


@column(Project, order=360)
def milestones_on_time(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of milestones met of those due in twelve months; open ones are missed."""
    milestones = portfolio.related(project, Milestone, "project")
    return milestone_record(milestones, portfolio.as_of).hit_rate


@column(Project, order=370)
def milestone_slip(project: Project, portfolio: Portfolio) -> Measure[Mapping[str, Decimal]]:
    """Return mean, median and P90 of the slips of its milestones in calendar days."""
    milestones = portfolio.related(project, Milestone, "project")
    found = milestone_record(milestones, portfolio.as_of).slips
    if found.value is None:
        return unknown(found.code, found.reason)
    slips = found.value
    amounts = (slips.mean, slips.median, slips.ninth_decile)
    return Measure(dict(zip(("mean", "median", "p90"), map(cents, amounts), strict=True)))


@column(Project, order=380)
def promises_kept(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of what its team committed to in iterations that it delivered (say-do)."""
    found = steps(portfolio, project)
    return found.value.say_do if found.value else unknown(found.code, found.reason)


@column(Project, order=390)
def backlog_empty(project: Project, portfolio: Portfolio) -> Measure[Mapping[str, str]]:
    """Return the days by which the backlog is empty in half and in four fifths of the draws."""
    found = steps(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    p50, p80 = found.value.p50, found.value.p80
    if p50.value is None or p80.value is None:
        return unknown(p50.code, p50.reason)
    return Measure({"p50": p50.value.isoformat(), "p80": p80.value.isoformat()})
