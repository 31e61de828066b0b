"""What a slip does, from the files to the effects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.impact.effect import Effect
from portfolio.impact.injection import CannotSlipError, read_injections
from portfolio.impact.movement import MovedItem
from portfolio.impact.ripple import Ripple, ripple
from portfolio.model.portfolio import Portfolio
from tests.portfolios import portfolio_of

SETTINGS = """\
organisation: {name: Test, currency: GBP, calendar: england}
as_of: 2026-03-02
calendars:
  england: {holidays: [2026-04-03, 2026-04-06, 2026-05-04, 2026-05-25]}
exchange_rates: [{date: 2026-01-01, from: EUR, to: GBP, rate: 0.8}]
"""
PEOPLE = "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"


def slipped(portfolio: Portfolio, *slips: str, include_soft: bool = False) -> Ripple:
    return ripple(portfolio, read_injections(slips, ()), include_soft=include_soft)


def moved(found: Ripple) -> dict[str, MovedItem]:
    return {item.id: item for item in found.moved}


def effects(found: Ripple) -> dict[str, Effect]:
    return {effect.id: effect for effect in found.effects}


def amount(effect: Effect) -> Decimal | None:
    return None if effect.money.value is None else effect.money.value.amount


# WE-24: three projects, a contract, a freeze window and a benefit.
THREE_PROJECTS = """\
people: [{id: anna, name: Anna, role: Lead, start_date: 2020-01-01}]
projects:
  - id: a
    name: A
    sponsor: anna
    start: 2026-03-02
    activities:
      - {id: a1, duration: 10d}
      - {id: a2, duration: 15d, predecessors: [a1]}
    milestones: [{id: m1, name: A is done, predecessors: [a2], owner: anna}]
  - id: b
    name: B
    sponsor: anna
    start: 2026-03-02
    customer: acme
    activities:
      - {id: b1, duration: 32d}
      - {id: b2, duration: 20d, predecessors: [b1]}
      - {id: b3, duration: 5d, predecessors: [b2]}
    milestones:
      - {id: m2, name: B is done, type: contractual, contract: deal, baseline: 2026-05-29,
         predecessors: [b3]}
    dependencies:
      - {id: from-a, title: What A makes, from: a.m1, to: b2, agreement: agreed,
         need_by: 2026-04-16}
  - id: c
    name: C
    sponsor: anna
    start: 2026-03-02
    services: [till]
    objectives: [{objective: grow, contribution: 3}]
    activities:
      - {id: c1, duration: 18d}
      - {id: c2, duration: 25d, predecessors: [c1], resources: [anna]}
    milestones: [{id: m3, name: C goes live, type: go_live, predecessors: [c2]}]
    dependencies:
      - {id: beside-b, title: B runs, from: b.b2, to: c2, link: SS, lag: 5d, agreement: agreed}
      - {id: from-b, title: What B makes, from: b.m2, to: m3, agreement: agreed}
customer: {id: acme, name: Acme}
contract:
  {id: deal, title: Deal, customer: acme, damages: [{milestone: b.m2, rate: 5000, cap: 100000}]}
service: {id: till, name: Till, owner: anna}
freeze_window: {id: peak, name: Peak, from: 2026-06-05, to: 2026-06-14, scope: {services: [till]}}
objective: {id: grow, name: Grow, owner: anna}
benefit:
  id: savings
  title: Savings
  owner: anna
  starts_after: c.m3
  value_by_period: [{period: 2027, planned: 1200000}]
team: {id: c-team, name: The team of C, members: [anna], day_cost: 1800}
"""


class TestATwelveDaySlipThroughThreeProjects:
    """Worked example WE-24, every figure of it, from YAML."""

    @pytest.fixture
    def found(self) -> Ripple:
        return slipped(portfolio_of(THREE_PROJECTS, SETTINGS), "a.a2=12d")

    @pytest.mark.parametrize(
        ("id_", "old", "new", "working_days"),
        [
            ("a.m1", date(2026, 4, 7), date(2026, 4, 23), 12),
            ("b.m2", date(2026, 5, 22), date(2026, 6, 1), 5),
            ("c.m3", date(2026, 6, 1), date(2026, 6, 15), 10),
        ],
    )
    def test_the_milestones_move(
        self, found: Ripple, id_: str, old: date, new: date, working_days: int
    ) -> None:
        item = moved(found)[id_]
        assert (item.old, item.new, item.working_days) == (old, new, working_days)
        assert item.days == (new - old).days

    def test_the_activities_slip_by_what_slack_leaves(self, found: Ripple) -> None:
        slips = {item.id: item.working_days for item in found.moved if item.kind == "activity"}
        assert slips == {"a.a2": 12, "b.b2": 5, "b.b3": 5, "c.c2": 5}

    def test_seven_of_the_twelve_days_vanish_in_slack(self, found: Ripple) -> None:
        assert moved(found)["a.m1"].slack_used == 0
        assert moved(found)["b.m2"].slack_used == 7

    def test_the_chain_names_the_promises_between_projects(self, found: Ripple) -> None:
        assert moved(found)["b.m2"].through == (
            "a.a2", "a.m1", "b.from-a", "b.b2", "b.b3", "b.m2",
        )  # fmt: skip

    def test_a_promise_moves_with_what_is_handed_over(self, found: Ripple) -> None:
        promise = moved(found)["b.from-a"]
        assert (promise.kind, promise.new) == ("dependency", date(2026, 4, 23))
        assert moved(found)["c.beside-b"].old == date(2026, 4, 17)  # b2 starts, it does not end

    def test_the_freeze_doubles_the_calendar_slip_of_the_go_live(self, found: Ripple) -> None:
        assert moved(found)["c.m3"].held_by == "peak"
        assert moved(found)["c.m3"].days == 14

    def test_the_money(self, found: Ripple) -> None:
        assert amount(effects(found)["deal"]) == -15000
        assert amount(effects(found)["c-team"]) == -9000
        assert round(amount(effects(found)["savings"]) or 0, 1) == Decimal("-46027.4")
        assert found.totals.money.value is not None
        assert round(found.totals.money.value.amount, 1) == Decimal("-70027.4")

    def test_everyone_who_is_reached_is_named_the_hardest_hit_first(self, found: Ripple) -> None:
        assert [effect.id for effect in found.effects] == [
            "savings", "deal", "c-team", "grow", "till", "acme",
        ]  # fmt: skip
        assert effects(found)["acme"].effect == "1 promise newly broken"
        assert effects(found)["grow"].new == date(2026, 6, 15)
        assert effects(found)["till"].through[-2:] == ("c.m3", "till")
