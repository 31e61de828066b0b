"""Where business changes and releases stand on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.operations.business_change import (
    adoption_now,
    adoption_speed,
    barriers_of,
    go_live_of,
    newest_profiles,
    newest_surveys,
    stability_after,
    support_missing,
    training_now,
    worst_landing,
)
from portfolio.model.operations.adoption import BusinessChange
from portfolio.model.operations.services import ChangeEvent
from portfolio.model.resources import BusinessUnit
from portfolio.view.view import View
from tests.portfolios import portfolio_of

CHANGE = """
people: [{id: anna, name: Anna Sample}]
business_unit: {id: sales, name: Sales, owner: anna}
project: {id: atlas, name: Atlas, sponsor: anna}
milestone: {id: live, project: atlas, name: Live, owner: anna, baseline: 2026-05-01,
  forecast: 2026-05-30}
stakeholder_groups:
  - {id: clerks, name: Clerks, business_unit: sales, people: 30, current_support: -1,
     needed_support: 1}
  - {id: guides, name: Guides, business_unit: sales, people: 10, current_support: 2,
     needed_support: 0}
  - {id: silent, name: Silent, people: 10}
business_change: {id: screen, name: One screen, project: atlas, go_live: atlas.live,
  groups: [{group: clerks}, {group: guides}, {group: silent}]}
"""


def change(portfolio: View) -> BusinessChange:
    return portfolio.all(BusinessChange)[0]


def test_the_day_of_a_change_is_the_actual_then_the_forecast_then_the_baseline() -> None:
    def day(text: str) -> date | None:
        portfolio = portfolio_of(text)
        return go_live_of(portfolio, change(portfolio))

    assert day(CHANGE) == date(2026, 5, 30)
    assert day(CHANGE.replace("forecast: 2026-05-30", "actual: 2026-03-20")) == date(2026, 3, 20)
    assert day(CHANGE.replace(",\n  forecast: 2026-05-30", "")) == date(2026, 5, 1)
    assert day(CHANGE.replace(" go_live: atlas.live,", "")) is None


SURVEYS = """
adkar_surveys:
  - {id: old, group: clerks, change: screen, on: 2026-02-01, responses: [
     {a: 1, d: 1, k: 1, a2: 1, r: 1}, {a: 1, d: 1, k: 1, a2: 1, r: 1},
     {a: 1, d: 1, k: 1, a2: 1, r: 1}, {a: 1, d: 1, k: 1, a2: 1, r: 1}]}
  - {id: new, group: clerks, change: screen, on: 2026-03-01, responses: [
     {a: 5, d: 4, k: 3, a2: 2, r: 3}, {a: 4, d: 3, k: 2, a2: 2, r: 1},
     {a: 4, d: 4, k: 3, a2: 3, r: 2}, {a: 5, d: 3, k: 3, a2: 2, r: 2},
     {a: 5, d: 5, k: 3, a2: 2, r: 2}]}
  - {id: later, group: clerks, change: screen, on: 2026-04-01, responses: []}
  - {id: few, group: guides, change: screen, on: 2026-03-01, responses: [
     {a: 1, d: 1, k: 1, a2: 1, r: 1}, {a: 1, d: 1, k: 1, a2: 1, r: 1},
     {a: 1, d: 1, k: 1, a2: 1, r: 1}]}
"""


def test_three_people_are_never_a_profile_and_the_newest_survey_counts() -> None:
    portfolio = portfolio_of(CHANGE + SURVEYS)
    found = newest_profiles(portfolio, change(portfolio))
    assert found["clerks"].value is not None
    assert found["clerks"].value.barrier == "knowledge"
    assert (found["guides"].value, found["guides"].code) == (None, "small_sample")
    surveys = newest_surveys(portfolio, change(portfolio))
    assert barriers_of(surveys["clerks"]).value == {"desire": 2, "knowledge": 3}
    assert barriers_of(surveys["guides"]).value is None


def test_support_is_weighted_by_the_people_of_groups_that_are_known() -> None:
    portfolio = portfolio_of(CHANGE)
    assert support_missing(portfolio, change(portfolio)).value == Decimal("1.5")


def test_adoption_is_that_of_the_newest_whole_month() -> None:
    usages = """
