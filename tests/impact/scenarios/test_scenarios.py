"""What stops and who leaves: a list of what loses its case, and work that others carry on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.impact.scenarios.departure import Leaving, leave
from portfolio.impact.scenarios.scenario import outcome, suppose, suppose_scenario
from portfolio.impact.scenarios.termination import Loss, stop
from portfolio.model.resources import Person
from portfolio.model.strategy import Scenario
from portfolio.values import Money
from portfolio.view.view import View
from tests.portfolios import portfolio_of

TEXT = """
people:
  - {id: anna, name: Anna, role: Engineer, skills: [{skill: PROG, level: 5}]}
  - {id: ben, name: Ben, role: Engineer, skills: [{skill: PROG, level: 3}]}
  - {id: cleo, name: Cleo, role: Director}
customers: [{id: acme, name: Acme, account_owner: cleo}]
contracts:
  - {id: deal, title: Deal, customer: acme, value: 1000, renewal: {mode: none},
     variations: [{id: more, value: 100, status: signed}, {id: maybe, value: 50}]}
invoices: [{id: i1, contract: deal, amount: 300}]
objectives: [{id: grow, name: Grow, owner: cleo, weight: 1}]
services: [{id: web, name: Web, owner: cleo}]
projects:
  - id: atlas
    name: Atlas
    sponsor: cleo
    start: 2026-04-01
    contract: deal
    bac: 500
    objectives: [{objective: grow, contribution: 2}]
    activities:
      - {id: build, duration: 10d, resources: [{person: anna}, {person: ben}]}
      - {id: test, duration: 4d, predecessors: [build], resources: [{person: anna}]}
    milestones:
      - {id: live, name: Live, type: go_live, predecessors: [test]}
  - id: portal
    name: Portal
    sponsor: cleo
    start: 2026-04-01
    activities: [{id: wire, duration: 2d, predecessors: [atlas.test]}]
    milestones: [{id: open, name: Open, type: go_live, predecessors: [wire]}]
    dependencies:
      - {id: api, title: API, from: atlas.live, to: open, need_by: 2026-05-01, owner: cleo,
         agreement: agreed}
benefits:
  - {id: gain, title: Gain, project: atlas, owner: cleo, attribution: 0.5,
     value_by_period: [{period: 2025, planned: 100}, {period: 2027, planned: 400}]}
  - {id: pain, title: Pain, project: atlas, owner: cleo, kind: dis_benefit,
     value_by_period: [{period: 2027, planned: 60}]}
  - {id: later, title: Later, project: portal, owner: cleo, depends_on: [gain]}
business_dependencies: [{id: uses, from: atlas.live, to: web}]
actuals: [{id: a, project: atlas, period: 2026-03, amount: 120}]
commitments: [{id: order, project: atlas, amount: 80, invoiced: 30}]
scenarios:
  - {id: slow, name: Slow, inject: [{node: atlas.build, slip: 5d}]}
  - {id: both, name: Both, inject: [{stop: atlas}, {remove_person: anna, on: 2026-04-06}]}
