"""What a slip does to dates and to whom, from the files to the effects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.impact.ripple import Ripple
from portfolio.impact.supposed_slip import CannotSlipError
from tests.impact.rippling import ONE, SETTINGS, amount, effects, moved, one, slipped
from tests.portfolios import portfolio_of

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

    def test_nothing_of_it_depends_on_when_the_go_live_would_have_been_free(self) -> None:
        # Two days are taken by slack: no date of B or C moves, nobody pays.
        found = slipped(portfolio_of(THREE_PROJECTS, SETTINGS), "a.a2=7d")
        assert [item.id for item in found.moved] == ["a.a2", "a.m1", "b.from-a"]
        assert found.effects == ()
        assert found.totals.money.value is None


class TestWhatCanSlip:
    def test_a_slip_in_calendar_days_counts_weekends(self) -> None:
        item = moved(slipped(one(), "p.b=3cd"))["p.m"]
        assert (item.new, item.working_days) == (date(2026, 3, 16), 1)

    def test_several_slips_add_up_along_a_chain(self) -> None:
        item = moved(slipped(one(), "p.a=1d p.b=2d", "p.m=1d"))["p.m"]
        assert item.working_days == 4
        assert item.through == ("p.m",)  # what slips itself is its own cause

    def test_a_project_slips_where_it_has_nothing_to_wait_for(self) -> None:
        found = slipped(one(), "p=5d")
        assert found.injected[0].nodes == ("p.a", "p.side")
        assert moved(found)["p.m"].working_days == 5

    def test_started_work_gets_more_to_do(self) -> None:
        text = ONE.replace("id: a, duration: 5d", "id: a, duration: 5d, actual_start: 2026-03-02")
        portfolio = portfolio_of(text.replace("MORE", "key: true"), SETTINGS)
        assert moved(slipped(portfolio, "p.a=2d"))["p.m"].working_days == 2

    @pytest.mark.parametrize(
        ("slip", "message"),
        [
            ("p.x=5d", "nothing has the id 'p.x'"),
            ("anna=5d", "anna is a person, which has no date to slip"),
            ("p.a=5", "'5' is not a duration"),
            ("p.a=0d", "more than 0"),
            ("p.a=-3d", "more than 0"),
            ("5d", "say what slips"),
        ],
    )
    def test_what_cannot_slip_is_told(self, slip: str, message: str) -> None:
        with pytest.raises(CannotSlipError, match=message):
            slipped(one(), slip)

    def test_what_has_happened_cannot_slip(self) -> None:
        with pytest.raises(CannotSlipError, match="has finished"):
            slipped(one("actual: 2026-03-02"), "p.m=5d")


class TestAPromiseThatSlips:
    TEXT = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
supplier: {id: works, name: Works}
projects:
  - id: g
    name: G
    sponsor: anna
    milestones: [{id: ready, name: Ready, forecast: 2026-03-13}]
  - id: p
    name: P
    sponsor: anna
    activities: [{id: a, duration: 5d}, {id: b, duration: 5d}]
    milestones: [{id: m, name: M, predecessors: [a]}]
    dependencies:
      - {id: hard, from: g.ready, to: a, agreement: agreed}
      - {id: soft, from: g.ready, to: b, strength: soft}
      - {id: dated, from: works, to: b, committed: 2026-03-20}
      - {id: undated, from: works, to: b}
      - {id: done, from: works, to: b, delivered: 2026-02-27}
"""

    def test_the_hand_over_slips_without_its_giver(self) -> None:
        found = moved(slipped(portfolio_of(self.TEXT, SETTINGS), "p.hard=5d"))
        assert "g.ready" not in found
        assert found["p.hard"].new == date(2026, 3, 20)
        assert found["p.m"].new == date(2026, 3, 27)
        assert found["p.m"].through == ("p.hard", "p.a", "p.m")

    def test_a_promise_of_a_supplier_slips_from_its_own_date(self) -> None:
        found = moved(slipped(portfolio_of(self.TEXT, SETTINGS), "p.dated=5d"))
        assert (found["p.dated"].old, found["p.dated"].new) == (
            date(2026, 3, 20),
            date(2026, 3, 27),
        )
        assert found["p.b"].new == date(2026, 4, 7)  # over Easter

    def test_a_soft_promise_moves_nothing_and_is_at_risk_on_request(self) -> None:
        portfolio = portfolio_of(self.TEXT.replace("2026-03-20}", "2026-03-02}"), SETTINGS)
        assert "p.b" not in moved(slipped(portfolio, "g.ready=5d"))
        found = slipped(portfolio, "g.ready=5d", include_soft=True)
        assert {item.id for item in found.at_risk} == {"p.soft", "p.b"}

    @pytest.mark.parametrize(
        ("id_", "message"),
        [("soft", "is soft"), ("undated", "has no date"), ("done", "cannot slip any more")],
    )
    def test_a_promise_that_cannot_slip_says_why(self, id_: str, message: str) -> None:
        with pytest.raises(CannotSlipError, match=message):
            slipped(portfolio_of(self.TEXT, SETTINGS), f"p.{id_}=5d")


class TestUnitsOfASlip:
    @pytest.mark.parametrize(
        ("slip", "new"),
        [
            ("3h", date(2026, 3, 16)),  # Friday's work is done, so Monday
            ("1w", date(2026, 3, 20)),
            ("7ed", date(2026, 3, 20)),
            ("1mo", date(2026, 4, 13)),
            ("48eh", date(2026, 3, 13)),  # a weekend has no working time
        ],
    )
    def test_time_is_counted_as_it_is_written(self, slip: str, new: date) -> None:
        item = moved(slipped(one(), f"p.b={slip}")).get("p.m")
        assert (item.new if item else date(2026, 3, 13)) == new

    def test_elapsed_work_slips_by_working_days_all_the_same(self) -> None:
        text = ONE.replace("id: b, duration: 5d", "id: b, duration: 4ed").replace(
            "MORE", "key: true"
        )
        # Four days from Friday evening end on Tuesday evening; three working days later is Friday.
        item = moved(slipped(portfolio_of(text, SETTINGS), "p.b=3d"))["p.b"]
        assert (item.old, item.new) == (date(2026, 3, 10), date(2026, 3, 13))


def test_a_project_slips_with_what_it_has_promised_as_a_whole() -> None:
    text = (
        "projects: [{id: q, name: Q, sponsor: anna, activities: [{id: c, duration: 1d}],"
        " dependencies: [{id: d, from: p, to: c, committed: 2026-03-20}]}]\n"
    )
    found = slipped(one("key: true", text), "p=5d")
    assert found.injected[0].nodes == ("p.a", "p.side", "q.d")
    assert moved(found)["q.c"].new == date(2026, 3, 30)


def test_a_project_that_is_done_cannot_slip() -> None:
    text = (
        "projects: [{id: q, name: Q, sponsor: anna,"
        " milestones: [{id: n, name: N, actual: 2026-01-05}]}]\n"
    )
    with pytest.raises(CannotSlipError, match="no unfinished"):
        slipped(one("key: true", text), "q=5d")


def test_work_as_late_as_possible_that_slips_stays_where_the_slip_puts_it_in_a_freeze_too() -> None:
    text = ONE.replace("id: a, duration: 5d", "id: a, duration: 2d, constraint: ALAP")
    window = (
        "freeze_window: {id: peak, name: Peak, from: 2026-03-19, to: 2026-03-22,"
        " scope: {all: true}}\n"
    )
    portfolio = portfolio_of(text.replace("MORE", "type: go_live") + window, SETTINGS)
    assert moved(slipped(portfolio, "p.a=1d"))["p.a"].working_days == 1
