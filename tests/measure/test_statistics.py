"""Small samples and schedule checks, held against the worked examples WE-39 and WE-55."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.analysis.delivery.schedule_checks import (
    hard_constraints,
    long_durations,
    missed_tasks,
    missing_logic,
)
from portfolio.measure.statistics import Interval, is_surely_below, wilson_interval
from portfolio.model.delivery.projects import Activity
from tests.portfolios import portfolio_of


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (8, 10, 49.02, 94.33),
        (80, 100, 71.12, 86.66),
        (75, 96, 68.86, 85.22),
        (10, 10, 72.25, 100),
        (0, 5, 0, 43.45),
        (7, 50, 6.95, 26.19),
    ],
)
def test_the_wilson_interval(hits: int, count: int, low: float, high: float) -> None:
    found = wilson_interval(hits, count).value
    assert found is not None
    assert (round(100 * found.low, 2), round(100 * found.high, 2)) == (low, high)


def test_nothing_counted_is_no_interval() -> None:
    assert wilson_interval(0, 0).code == "no_data"


def test_a_share_is_surely_below_a_limit_where_its_whole_interval_is() -> None:
    assert is_surely_below(Interval(0.2, 0.7), 0.75)
    assert not is_surely_below(Interval(0.2, 0.75), 0.75)


def plan(rows: str) -> tuple[Activity, ...]:
    text = "person: {id: anna, name: Anna}\nproject:\n  id: a\n  name: A\n  sponsor: anna\n"
    return portfolio_of(f"{text}  activities: [{rows}]\n").all(Activity)


def test_one_start_and_one_end_may_hang_in_the_air() -> None:
    activities = plan("{id: x, duration: 5d}, {id: y, duration: 5d, predecessors: [x]},"
                      " {id: z, duration: 5d}, {id: loe, duration: 9d, loe: true}")  # fmt: skip
    result = missing_logic(activities, {"a.x"})
    assert [each.id for each in result.failing] == ["a.z", "a.y"]
    assert result.count == 3


def test_what_is_counted_as_hard_long_and_missed() -> None:
    activities = plan(
        "{id: x, duration: 45d, constraint: {type: MSO, date: 2026-06-01}},"
        "{id: y, duration: 44d, constraint: {type: SNET, date: 2026-06-01},"
        " baseline_finish: 2026-03-02, actual_finish: 2026-03-02},"
        "{id: z, duration: 90cd, baseline_finish: 2026-03-02, actual_finish: 2026-03-03},"
        "{id: w, duration: 9w, baseline_finish: 2026-03-31}"
    )
    as_of = date(2026, 3, 31)
    assert [each.id for each in hard_constraints(activities).failing] == ["a.x"]
    assert [each.id for each in long_durations(activities, 450).failing] == ["a.x", "a.w"]
    assert [each.id for each in missed_tasks(activities, as_of).failing] == ["a.z", "a.w"]
