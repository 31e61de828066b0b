"""The ways out of an overload and their prices."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.resources.overallocation import overloads
from portfolio.impact.resources.overallocation_options import Relief, reliefs
from portfolio.values import Money
from tests.analysis.people import BASE, bookings, portfolio

TEAM = "team: {id: t, name: T, lead: ann, members: [ann, bob], bau_share: 0, day_cost: 900}\n"
DOCS = "id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: 2026-04-10, pct: 50"
HUB = "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 70"


def ways(text: str, base: str = BASE) -> dict[str, Relief]:
    found = portfolio(text, base)
    (overload,) = overloads(found)
    return {each.way: each for each in reliefs(found, overload)}


def test_what_has_float_moves_by_as_little_as_cures_the_week() -> None:
    """50 % for five days is 2.5 days; two days later 1.5 of them remain, and 5 days are full."""
    moved = ways(TEAM + bookings(HUB, DOCS))["move"]
    assert (moved.work, moved.shift, moved.slip) == ("atlas.docs", 2, 0)
    assert moved.days == Decimal("2.5")


def test_hiring_costs_the_days_beyond_capacity_at_the_rate_of_a_day() -> None:
    found = ways(TEAM + bookings(HUB, DOCS))["hire"]
    assert found.days == 1
    assert found.money.value == Money(Decimal(-600), "GBP")


def test_without_a_rate_the_days_stay_and_the_price_is_not_available_here() -> None:
    found = ways(bookings(HUB, DOCS))["hire"]
    assert found.days == 1
    assert found.money.reason == "not available here"


def test_who_is_able_and_has_time_can_take_it_over() -> None:
    over = ways(TEAM + bookings(HUB, DOCS))["hand_over"]
    assert over.person is not None
    assert over.person.id == "bob"
    assert over.money.value == Money(Decimal(-600), "GBP")
    busy = "id: c, person: bob, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 90"
    assert "hand_over" not in ways(TEAM + bookings(HUB, DOCS, busy))
    skilled = bookings(HUB + ", skill: TEST, min_level: 3", DOCS + ", skill: TEST, min_level: 3")
    assert "hand_over" not in ways(TEAM + skilled), "nobody else is assessed in it"


def test_beyond_float_moving_names_the_slip() -> None:
    base = BASE.replace("docs, duration: 5d", "docs, duration: 29d")
    moved = ways(TEAM + bookings(HUB, DOCS), base)["move"]
    assert (moved.work, moved.shift, moved.slip) == ("atlas.docs", 2, 1)


def test_the_least_important_project_can_wait() -> None:
    base = BASE.replace("name: Hub", "name: Hub, priority: 5")
    stopped = ways(TEAM + bookings(HUB, DOCS), base)["stop"]
    assert (stopped.work, stopped.shift) == ("hub", 5)
    one = bookings(HUB, HUB.replace("id: a", "id: b"))
    assert "stop" not in ways(TEAM + one)


def test_business_as_usual_cannot_be_moved() -> None:
    found = ways(bookings(HUB.replace("hub", "bau").replace("70", "110")))
    assert list(found) == ["hire", "hand_over"]


def test_work_that_cannot_slip_has_no_price() -> None:
    """A project without any work of its own cannot be delayed; its booking can still move."""
    whole = ways(TEAM + bookings(HUB, DOCS), BASE.replace("name: Hub", "name: Hub, priority: 5"))
    assert whole["stop"].money.value is None
    assert whole["stop"].money.reason


def test_what_was_found_once_is_not_priced_again_and_nobody_can_change_it() -> None:
    found = portfolio(TEAM + bookings(HUB, DOCS))
    (overload,) = overloads(found)
    assert reliefs(found, overload) is reliefs(found, overload)
    assert isinstance(reliefs(found, overload), tuple)