"""


@pytest.fixture(scope="module")
def portfolio() -> View:
    return portfolio_of(TEXT)


def losses(portfolio: View) -> dict[str, Loss]:
    return {loss.id: loss for loss in stop(portfolio, ["atlas"]).losses}


def left(portfolio: View, person: str, on: date = date(2026, 4, 1)) -> Leaving:
    found = portfolio.find(person, Person)
    assert found is not None
    return leave(portfolio, found, on)


def amount(loss: Loss) -> int | None:
    return None if loss.money.value is None else int(loss.money.value.amount)


def test_a_stopped_project_loses_its_benefits_and_its_contract(portfolio: View) -> None:
    found = losses(portfolio)
    assert amount(found["gain"]) == -200, "what is still planned, by its attribution"
    assert amount(found["pain"]) == 60, "a dis-benefit is spared"
    assert amount(found["deal"]) == 300 - 1100, "the signed price that was not billed"


def test_others_lose_what_they_were_to_receive(portfolio: View) -> None:
    found = losses(portfolio)
    assert found["portal.api"].what == "not handed over, needed by 2026-05-01"
    assert found["portal.wire"].what == "waits for atlas.test"
    assert found["uses"].what == "web goes without it"
    assert found["later"].what == "needs gain"
    assert found["grow"].what == "no other project serves it"
    assert "portal.open" not in found, "its promise is listed already"


def test_the_dearest_comes_first_and_nothing_comes_twice(portfolio: View) -> None:
    ids = [loss.id for loss in stop(portfolio, ["atlas", "atlas"]).losses]
    assert ids[:2] == ["deal", "gain"]
    assert len(ids) == len(set(ids))


def test_what_becomes_free_and_what_has_to_be_paid(portfolio: View) -> None:
    free = {each.id: each.money.value for each in stop(portfolio, ["atlas"]).releases}
    assert free["atlas"] == Money(Decimal(380), "GBP")
    assert free["order"] == Money(Decimal(-50), "GBP")


def test_a_project_that_nobody_needs_loses_nothing(portfolio: View) -> None:
    assert {loss.id for loss in stop(portfolio, ["portal"]).losses} == {"later"}


def test_others_carry_work_on_and_it_takes_longer(portfolio: View) -> None:
    (build,) = left(portfolio, "anna").continued
    assert (build.activity, build.share) == ("atlas.build", Decimal("0.5"))
    assert str(build.longer) == "75h", "ten days of 7.5 hours, by one instead of two"


def test_only_what_is_left_after_the_day_takes_longer(portfolio: View) -> None:
    (build,) = left(portfolio, "anna", date(2026, 4, 8)).continued
    assert str(build.longer) == "37.5h"
    assert left(portfolio, "anna", date(2027, 1, 1)).continued == ()


def test_work_that_nobody_else_is_on_gets_no_invented_date(portfolio: View) -> None:
    (test,) = left(portfolio, "anna").orphans
    assert (test.activity, test.room, test.candidates) == ("atlas.test", Decimal("0.0"), ("ben",))
    assert left(portfolio, "ben").orphans == ()


def test_what_only_one_person_can_do_and_owns(portfolio: View) -> None:
    assert left(portfolio, "anna").skills == (("PROG", 5),)
    assert left(portfolio, "ben").skills == ()
    owned = left(portfolio, "cleo").owned
    assert owned["project"] == 2
    assert owned["benefit"] == 3


def test_what_is_over_needs_no_other_owner() -> None:
    over = (
        "people: [{id: anna, name: Anna}, {id: cleo, name: Cleo}]\n"
        "project: {id: atlas, name: Atlas, sponsor: anna, milestones: [\n"
        "  {id: live, name: Live, owner: cleo, actual: 2026-03-02},\n"
        "  {id: next, name: Next, owner: cleo}]}\n"
        "objective: {id: grow, name: Grow, owner: cleo, status: achieved}\n"
        "assumptions: [{id: true, text: T, owner: cleo, status: valid},\n"
        "  {id: unsure, text: U, owner: cleo}]\n"
    )
    assert left(portfolio_of(over), "cleo").owned == {"milestone": 1, "assumption": 1}


def test_a_scenario_supposes_everything_together(portfolio: View) -> None:
    scenario = portfolio.find("both", Scenario)
    assert scenario is not None
    supposed = suppose_scenario(portfolio, scenario)
    assert supposed.stopped is not None
    assert [each.person for each in supposed.leaving] == ["anna"]
    assert [each.id for each in supposed.injections] == ["atlas.build"]
    assert not supposed.is_slip_only


def test_scenarios_are_held_against_the_plan_by_their_key_dates(portfolio: View) -> None:
    scenario = portfolio.find("slow", Scenario)
    assert scenario is not None
    slow = outcome(portfolio, suppose_scenario(portfolio, scenario))
    planned = outcome(portfolio, suppose(portfolio, "as planned"))
    assert set(planned.dates) == {"atlas.live", "portal.open"}
    assert (slow.dates["atlas.live"] - planned.dates["atlas.live"]).days == 7
    assert planned.money.value is None
    both = portfolio.find("both", Scenario)
    assert both is not None
    found = outcome(portfolio, suppose_scenario(portfolio, both))
    assert (found.orphans, found.lost) == (1, len(losses(portfolio)))
