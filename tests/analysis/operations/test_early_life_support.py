"""Early life support on its day: overdue, and whether it may end."""

from __future__ import annotations

import pytest

from portfolio.analysis.operations.early_life_support import (
    SupportState,
    run_cost_now,
    support_state,
)
from portfolio.model.operations.services import EarlyLifeSupport
from tests.portfolios import portfolio_of

SUPPORT = """
people: [{id: anna, name: Anna Sample}]
change_event: {id: release, go_live: 2026-02-02, status: done}
kpis:
  - {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140}
  - {id: fixed, name: Fixed, owner: anna, direction: higher, target: 90, red: 70}
measurements:
  - {kpi: calls, period: 2026-01, value: 10}
  - {kpi: calls, period: 2026-02, value: 100}
  - {kpi: calls, period: 2026-03, value: 90}
  - {kpi: fixed, period: 2026-02, value: 85}
  - {kpi: fixed, period: 2026-03, value: 79}
early_life_support: {change: release, from: 2026-02-02, planned_to: 2026-03-20, EXIT}
"""


def state(exits: str) -> SupportState:
    portfolio = portfolio_of(SUPPORT.replace("EXIT", exits))
    return support_state(portfolio, portfolio.all(EarlyLifeSupport)[0])


@pytest.mark.parametrize(
    ("exits", "may_end", "code"),
    [
        ("exit: [{kpi: calls, threshold: 100}]", True, ""),
        ("exit: [{kpi: calls, threshold: 100}, {kpi: fixed, threshold: 80}]", False, ""),
        ("exit: [{kpi: calls, threshold: 100, consecutive_periods: 3}]", None, "no_data"),
        ("exit: [{kpi: calls}]", None, "no_data"),
        ("exit: []", None, "no_data"),
    ],
)
def test_it_may_end_when_every_criterion_held_long_enough_since_its_first_month(
    exits: str, may_end: object, code: str
) -> None:
    found = state(exits).may_end
    assert found.value is may_end
    assert found.code == code


@pytest.mark.parametrize(
    ("dates", "running", "overdue"),
    [
        ("planned_to: 2026-03-20", True, 11),
        ("planned_to: 2026-03-31", True, 0),
        ("planned_to: 2026-03-20, actual_to: 2026-03-27", False, 0),
        ("planned_to: 2026-03-20, actual_to: 2026-04-02", True, 11),
    ],
)
def test_it_is_overdue_from_the_day_after_its_planned_end(
    dates: str, *, running: bool, overdue: int
) -> None:
    text = SUPPORT.replace("planned_to: 2026-03-20, EXIT", dates)
    portfolio = portfolio_of(text)
    found = support_state(portfolio, portfolio.all(EarlyLifeSupport)[0])
    assert (found.is_running, found.days_overdue) == (running, overdue)


def test_run_cost_in_another_currency_or_without_a_before_is_left_out() -> None:
    portfolio = portfolio_of(
        """
        people: [{id: anna, name: Anna Sample}]
        services:
          - {id: web, name: Web, owner: anna}
          - {id: pay, name: Pay, owner: anna, run_cost_per_month: 9 EUR}
        run_costs:
          - {service: web, from: 2026-07, monthly: 100}
          - {service: pay, from: 2026-07, monthly: 100}
          - {service: pay, from: 2026-08, monthly: 100 EUR}
        """
    )
    assert run_cost_now(portfolio).code == "no_data"
