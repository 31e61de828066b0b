"""Capacity and demand, held against the worked example WE-33."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.resources.capacity import (
    Load,
    capacity_days,
    demand_days,
    net_days,
    weekly_load,
)
from portfolio.calendar import Calendar
from portfolio.model.resources import Assignment, Leave, Person
from portfolio.record import Ref

# May 2026 has 21 weekdays and one bank holiday.
START, END = date(2026, 5, 1), date(2026, 5, 31)
WORK = Calendar("work", holidays={date(2026, 5, 4)})
AWAY = Leave(from_=date(2026, 5, 11), to=date(2026, 5, 13))
BEN = Person(id="ben", name="Ben", contracted_fte=Decimal("0.8"), leave=(AWAY,))


def booking(name: str, work: str, **amount: Decimal | str) -> Assignment:
    return Assignment(id=name, work=Ref(work), from_=START, to=END, **amount)


BOOKINGS = (
    booking("a", "atlas", pct=Decimal(50)),
    booking("b", "data-hub", days=Decimal(4)),
    booking("bau", "bau", pct=Decimal(10)),
)


def test_leave_turns_an_acceptable_plan_into_an_overload() -> None:
    net = net_days(BEN, WORK, START, END)
    assert net == Decimal("13.6")
    demand = sum((demand_days(each, BEN, WORK, START, END) for each in BOOKINGS), start=Decimal(0))
    load = Load(START, END, capacity_days(net, BEN.productive_share), demand)
    assert load.capacity == Decimal("11.56")
    assert load.demand == Decimal("12.16")
    assert load.over_allocation == Decimal("0.6")
    assert load.utilisation.value is not None
    assert round(100 * load.utilisation.value, 2) == Decimal("105.19")


def test_without_leave_the_same_bookings_fill_the_capacity_exactly() -> None:
    there = Person(id="ben", name="Ben", contracted_fte=Decimal("0.8"))
    net = net_days(there, WORK, START, END)
    demand = sum((demand_days(each, there, WORK, START, END) for each in BOOKINGS), Decimal(0))
    assert (
        Load(START, END, capacity_days(net, there.productive_share), demand).utilisation.value == 1
    )


def test_days_of_two_leaves_are_away_once() -> None:
    twice = Leave(from_=date(2026, 5, 12), to=date(2026, 5, 14))
    ben = Person(id="ben", name="Ben", leave=(twice, AWAY))
    assert net_days(ben, WORK, START, END) == 16
    inside = Leave(from_=date(2026, 5, 12), to=date(2026, 5, 12))
    assert net_days(Person(id="b", name="B", leave=(AWAY, inside)), WORK, START, END) == 17


def test_only_days_in_post_count() -> None:
    short = Person(id="eva", name="Eva", start_date=date(2026, 5, 27), end_date=date(2026, 5, 28))
    assert net_days(short, WORK, START, END) == 2


def test_soft_demand_is_weighted_and_never_mixed_into_hard() -> None:
    maybe = booking("m", "atlas", pct=Decimal(50), type="soft")
    load = weekly_load(BEN, (BOOKINGS[0], maybe), WORK, Decimal(0), date(2026, 5, 18))
    assert (load.demand, load.soft) == (Decimal(2), Decimal(1))


def test_booked_business_as_usual_is_not_deducted_again() -> None:
    monday, share = date(2026, 5, 18), Decimal("0.2")
    with_bau = weekly_load(BEN, BOOKINGS, WORK, share, monday)
    without = weekly_load(BEN, BOOKINGS[:2], WORK, share, monday)
    assert with_bau.capacity == Decimal("3.4")
    assert without.capacity == Decimal("2.72")


def test_who_has_left_has_no_capacity_and_no_utilisation() -> None:
    gone = Person(id="eva", name="Eva", end_date=date(2026, 4, 30))
    load = weekly_load(gone, (), WORK, Decimal(0), date(2026, 5, 18))
    assert load.capacity == 0
    assert load.utilisation.code == "zero_denominator"


def test_full_time_equivalents_count_every_working_day() -> None:
    half = booking("c", "atlas", fte=Decimal("0.5"))
    assert demand_days(half, BEN, WORK, START, END) == 10
    assert demand_days(half, BEN, WORK, date(2026, 6, 1), date(2026, 6, 5)) == 0
