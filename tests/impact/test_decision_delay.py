"""What hangs on a decision: the price of a slip of the work that waits for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.impact.decision_delay import stake_of, stake_of_project
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Decision
from portfolio.view.view import View
from tests.portfolios import portfolio_of

PRICED = """
people: [{id: anna, name: Anna}]
customer: {id: acme, name: Acme, account_owner: anna}
contract: {id: deal, title: Deal, customer: acme, value: 100000, damages: [{milestone: p.live,
  rate: 700, per: day, cap: 50000}]}
project:
  id: p
  name: P
  sponsor: anna
  status: delivering
  start: 2026-03-30
  milestones:
    - {id: done, name: Done, actual: 2026-03-30}
    - {id: live, name: Live, baseline: 2026-05-04, forecast: 2026-05-04, contract: deal,
       predecessors: [build]}
  activities: [{id: build, duration: 24d, actual_start: 2026-03-30, remaining: 24d}]
"""


def asked(fields: str, text: str = PRICED) -> tuple[View, Decision]:
    found = portfolio_of(f"{text}decision: {{id: d, title: D, needed_by: 2026-05-01, {fields}}}\n")
    (decision,) = found.all(Decision)
    return found, decision


@pytest.mark.parametrize(
    ("fields", "waiting"),
    [
        ("affects: [p.build]", ("p.build",)),
        ("affects: [p.build, p.done, acme]", ("p.build",)),
        ("project: p, affects: [deal]", ("p",)),
        ("project: p", ("p",)),
    ],
)
def test_what_can_slip_of_what_it_affects_waits_else_its_project(
    fields: str, waiting: tuple[str, ...]
) -> None:
    found = stake_of(*asked(fields)).value
    assert found is not None
    assert found.waiting == waiting
    week = {each.days: each.money.value for each in found.stakes}[5]
    assert week is not None
    assert week.amount == Decimal(-7 * 700)


@pytest.mark.parametrize(
    "fields", ["affects: [deal]", "affects: [p.done, nowhere]", "status: open"]
)
def test_what_has_no_date_cannot_slip(fields: str) -> None:
    assert stake_of(*asked(fields)).reason == "nothing with a date waits for it"


def test_without_prices_there_is_no_stake() -> None:
    text = PRICED.replace("damages:", "note:")
    portfolio, decision = asked("project: p", text)
    assert stake_of(portfolio, decision).reason == "nothing in the portfolio has a price"


def test_a_project_has_a_stake_of_its_own() -> None:
    portfolio, _ = asked("project: p")
    (project,) = portfolio.all(Project)
    found = stake_of_project(portfolio, project).value
    assert found is not None
    assert found.waiting == ("p",)
