"""What `pmo show people` and `pmo show teams` compute."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portfolio.analysis.columns import register_columns
from portfolio.analysis.resources.day_rate import day_rate
from portfolio.measure.table import rows
from portfolio.model.entity import Entity
from portfolio.model.resources import Person, Team
from portfolio.values import Money
from portfolio.view.view import View
from tests.analysis.people import BASE, bookings, person, portfolio

register_columns()
TEAM = "team: {id: t, name: T, lead: ann, members: [ann, bob], bau_share: 0, day_cost: 900}\n"
BOOKED = bookings(
    "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 150",
    "id: b, person: bob, work: hub, from: 2026-03-01, to: 2026-05-10, pct: 20, type: soft",
    "id: c, person: ann, work: atlas, from: 2026-03-01, to: 2026-04-03, pct: 20",
)


def shown(found: View, kind: type[Entity]) -> dict[str, Any]:
    table = rows(found, kind, found.all(kind)[:1])
    return dict(zip(table.columns, table.rows[0], strict=True))


def test_a_person_is_shown_by_month_and_judged_by_the_fullest_week() -> None:
    row = shown(portfolio(TEAM + BOOKED), Person)
    assert row["peak_utilisation"].value == Decimal("1.5")
    assert row["full_weeks"] == 1
    assert row["projects_at_once"] == 1
    assert row["capacity"] == {"2026-04": 25, "2026-05": 20, "2026-06": 20}
    assert row["demand"]["2026-04"] == Decimal("8.5")
    assert row["utilisation"]["2026-04"] == Decimal("0.34")
    assert row["over_allocation"]["2026-04"] == Decimal("2.5")
    assert row["soft_demand"]["2026-04"] == 0


def test_what_is_not_known_of_a_person_says_why() -> None:
    gone = shown(
        portfolio("", BASE.replace("productive_share: 1}", "end_date: 2026-03-01}", 1)), Person
    )
    assert gone["peak_utilisation"].reason == "there is no capacity"
    assert gone["utilisation"]["2026-04"] is None
    assert gone["utilisation"]["2026-04_reason"] == "there is no capacity"
    assert gone["actual_utilisation"].reason == "no timesheet"
    assert gone["billable_utilisation"].reason == "no timesheet"
    assert gone["old_assessments"].reason == "not available here"


def test_a_person_with_timesheets_and_skills_is_measured() -> None:
    base = BASE.replace(
        "productive_share: 1}", "productive_share: 1, skills: [{skill: TEST, level: 3}]}", 1
    )
    sheets = (
        "timesheets:\n"
        "  - {person: ann, period: 2026-W11, work: hub, hours: 24, billable: true}\n"
        "  - {person: ann, period: 2026-W11, work: bau, hours: 8}\n"
    )
    row = shown(portfolio(sheets, base), Person)
    assert row["actual_utilisation"].value == Decimal("0.8")
    assert row["billable_utilisation"].value == Decimal("0.6")
    assert row["old_assessments"].value == 1
    team = shown(portfolio(TEAM + sheets, base), Team)
    assert team["bau_share_actual"].value == Decimal("0.25")


def test_a_team_pools_its_members_and_hides_no_overload_behind_a_free_member() -> None:
    row = shown(portfolio(TEAM + BOOKED), Team)
    assert row["capacity"] == Decimal("97.5")
    assert row["demand"] == Decimal("8.5")
    assert row["utilisation"].value == Decimal("0.0872")
    assert row["over_allocation"] == Decimal("2.5")
    assert row["bau_share_actual"].reason == "no timesheets"
    nobody = shown(portfolio("team: {id: t, name: T, lead: ann, members: []}\n"), Team)
    assert nobody["utilisation"].code == "zero_denominator"


def test_a_day_costs_the_own_rate_else_a_part_of_the_team_else_it_is_not_shown() -> None:
    plain = portfolio("")
    assert day_rate(plain, person(plain, "ann")).reason == "not available here"
    unpriced = portfolio(TEAM.replace(", day_cost: 900", ""))
    assert day_rate(unpriced, person(unpriced, "ann")).value is None
    team = portfolio(TEAM)
    assert day_rate(team, person(team, "ann")).value == Money(Decimal(600), "GBP")
    own = portfolio(TEAM, BASE.replace("productive_share: 1}", "cost_rate_per_day: 700}", 1))
    assert day_rate(own, person(own, "ann")).value == Money(Decimal(700), "GBP")
