"""Predictability, held against the worked examples WE-52 and WE-53."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from portfolio.analysis.delivery.predictability import (
    milestone_hit_rate,
    milestone_trend,
    slip_summary,
)

DUE = date(2026, 3, 2)


def reached(slip: int | None) -> tuple[date, date | None]:
    """Return a milestone that was due and came so many days late, or has not come."""
    return DUE, None if slip is None else DUE + timedelta(days=slip)


def test_overdue_milestones_stay_in_the_denominator() -> None:
    slips = [0, 0, -3, 5, 0, 20, -1, None, None, 0]
    assert milestone_hit_rate([reached(slip) for slip in slips]).value == Decimal("0.6")
    only_done = [reached(slip) for slip in slips if slip is not None]
    assert milestone_hit_rate(only_done).value == Decimal("0.75")


def test_no_milestone_due_is_no_rate() -> None:
    assert milestone_hit_rate([]).code == "no_data"


def test_the_mean_slip_with_and_without_what_is_overdue() -> None:
    done = slip_summary([0, 0, -3, 5, 0, 20, -1, 0]).value
    everything = slip_summary([0, 0, -3, 5, 0, 20, -1, 0, 12, 4]).value
    assert done is not None
    assert everything is not None
    assert (done.mean, done.median) == (Decimal("2.625"), Decimal(0))
    assert everything.mean == Decimal("3.7")
    assert slip_summary([]).value is None


def test_the_trend_of_a_milestone_and_where_it_arrives() -> None:
    trend = milestone_trend([(0, 200), (30, 210), (60, 235), (90, 260)]).value
    assert trend is not None
    assert round(trend.slope, 2) == Decimal("0.68")
    assert round(trend.intercept, 1) == Decimal("195.5")
    assert trend.projection.value is not None
    assert round(trend.projection.value, 2) == Decimal("617.37")


def test_a_milestone_that_slips_a_day_a_day_never_arrives() -> None:
    trend = milestone_trend([(0, 100), (10, 110), (20, 121)]).value
    assert trend is not None
    assert trend.projection.code == "unreachable"


def test_two_reports_are_no_trend_and_one_day_is_none_either() -> None:
    assert milestone_trend([(0, 100), (10, 110)]).code == "no_data"
    assert milestone_trend([(5, 100), (5, 110), (5, 111)]).code == "zero_denominator"
