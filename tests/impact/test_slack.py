"""How far something can slip for free, by when to decide, who has to be asked."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.impact.ripple import ripple
from portfolio.impact.slack import Outlook, look_ahead
from portfolio.impact.supposed_slip import read_injections
from tests.portfolios import portfolio_of

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-02\n"
TEXT = """\
people:
  - {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
  - {id: ben, name: Ben, role: Lead, start_date: 2020-01-01}
  - {id: cleo, name: Cleo, role: Lead, start_date: 2020-01-01}
projects:
  - id: p
    name: P
    sponsor: anna
    activities: [{id: a, duration: 5d}]
    milestones: [{id: m, name: M, owner: anna, predecessors: [a], baseline: 2026-03-11}]
  - id: q
    name: Q
    sponsor: ben
    milestones: [{id: n, name: N, owner: ben, forecast: 2026-03-06}]
    dependencies: [{id: d, from: p.m, to: n, giver_owner: anna, owner: ben}]
customer: {id: acme, name: Acme, account_owner: cleo}
contract: {id: deal, title: Deal, customer: acme, damages: [{milestone: q.n, rate: 1000}]}
"""
DAMAGES = TEXT.replace("forecast: 2026-03-06", "baseline: 2026-03-11")


def outlook(text: str, slip: str = "p.a=10d") -> Outlook:
    portfolio = portfolio_of(text, SETTINGS)
    return look_ahead(portfolio, ripple(portfolio, read_injections([slip], ())))


@pytest.mark.parametrize(
    ("baseline", "free"),
    # The activity ends on Friday 6 March; the contract counts calendar days after the baseline.
    [
        ("2026-03-06", 0),
        ("2026-03-09", 1),
        ("2026-03-11", 3),
        ("2026-03-14", 5),
        ("2026-05-29", 60),
    ],
)
def test_the_free_slip_ends_where_the_first_money_is_due(baseline: str, free: int) -> None:
    found = outlook(
        DAMAGES.replace("baseline: 2026-03-11}]\n    dep", f"baseline: {baseline}}}]\n    dep")
    )
    assert found.float_to_first_money.value == free


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TEXT.replace("damages: [{milestone: q.n, rate: 1000}]", "value: 5"), "has a price"),
        (DAMAGES.replace("rate: 1000", "rate: 0"), "no cost within 256 working days"),
    ],
)
def test_without_a_cost_there_is_no_such_figure(text: str, reason: str) -> None:
    assert reason in outlook(text).float_to_first_money.reason


def test_the_slowest_option_must_be_decided_before_the_free_slip_is_used_up() -> None:
    decision = (
        "decision: {id: who, title: Who, needed_by: 2026-03-05, affects: [p.a],"
        " options: [{name: Quick, time: 1d}, {name: Slow, time: 2d}, {name: Wait}]}\n"
    )
    # 6 March and three working days are 11 March, less two for the slower option.
    assert outlook(DAMAGES + decision).latest_decision.value == date(2026, 3, 9)
    unknown = outlook(DAMAGES).latest_decision
    assert unknown.value is None
    assert "no open decision" in unknown.reason


def test_who_answers_for_what_is_hit_elsewhere_must_agree() -> None:
    found = {each.person: each.concerns for each in outlook(DAMAGES).must_agree}
    assert found["ben"] == ("q.d", "q.n", "deal")
    assert found["anna"] == ("q.d",)  # the giver of the promise
    assert found["cleo"] == ("acme",)
