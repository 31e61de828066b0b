"""Load by week and month, overloads and whether they can be cured, time really used."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.overloads import overloads, room_of, unavoidable_days
from portfolio.analysis.role_outlook import role_outlook, unfilled_critical
from portfolio.analysis.skill_needs import scarce_skills, skill_outlook
from portfolio.analysis.time_use import booking_accuracy, pooled, time_use
from portfolio.analysis.workload import (
    concurrent_projects,
    fragmentation,
    month_load,
    months_ahead,
)
from portfolio.model.portfolio import Portfolio
from portfolio.model.resources import Assignment, Person
from tests.portfolios import SETTINGS, portfolio_of

EIGHT_HOURS = (
    SETTINGS
    + """
calendars: {office: {week: {mon-fri: ["08:00-12:00", "13:00-17:00"]}}}
"""
)

BASE = """
people:
  - {id: ann, name: Ann Sample, role: Tester, productive_share: 1}
  - {id: bob, name: Bob Sample, role: Tester, contracted_fte: 0.5, productive_share: 1}
projects:
  - id: atlas
    name: Atlas
    sponsor: ann
    activities:
      - {id: build, duration: 30d}
      - {id: docs, duration: 5d}
  - {id: hub, name: Hub, sponsor: ann}
"""


def portfolio(text: str, base: str = BASE) -> Portfolio:
    return portfolio_of(base + text, EIGHT_HOURS)


def person(found: Portfolio, name: str) -> Person:
    known = found.find(name, Person)
    assert known is not None
    return known


def bookings(*rows: str) -> str:
    return "assignments:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


FULL = "id: a, person: ann, work: hub, from: 2026-04-01, to: 2026-04-30, pct: 60"


def test_a_free_week_takes_nothing_from_a_full_one() -> None:
    """Forty days of work in twenty days are an overload even beside an empty month."""
    found = portfolio(
        bookings(
            "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 100",
            "id: b, person: ann, work: atlas, from: 2026-04-06, to: 2026-04-10, pct: 50",
        )
    )
    load = month_load(found, person(found, "ann"), months_ahead(found.as_of)[0])
    assert (load.capacity, load.demand, load.over_allocation) == (
        25,
        Decimal("7.5"),
        Decimal("2.5"),
    )
    assert load.utilisation.value == Decimal("0.3")
    assert load.soft == 0


def test_a_month_without_capacity_has_no_utilisation() -> None:
    found = portfolio("", BASE.replace("contracted_fte: 0.5", "end_date: 2026-03-27"))
    load = month_load(found, person(found, "bob"), months_ahead(found.as_of)[0])
    assert load.capacity == 0
    assert load.utilisation.code == "zero_denominator"


def test_an_overload_of_work_that_can_wait_is_only_a_peak() -> None:
    """The documents have five weeks of float, so the week can be cleared."""
    found = portfolio(
        bookings(
            "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 70",
            "id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: 2026-04-10, pct: 50",
        )
    )
    (overload,) = overloads(found)
    assert overload.peak.start == date(2026, 4, 6)
    assert overload.days == Decimal(1)
    assert [cause.booking.id for cause in overload.causes] == ["a", "b"]
    assert not overload.is_provable
    moved = found.find("b", Assignment)
    assert moved is not None
    assert room_of(found, moved).value == 25


@pytest.mark.parametrize(
    ("work", "why"),
    [
        ("atlas", "a booking on a whole project has no float to move in"),
        ("atlas.build", "critical work has none"),
        ("atlas.begun", "work that has started stays where it is"),
    ],
)
def test_an_overload_of_work_that_cannot_wait_is_proven(work: str, why: str) -> None:
    base = BASE.replace(
        "      - {id: docs, duration: 5d}",
        "      - {id: docs, duration: 5d}\n"
        "      - {id: begun, duration: 5d, actual_start: 2026-03-30}",
    )
    found = portfolio(
        bookings(
            "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 70",
            f"id: b, person: ann, work: {work}, from: 2026-04-06, to: 2026-04-10, pct: 50",
        ),
        base,
    )
    (overload,) = overloads(found)
    assert overload.is_provable, why
    asked = unavoidable_days(found, overload.person, found.all(Assignment), overload.peak.start)
    assert asked == 6


def test_float_too_short_to_leave_the_week_proves_the_overload() -> None:
    base = BASE.replace("docs, duration: 5d", "docs, duration: 29d")
    found = portfolio(
        bookings(
            "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 70",
            "id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: 2026-04-10, pct: 50",
        ),
        base,
    )
    (overload,) = overloads(found)
    # One day of float leaves four of five days in the week: 3.5 + 2 days are asked for at least.
    assert overload.is_provable
    booked = found.all(Assignment)
    assert unavoidable_days(found, overload.person, booked, overload.peak.start) == Decimal("5.5")


def test_weeks_in_a_row_are_one_overload_and_soft_bookings_make_none() -> None:
    found = portfolio(
        bookings(
            "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-17, pct: 110",
            "id: c, person: ann, work: hub, from: 2026-05-04, to: 2026-05-08, fte: 1.2",
            "id: s, person: bob, work: hub, from: 2026-05-04, to: 2026-05-08, pct: 200, type: soft",
        )
    )
    assert [(len(each.weeks), each.days) for each in overloads(found)] == [(2, 1), (1, 1)]


def test_demand_in_a_leave_is_an_overload_although_no_ratio() -> None:
    away = BASE.replace(
        "role: Tester, productive_share: 1}",
        "role: Tester, productive_share: 1, leave: [{from: 2026-04-06, to: 2026-04-10}]}",
        1,
    )
    found = portfolio(
        bookings("id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, days: 2"), away
    )
    (overload,) = overloads(found)
    assert overload.days == 2
    assert overload.peak.utilisation.code == "zero_denominator"


def test_the_gap_of_a_role_is_its_demand_less_its_supply() -> None:
    found = portfolio(
        bookings(
            FULL,
            "id: r, role: Tester, work: hub, from: 2026-04-01, to: 2026-04-30, fte: 0.5",
            "id: s, person: bob, work: hub, from: 2026-04-01, to: 2026-04-30, pct: 40, type: soft",
        )
        + """
