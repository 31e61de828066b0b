"""What lands on operations, held against the worked examples WE-42 and WE-43."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.operations.change_impact import (
    Landing,
    collisions,
    freeze_breaches,
    landings,
    load_by_hours,
)
from portfolio.model.operations.services import ChangeEvent
from portfolio.model.resources import BusinessUnit
from portfolio.network.calendars import named_calendar
from portfolio.view.lifecycle import is_live
from portfolio.view.view import View
from tests.portfolios import portfolio_of

# Good Friday and Easter Monday lie between the second and the third release.
SETTINGS = """
organisation: {name: Test, currency: GBP, calendar: uk}
as_of: 2026-03-20
calendars:
  uk:
    week: {mon-fri: ["09:00-12:30", "13:30-17:30"]}
    holidays: [{date: 2026-04-03}, {date: 2026-04-06}]
"""
PEOPLE = """
people: [{id: anna, name: Anna Sample}]
business_units:
  - {id: finance, name: Finance, owner: anna, absorption_capacity: 15}
  - {id: ops, name: Ops, owner: anna}
  - {id: sales, name: Sales, owner: anna, absorption_capacity: 12}
services:
  - {id: erp, name: ERP, owner: anna}
  - {id: crm, name: CRM, owner: anna}
  - {id: web, name: Web, owner: anna}
"""
WE_43 = f"""{PEOPLE}
change_events:
  - {{id: chg-1, go_live: 2026-03-27, type: normal, services: [erp],
     groups: [{{business_unit: finance}}]}}
  - {{id: chg-2, go_live: 2026-04-02, type: normal, services: [crm],
     groups: [{{business_unit: finance}}, {{business_unit: ops}}]}}
  - {{id: chg-3, go_live: 2026-04-20, type: normal, services: [erp],
     groups: [{{business_unit: ops}}]}}
  - {{id: chg-4, go_live: 2026-12-22, type: normal, services: [web],
     groups: [{{business_unit: sales}}]}}
freeze_windows:
  - {{id: year-end, name: Year end, from: 2026-03-25, to: 2026-04-05,
     scope: {{business_units: [finance]}}}}
  - {{id: christmas, name: Christmas peak, from: 2026-12-10, to: 2027-01-04, scope: {{all: true}}}}