usages:
  - {change: screen, period: 2026-01, eligible: 10, using: 8, proficient: 4}
  - {change: screen, period: 2026-02, eligible: 10, using: 9, proficient: 5}
  - {change: screen, period: 2026-04, eligible: 10, using: 10, proficient: 10}
"""
    portfolio = portfolio_of(CHANGE + usages)
    assert adoption_now(portfolio, change(portfolio)).value == Decimal("0.5")
    assert adoption_speed(portfolio, change(portfolio)).value == 1
    incomplete = portfolio_of(CHANGE + usages.replace(", using: 9", ""))
    assert adoption_now(incomplete, change(incomplete)).code == "no_data"
    assert adoption_speed(incomplete, change(incomplete)).code == "unreachable"
    unknown = portfolio_of(CHANGE)
    assert adoption_now(unknown, change(unknown)).code == "no_data"
    assert adoption_speed(unknown, change(unknown)).code == "no_data"


def test_training_is_projected_to_the_go_live_of_the_change() -> None:
    courses = """
trainings:
  - {id: one, change: screen, group: clerks, target: 30, completed: 10, from: 2026-03-01,
     due: 2026-04-15}
  - {id: two, change: screen, group: guides, target: 10, completed: 10}
  - {id: three, change: screen}
"""
    portfolio = portfolio_of(CHANGE + courses)
    found = training_now(portfolio, change(portfolio)).value
    assert found is not None
    assert found.now == Decimal("0.5")
    # Thirty days behind it, sixty before it: three times as many.
    assert found.projected.value == 1
    undated = portfolio_of(CHANGE + courses.replace("from: 2026-03-01,\n     ", ""))
    known = training_now(undated, change(undated)).value
    assert known is not None
    assert known.projected.code == "no_data"
    assert training_now(portfolio_of(CHANGE), change(portfolio)).code == "no_data"


RELEASE = """
people: [{id: anna, name: Anna Sample}]
services: [{id: web, name: Web, owner: anna}, {id: desk, name: Desk, owner: anna}]
change_event: {id: r1, go_live: 2026-03-02, services: [web], status: done}
"""


def test_stability_counts_the_incidents_of_the_services_of_a_release() -> None:
    incidents = """
incidents:
  - {id: i1, service: web, opened: 2026-02-01 08:00}
  - {id: i2, service: web, opened: 2026-03-02 08:00}
  - {id: i3, service: desk, opened: 2026-03-03 08:00}
"""
    portfolio = portfolio_of(RELEASE + incidents)
    found = stability_after(portfolio, portfolio.all(ChangeEvent)[0]).value
    assert found is not None
    assert (found.before, found.after) == (Decimal("0.125"), Decimal("0.25"))
    silent = portfolio_of(RELEASE)
    assert stability_after(silent, silent.all(ChangeEvent)[0]).code == "no_data"
    planned = portfolio_of(RELEASE.replace("status: done", "status: planned") + incidents)
    assert stability_after(planned, planned.all(ChangeEvent)[0]).code == "not_started"


def test_the_fullest_month_is_one_to_come() -> None:
    text = """
people: [{id: anna, name: Anna Sample}]
business_unit: {id: sales, name: Sales, owner: anna}
change_events:
  - {id: late, go_live: 2026-02-02, groups: [{business_unit: sales, magnitude: high}]}
  - {id: next, go_live: 2026-05-02, groups: [{business_unit: sales, magnitude: medium}]}
"""
    portfolio = portfolio_of(text)
    found = worst_landing(portfolio, portfolio.all(BusinessUnit)[0]).value
    assert found is not None
    assert (found.month, found.points) == (date(2026, 5, 1), 5)
    empty = portfolio_of(text.partition("change_events")[0])
    assert worst_landing(empty, empty.all(BusinessUnit)[0]).code == "no_data"