role_demands:
  - {id: more, project: hub, role: Tester, fte_by_period: [{period: 2026-Q2, fte: 1}]}
  - {id: met, project: hub, role: Tester, filled_by: [ann],
     fte_by_period: [{period: 2026-04, fte: 0.8}]}
  - {id: elsewhere, project: hub, role: Smith, fte_by_period: [{period: 2026-05, fte: 1}]}
opportunities:
  - {id: maybe, customer: acme, probability: 0.25,
     resources: [{role: Tester, fte_by_period: [{period: 2026-04, fte: 2}]}]}
  - {id: lost, customer: acme, probability: 0.9, stage: lost,
     resources: [{role: Tester, fte_by_period: [{period: 2026-04, fte: 2}]}]}
customers: [{id: acme, name: Acme, account_owner: ann}]
"""
    )
    outlook = role_outlook(found)
    april = outlook["Tester"][0]
    assert april.supply == Decimal("1.5")
    # 0.6 booked, 0.5 of the role, 1 stated, and 0.2 of the 0.8 that Ann is found for.
    assert april.demand == Decimal("2.3")
    assert april.gap == Decimal("0.8")
    assert (april.soft, april.pipeline) == (Decimal("0.1"), Decimal("0.5"))
    assert april.gap_with_soft == Decimal("1.4")
    assert outlook["Tester"][3].demand == 0
    smith = outlook["Smith"][1]
    assert (smith.supply, smith.gap) == (0, 1)
    assert smith.utilisation.reason == "nobody in this role"


def test_roles_that_nobody_asks_for_are_left_out() -> None:
    assert role_outlook(portfolio("")) == {}


def test_business_as_usual_is_deducted_from_supply_unless_it_is_booked() -> None:
    team = "team: {id: t, name: T, lead: ann, members: [ann], bau_share: 0.2}\n"
    free = portfolio(team + bookings(FULL))
    booked = portfolio(
        team
        + bookings(FULL, "id: b, person: ann, work: bau, from: 2026-04-01, to: 2026-04-30, pct: 20")
    )
    assert role_outlook(free)["Tester"][0].supply == Decimal("1.3")
    april = role_outlook(booked)["Tester"][0]
    assert (april.supply, april.demand) == (Decimal("1.5"), Decimal("0.8"))


def test_critical_demands_that_nobody_fills_come_by_their_start() -> None:
    found = portfolio(
        """
role_demands:
  - {id: late, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-06, fte: 1}]}
  - {id: soon, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-04, fte: 1}]}
  - {id: past, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-02, fte: 1}]}
  - {id: none, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-04, fte: 0}]}
  - {id: met, project: hub, role: A, critical: true, filled_by: [ann],
     fte_by_period: [{period: 2026-04, fte: 1}]}
"""
    )
    assert [each.id for each in unfilled_critical(found)] == ["soon", "late"]


SKILLED = BASE.replace(
    "role: Tester, productive_share: 1}",
    "role: Tester, productive_share: 1, skills: [{skill: TEST, level: 5}]}",
    1,
)


def test_the_need_for_skills_is_that_of_bookings_and_open_demands() -> None:
    found = portfolio(
        bookings(FULL + ", skill: TEST, min_level: 4")
        + """
role_demands:
  - {id: d, project: hub, role: T, skill: TEST, level: 4,
     fte_by_period: [{period: 2026-04, fte: 1}]}
  - {id: e, project: hub, role: T, skill: SINT, level: 2,
     fte_by_period: [{period: 2026-04, fte: 1}]}
