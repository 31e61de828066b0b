"""Mistakes that pages and tools make about earned value, and that must not be made here."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.finance.earned_schedule import (
    TimePerformance,
    earned_schedule,
    planned_days,
)
from portfolio.analysis.finance.earned_value import EarnedValue, estimates
from portfolio.analysis.finance.earned_value_columns import estimate_to_complete
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Project
from portfolio.values import Money
from tests.portfolios import portfolio_of

# Worked example WE-01.
LATE_AND_DEAR = EarnedValue(*map(Decimal, (500000, 250000, 200000, 290000)))
# Worked example WE-05: nine working days, not planned evenly.
PLAN = [Decimal(n) for n in ("1", "2", "4.3333", "6.6667", "9", "10.3333", "12.6667", "15", "16")]
EARNED = Decimal("8.2")


def test_what_is_left_to_spend_counts_from_the_cost_and_not_from_the_earned_value() -> None:
    portfolio = portfolio_of(
        "people: [{id: anna, name: Anna Sample}]\n"
        "project: {id: atlas, name: Atlas, sponsor: anna, bac: 500000}\n"
        "ev_snapshot: {project: atlas, as_of: 2026-03-31, pv: 250000, ev: 200000, ac: 290000}\n"
    )
    (project,) = portfolio.all(Project)
    found = estimate_to_complete(project, portfolio)
    assert found.value == Money(Decimal(435000), "GBP")  # EAC - EV would be 525,000


def test_dividing_the_budget_by_the_index_is_not_the_most_cautious_estimate() -> None:
    found = {each.method: each.value.value for each in estimates(LATE_AND_DEAR)}
    by_cost, by_both = found["cost_performance"], found["cost_and_schedule_performance"]
    assert by_cost is not None
    assert by_both is not None
    assert round(by_cost) == 725000
    assert round(by_both) == 833750


def test_earned_schedule_is_read_from_the_plan_and_not_from_a_straight_line() -> None:
    found = earned_schedule(PLAN, EARNED).value
    assert found is not None
    assert abs(found - Decimal("4.6571")) < Decimal("0.0001")
    assert abs(found - 9 * EARNED / 16) > Decimal("0.04")


def test_a_forecast_of_time_names_its_factor_because_each_gives_another_day() -> None:
    earned = earned_schedule(PLAN, EARNED).value
    assert earned is not None
    time = TimePerformance(Decimal(9), earned, Decimal(5))
    as_planned, at_pace = time.forecast().value, time.forecast(time.index).value
    assert as_planned is not None
    assert at_pace is not None
    assert abs(as_planned - Decimal("9.3429")) < Decimal("0.0001")
    assert abs(at_pace - Decimal("9.6626")) < Decimal("0.0002")
    assert time.forecast(Measure(Decimal(1))).value == as_planned


def test_work_planned_on_days_off_alone_has_no_plan_over_time() -> None:
    portfolio = portfolio_of("""
        people: [{id: anna, name: Anna Sample}]
        project:
          {id: atlas, name: Atlas, sponsor: anna, bac: 100, activities: [
            {id: a, name: A, duration: 1d, budget: 100, pct_complete: 50,
              baseline_start: 2026-03-28, baseline_finish: 2026-03-29}]}
        """)
    (atlas,) = portfolio.all(Project)
    plan = planned_days(portfolio, atlas)
    assert (plan.value, plan.code) == (None, "out_of_range")
