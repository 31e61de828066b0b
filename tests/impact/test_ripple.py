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
from portfolio.values import Money
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

    def test_nothing_of_it_depends_on_when_the_go_live_would_have_been_free(self) -> None:
        # Two days are taken by slack: no date of B or C moves, nobody pays.
        found = slipped(portfolio_of(THREE_PROJECTS, SETTINGS), "a.a2=7d")
        assert [item.id for item in found.moved] == ["a.a2", "a.m1", "b.from-a"]
        assert found.effects == ()
        assert found.totals.money.value is None


ONE = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
project:
  id: p
  name: P
  sponsor: anna
  start: 2026-03-02
  activities:
    - {id: a, duration: 5d}
    - {id: b, duration: 5d, predecessors: [a]}
    - {id: side, duration: 2d}
  milestones:
    - {id: m, name: M, predecessors: [b], baseline: 2026-03-13, MORE}
"""


def one(more: str = "type: internal", *entities: str) -> Portfolio:
    """Return a portfolio of one project that reaches its milestone on 13 March, a Friday."""
    return portfolio_of(ONE.replace("MORE", more) + "".join(entities), SETTINGS)


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


class TestContracts:
    """The milestone is promised for 13 March and slips by ten working days, to the 27th."""

    DEAL = "customer: {id: acme, name: Acme}\ncontract: {id: deal, title: Deal, customer: acme, "

    @pytest.mark.parametrize(
        ("terms", "money"),
        [
            ("rate: 1000", -14000),
            ("rate: 1000, grace: 7cd", -7000),
            ("rate: 1000, grace: 5d", -7000),
            ("rate: 1000, extension: 7cd", -7000),
            ("rate: 1000, extension: 14cd", 0),
            ("rate: 1000, per: week", -2000),
            ("rate: 1000, per: started_week, grace: 1cd", -2000),
            ("rate: 1000, per: week, grace: 1cd", -1000),
            ("rate: 1000, cap: 5000", -5000),
            ("of_value_pct: 0.5", -7000),
        ],
    )
    def test_damages_follow_the_clause(self, terms: str, money: int) -> None:
        deal = f"{self.DEAL}value: 100000, damages: [{{milestone: p.m, {terms}}}]}}\n"
        found = effects(slipped(one("contract: deal", deal), "p.b=10d"))["deal"]
        assert amount(found) == money
        assert found.kind == "contract"

    def test_only_what_the_slip_adds_is_counted(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000}}]}}\n"
        text = one("contract: deal", deal)
        late = ONE.replace("2026-03-13, MORE", "2026-03-06, contract: deal") + deal
        assert amount(effects(slipped(text, "p.b=5d"))["deal"]) == -7000
        assert amount(effects(slipped(portfolio_of(late, SETTINGS), "p.b=5d"))["deal"]) == -7000

    def test_clauses_add_up_under_one_contract_and_its_liability(self) -> None:
        clauses = "[{milestone: p.m, rate: 1000}, {milestone: p.m, rate: 500}]"
        for cap, money in (("", -21000), ("liability_cap: 9000, ", -9000)):
            deal = f"{self.DEAL}{cap}damages: {clauses}}}\n"
            found = slipped(one("contract: deal", deal), "p.b=10d")
            assert [amount(e) for e in found.effects if e.kind == "contract"] == [money]

    @pytest.mark.parametrize(
        ("deal", "milestone", "reason"),
        [
            ("damages: [{milestone: p.m}]", "baseline: 2026-03-13", "states no rate"),
            ("damages: [{milestone: p.m, of_value_pct: 1}]", "baseline: 2026-03-13", "not stated"),
            ("damages: [{milestone: p.m, rate: 1}]", "key: true", "has no baseline"),
            ("value: 5", "contract: deal", "states no damages"),
        ],
    )
    def test_what_cannot_be_computed_says_why(self, deal: str, milestone: str, reason: str) -> None:
        text = ONE.replace("baseline: 2026-03-13, MORE", milestone) + f"{self.DEAL}{deal}}}\n"
        found = effects(slipped(portfolio_of(text, SETTINGS), "p.b=10d"))["deal"]
        assert amount(found) is None
        assert reason in found.money.reason

    def test_damages_of_a_supplier_are_a_claim_and_no_gain(self) -> None:
        deal = (
            "supplier: {id: works, name: Works}\n"
            "contract: {id: deal, title: Deal, supplier: works,"
            " damages: [{milestone: p.m, rate: 1000}]}\n"
        )
        found = effects(slipped(one("key: true", deal), "p.b=10d"))["deal"]
        assert amount(found) is None
        assert "14,000 GBP can be claimed" in found.money.reason

    @pytest.mark.parametrize(
        ("slip", "effect"), [("5d", "payment later"), ("15d", "payment moves to 2026-04")]
    )
    def test_a_payment_moves_and_is_not_lost(self, slip: str, effect: str) -> None:
        found = effects(slipped(one("type: payment, amount: 5000"), f"p.b={slip}"))["p.m"]
        assert (found.effect, amount(found)) == (effect, None)
        assert "later, not lost" in found.money.reason

    def test_money_in_another_currency_is_added_at_its_rate(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000 EUR}}]}}\n"
        totals = slipped(one("contract: deal", deal), "p.b=10d").totals
        assert [str(part) for part in totals.by_currency] == ["-14000 EUR"]
        assert totals.money.value is not None
        assert totals.money.value == Money(Decimal("-11200.0"), "GBP")

    def test_a_currency_without_a_rate_leaves_the_sum_unknown(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000 CHF}}]}}\n"
        totals = slipped(one("contract: deal", deal), "p.b=10d").totals
        assert totals.money.value is None
        assert "CHF" in totals.money.reason


class TestTheBusiness:
    @pytest.mark.parametrize(
        ("sensitivity", "money"),
        [
            ("per_day_cost: 100", -1400),
            ("per_day_cost: 100, threshold: 5d", -700),
            ("per_day_cost: 100, days_to_impact: 10", -400),
            ("per_day_cost: 100, days_to_impact: 10, threshold: 5d", -400),
            ("per_day_cost: 100, threshold: 10d", 0),
        ],
    )
    def test_waiting_costs_by_the_day_beyond_what_nobody_feels(
        self, sensitivity: str, money: int
    ) -> None:
        waits = (
            "service: {id: till, name: Till, owner: anna}\nbusiness_dependency: "
            f"{{id: w, from: p.m, to: till, sensitivity: {{{sensitivity}}}}}\n"
        )
        assert amount(effects(slipped(one("key: true", waits), "p.b=10d"))["w"]) == money

    def test_a_dependency_on_a_project_waits_for_its_go_live(self) -> None:
        waits = (
            "service: {id: till, name: Till, owner: anna}\n"
            "business_dependency: {id: w, from: p, to: till}\n"
        )
        found = effects(slipped(one("type: go_live", waits), "p.b=10d"))["w"]
        assert (found.new, found.money.reason) == (
            date(2026, 3, 27),
            "no cost of a day is stated",
        )

    def test_a_benefit_starts_after_everything_it_needs(self) -> None:
        benefits = """\