""",
        SKILLED,
    )
    april = skill_outlook(found)[0]
    assert [(c.need.skill, c.need.fte, c.net) for c in april.covers] == [
        ("SINT", 1, 0),
        ("TEST", Decimal("1.6"), 1),
    ]
    assert april.gap == Decimal("1.6")
    scarce = [
        (each.skill, each.holder and each.holder.id, each.work) for each in scarce_skills(found)
    ]
    assert scarce == [("SINT", None, ("hub",)), ("TEST", "ann", ("hub",))]


def test_fragmentation_counts_projects_not_bookings() -> None:
    found = portfolio(
        bookings(
            "id: a, person: ann, work: atlas.build, from: 2026-03-01, to: 2026-04-30, pct: 20",
            "id: b, person: ann, work: atlas, from: 2026-03-01, to: 2026-04-30, pct: 20",
            "id: c, person: ann, work: hub, from: 2026-03-01, to: 2026-04-30, pct: 20",
            "id: d, person: ann, work: bau, from: 2026-03-01, to: 2026-04-30, pct: 20",
            "id: e, person: bob, work: hub, from: 2026-03-01, to: 2026-04-30, pct: 20, type: soft",
            "id: f, person: bob, work: hub, from: 2026-06-01, to: 2026-06-30, pct: 20",
        )
    )
    at_once = concurrent_projects(found, found.as_of)
    assert at_once == {"ann": ("atlas", "hub")}
    assert fragmentation([len(each) for each in at_once.values()]).value == 2
    assert fragmentation([]).code == "no_data"


SHEETS = """
timesheets:
  - {person: ann, period: 2026-W11, work: hub, hours: 24, billable: true}
  - {person: ann, period: 2026-W11, work: bau, hours: 8, billable: false}
  - {person: ann, period: 2026-W12, work: hub, hours: 30, status: submitted}
  - {person: bob, period: 2026-W11, work: hub, hours: 10}
  - {person: bob, period: 2026-W15, work: hub, hours: 10}
"""


def test_only_approved_hours_until_now_are_actual_and_thirty_two_of_forty_are_80_percent() -> None:
    found = portfolio(
        SHEETS.replace("2026-W12", "2026-W11").replace(
            "work: hub, hours: 30", "work: atlas, hours: 30"
        )
    )
    used = time_use(found, person(found, "ann")).value
    assert used is not None
    assert (used.available, used.approved, used.waiting) == (40, 32, 30)
    assert used.actual_utilisation.value == Decimal("0.8")
    assert used.billable_utilisation.value == Decimal("0.6")
    assert used.bau_share.value == Decimal("0.25")
    bob = time_use(found, person(found, "bob")).value
    assert bob is not None
    assert (bob.available, bob.approved) == (20, 10)
    assert bob.billable_utilisation.reason == "no timesheet says what is billable"
    both = pooled([used, bob]).value
    assert both is not None
    assert both.actual_utilisation.value == Decimal("0.7"), "pooled, not the mean of 0.8 and 0.5"


def test_time_without_timesheets_or_without_presence_is_unknown() -> None:
    found = portfolio("")
    assert time_use(found, person(found, "ann")).code == "no_data"
    assert pooled([]).code == "no_data"
    away = BASE.replace(
        "role: Tester, productive_share: 1}",
        "role: Tester, productive_share: 1, start_date: 2026-03-30}",
        1,
    )
    late = portfolio(
        "timesheets:\n  - {person: ann, period: 2026-W11, work: hub, hours: 5, status: draft}\n",
        away,
    )
    used = time_use(late, person(late, "ann")).value
    assert used is not None
    assert used.actual_utilisation.reason == "nobody was there"
    assert used.bau_share.reason == "no approved hours"


def test_booking_accuracy_is_the_error_of_booked_hours_weighted_by_approved_ones() -> None:
    """Booked 20 on the hub and 8 on Atlas, approved 24 and 0, and 8 that nobody had booked."""
    found = portfolio(
        SHEETS
        + bookings(
            "id: a, person: ann, work: hub, from: 2026-03-01, to: 2026-03-31, pct: 50",
            "id: b, person: ann, work: atlas.build, from: 2026-03-09, to: 2026-03-13, days: 1",
            "id: s, person: ann, work: hub, from: 2026-03-09, to: 2026-03-13, pct: 9, type: soft",
        )
    )
    accuracy = booking_accuracy(found, [person(found, "ann")])
    assert accuracy.absolute.value == Decimal(4 + 8 + 8) / 32
    assert accuracy.bias.value == Decimal(28 - 32) / 32
    assert accuracy.skipped == 1
    assert booking_accuracy(found, []).absolute.code == "no_data"
