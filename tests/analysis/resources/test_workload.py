"""Load by week and month, overloads and whether they can be cured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.resources.overallocation import overloads, room_of, unavoidable_days
from portfolio.analysis.resources.workload import (
    concurrent_projects,
    fragmentation,
    month_load,
    months_ahead,
)
from portfolio.model.resources import Assignment
from tests.analysis.people import BASE, bookings, person, portfolio


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
        Decimal(25),
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
    assert [(len(each.weeks), each.days) for each in overloads(found)] == [
        (2, Decimal(1)),
        (1, Decimal(1)),
    ]


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