benefits:
  - {id: first, title: First, owner: anna, starts_after: p.m,
     value_by_period: [{period: 2027, planned: 365000}]}
  - {id: second, title: Second, owner: anna, depends_on: [first]}
  - {id: harm, title: Harm, owner: anna, kind: dis_benefit, depends_on: [second]}
  - {id: over, title: Over, owner: anna, starts_after: p.m, status: realised}
"""
        found = effects(slipped(one("key: true", benefits), "p.b=10d"))
        assert amount(found["first"]) == -14000
        assert (found["second"].new, found["second"].money.reason) == (
            date(2026, 3, 27),
            "no planned value",
        )
        assert "not saved" in found["harm"].money.reason
        assert "over" not in found

    def test_an_objective_waits_for_its_slowest_contribution(self) -> None:
        text = (
            "objectives: [{id: grow, name: G, owner: anna, horizon: 2026-03-20},"
            " {id: above, name: A, owner: anna}, {id: slow, name: S, owner: anna}]\n"
        ).replace("horizon:", "parent: above, horizon:")
        text += "milestone: {id: late, project: q, name: Q, forecast: 2027-01-29}\n"
        text += "projects: [{id: q, name: Q, sponsor: anna, objectives: [slow]}]\n"
        portfolio = portfolio_of(
            ONE.replace("MORE", "key: true").replace(
                "  start:", "  objectives: [grow, slow]\n  start:"
            )
            + text,
            SETTINGS,
        )
        found = effects(slipped(portfolio, "p.b=10d"))
        assert found["grow"].new == date(2026, 3, 27)
        assert "passes its horizon of 2026-03-20" in found["grow"].terms
        assert found["above"].new == date(2026, 3, 27)
        assert (found["slow"].effect, found["slow"].days) == ("not later", 0)

    def test_a_customer_is_served_later_through_a_service(self) -> None:
        text = (
            "customer: {id: acme, name: Acme}\n"
            "service: {id: till, name: Till, owner: anna, customers: [acme]}\n"
            "change_event: {id: release, milestone: p.m, go_live: 2026-03-13, services: [till]}\n"
        )
        found = effects(slipped(one("type: go_live", text), "p.b=10d"))
        assert found["till"].effect == "go-live 14 days later"
        assert found["acme"].effect == "served 14 days later"
        assert found["acme"].through == ("p.b", "p.m", "till", "acme")


class TestFreezes:
    """The go-live of 13 March slips to the 20th, into a window that ends on Sunday the 22nd."""

    WINDOW = (
        "freeze_window: {id: peak, name: Peak, from: 2026-03-19, to: 2026-03-22, scope: SCOPE}\n"
    )
    THINGS = (
        "business_unit: {id: shop, name: Shop, owner: anna}\n"
        "stakeholder_group: {id: clerks, name: Clerks, business_unit: shop}\n"
        "services: [{id: till, name: Till, owner: anna}, {id: other, name: O, owner: anna}]\n"
        "change_event: {id: release, milestone: p.m, go_live: 2026-03-13, services: [till],"
        " groups: [{group: clerks}]}\n"
    )

    @pytest.mark.parametrize(
        ("scope", "kind", "new"),
        [
            ("{all: true}", "go_live", 23),
            ("{services: [till]}", "go_live", 23),
            ("{business_units: [shop]}", "go_live", 23),
            ("{services: [other]}", "go_live", 20),
            ("{all: true}", "external", 20),
            ("{all: true}, exceptions: [release]", "go_live", 20),
        ],
    )
    def test_a_go_live_waits_for_the_end_of_a_window_that_covers_it(
        self, scope: str, kind: str, new: int
    ) -> None:
        text = (self.THINGS + self.WINDOW).replace("SCOPE", scope)
        item = moved(slipped(one(f"type: {kind}", text), "p.b=5d"))["p.m"]
        assert item.new == date(2026, 3, new)
        assert item.held_by == ("peak" if new == 23 else "")

    def test_what_follows_a_held_go_live_waits_with_it(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}")
        after = "activity: {id: p.care, duration: 1d, predecessors: [m], project: p}\n"
        found = moved(
            slipped(one("type: go_live", text, after.replace("p.care", "care")), "p.b=5d")
        )
        assert found["p.care"].new == date(2026, 3, 24)

    def test_windows_in_a_row_hold_it_until_the_last_has_ended(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}") + (
            "freeze_windows: [{id: next, name: Next, from: 2026-03-23, to: 2026-03-29,"
            " scope: {all: true}}]\n"
        )
        item = moved(slipped(one("type: go_live", text), "p.b=5d"))["p.m"]
        assert (item.new, item.held_by) == (date(2026, 3, 30), "next")

    def test_a_go_live_that_was_held_before_moves_only_by_the_difference(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}").replace("03-19", "03-12")
        portfolio = one("type: go_live", text)
        assert "p.m" not in moved(slipped(portfolio, "p.b=5d"))  # it waits for the 23rd anyway
        item = moved(slipped(portfolio, "p.b=7d"))["p.m"]
        assert (item.old, item.new) == (date(2026, 3, 23), date(2026, 3, 24))