"""


def collided(portfolio: View) -> list[tuple[str, str, int, tuple[str, ...]]]:
    found = collisions(portfolio.all(ChangeEvent), named_calendar(portfolio))
    return [(each.first.id, each.second.id, each.working_days, each.shared) for each in found]


def breached(portfolio: View) -> dict[str, list[str]]:
    return {
        event.id: [each.window.name for each in freeze_breaches(event, portfolio)]
        for event in portfolio.all(ChangeEvent)
    }


def test_two_pairs_of_releases_collide_and_ten_working_days_are_still_too_close() -> None:
    portfolio = portfolio_of(WE_43, SETTINGS)
    assert collided(portfolio) == [
        ("chg-1", "chg-2", 4, ("finance",)),
        ("chg-2", "chg-3", 10, ("ops",)),
    ]


def test_eleven_working_days_apart_nothing_collides() -> None:
    later = WE_43.replace("2026-04-20", "2026-04-21")
    assert collided(portfolio_of(later, SETTINGS)) == [("chg-1", "chg-2", 4, ("finance",))]


def test_three_releases_land_in_a_freeze_and_the_first_day_after_it_is_free() -> None:
    assert breached(portfolio_of(WE_43, SETTINGS)) == {
        "chg-1": ["Year end"],
        "chg-2": ["Year end"],
        "chg-3": [],
        "chg-4": ["Christmas peak"],
    }
    last_day = WE_43.replace("go_live: 2026-04-02", "go_live: 2026-04-05")
    day_after = WE_43.replace("go_live: 2026-04-02", "go_live: 2026-04-06")
    assert breached(portfolio_of(last_day, SETTINGS))["chg-2"] == ["Year end"]
    assert breached(portfolio_of(day_after, SETTINGS))["chg-2"] == []


def test_a_process_in_common_is_a_collision_as_well() -> None:
    portfolio = portfolio_of(
        """
        change_events:
          - {id: one, go_live: 2026-03-27, processes: [dunning]}
          - {id: two, go_live: 2026-03-30, processes: [dunning, billing]}
        """,
        SETTINGS,
    )
    assert collided(portfolio) == [("one", "two", 1, ("process dunning",))]


def test_an_emergency_cannot_choose_its_day_but_is_load() -> None:
    text = WE_43.replace("id: chg-2, go_live: 2026-04-02, type: normal",
                         "id: chg-2, go_live: 2026-04-02, type: emergency").replace(
        "{business_unit: finance}]", "{business_unit: finance, magnitude: high}]").replace(
        "{business_unit: finance},", "{business_unit: finance, magnitude: low},")  # fmt: skip
    portfolio = portfolio_of(text, SETTINGS)
    assert collided(portfolio) == []
    assert [(each.month, each.points) for each in landed(portfolio, "finance")] == [
        (date(2026, 3, 1), 10),
        (date(2026, 4, 1), 1),
    ]


def test_a_rollback_inside_a_freeze_counts_and_an_approved_exception_does_not() -> None:
    early = WE_43.replace("id: chg-4, go_live: 2026-12-22",
                          "id: chg-4, go_live: 2026-12-08, rollback_by: 2026-12-11")  # fmt: skip
    portfolio = portfolio_of(early, SETTINGS)
    event = next(each for each in portfolio.all(ChangeEvent) if each.id == "chg-4")
    (found,) = freeze_breaches(event, portfolio)
    assert (found.key, found.day) == ("rollback_by", date(2026, 12, 11))
    allowed = "scope: {all: true}, exceptions: [{change: chg-4, approved_by: anna, reason: Law}]"
    asked = "scope: {all: true}, exceptions: [{change: chg-4, reason: Law}]"
    assert breached(portfolio_of(WE_43.replace("scope: {all: true}", allowed)))["chg-4"] == []
    assert breached(portfolio_of(WE_43.replace("scope: {all: true}", asked)))["chg-4"] != []


def test_a_freeze_without_a_scope_covers_nothing() -> None:
    text = WE_43.replace(", scope: {all: true}", "")
    assert breached(portfolio_of(text, SETTINGS))["chg-4"] == []


def test_what_is_done_or_belongs_to_a_closed_project_is_not_to_come() -> None:
    portfolio = portfolio_of(
        """
        people: [{id: anna, name: Anna Sample}]
        project: {id: old, name: Old, sponsor: anna, status: closed}
        change_events:
          - {id: one, go_live: 2026-03-27, status: done}
          - {id: two, go_live: 2026-03-30, project: old}
          - {id: three, go_live: 2026-03-30, status: approved}
        """
    )
    found = {each.id: is_live(portfolio, each) for each in portfolio.all(ChangeEvent)}
    assert found == {"one": False, "two": False, "three": True}


def landed(portfolio: View, unit: str) -> tuple[Landing, ...]:
    found = portfolio.find(unit, BusinessUnit)
    assert found is not None
    return landings(portfolio, found)


WE_42 = f"""{PEOPLE}
stakeholder_group: {{id: sellers, name: Sellers, business_unit: sales, people: 12}}
change_events:
  - {{id: a, go_live: 2026-04-09,
     groups: [{{group: sellers, magnitude: low, effort_hours_per_head: 3}}]}}
  - {{id: b, go_live: 2026-05-05,
     groups: [{{group: sellers, magnitude: high, effort_hours_per_head: 16}},
     {{business_unit: sales, magnitude: low}}]}}
  - {{id: c, go_live: 2026-05-12,
     groups: [{{business_unit: sales, magnitude: high, effort_hours_per_head: 20}}]}}
  - {{id: d, go_live: 2026-05-29,
     groups: [{{business_unit: sales, magnitude: medium, effort_hours_per_head: 6}}]}}
  - {{id: e, go_live: 2026-06-02, groups: [{{business_unit: sales, magnitude: medium}}]}}
  - {{id: f, go_live: 2026-06-02, groups: [{{business_unit: sales}}]}}
"""


def test_the_saturation_of_sales_by_points_each_release_once_at_its_hardest() -> None:
    found = landed(portfolio_of(WE_42, SETTINGS), "sales")
    assert [each.points for each in found] == [1, 25, 5]
    shares = [f"{100 * (each.saturation.value or 0):.1f}" for each in found]
    assert shares == ["8.3", "208.3", "41.7"]
    assert found[1].month == date(2026, 5, 1)


def test_the_load_by_hours_is_unknown_where_one_release_does_not_state_it() -> None:
    april, may, june = landed(portfolio_of(WE_42, SETTINGS), "sales")
    # April 2026 has 20 working days of 7.5 hours, May 21: 42 of 157.5 hours.
    assert april.hours.value == Decimal(3) / Decimal(150)
    assert f"{may.hours.value:.4f}" == "0.2667"
    assert june.hours.code == "no_data"


def test_a_unit_that_nothing_hits_has_no_months() -> None:
    assert landed(portfolio_of(WE_42, SETTINGS), "ops") == ()


def test_a_unit_that_can_absorb_nothing_has_a_load_and_no_saturation() -> None:
    text = WE_42.replace("absorption_capacity: 12", "absorption_capacity: 0")
    may = landed(portfolio_of(text, SETTINGS), "sales")[1]
    assert (may.points, may.saturation.code) == (25, "zero_denominator")


@pytest.mark.parametrize(
    ("efforts", "hours", "code"),
    [([], 160, "no_data"), ([None], 160, "no_data"), ([Decimal(8)], 0, "zero_denominator")],
)
def test_hours_that_nobody_stated_or_has_are_unknown(
    efforts: list[Decimal | None], hours: int, code: str
) -> None:
    assert load_by_hours(efforts, Decimal(hours)).code == code
