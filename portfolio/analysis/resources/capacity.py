"""Capacity and demand of people, in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, per

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portfolio.calendar import Calendar
    from portfolio.model.resources import Assignment, Person

SOFT_PROBABILITY = Decimal("0.5")
"""How likely a soft or tentative booking is taken to become a hard one."""
_WHOLE = Decimal(100)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Load:
    """What a person can do and is asked to do in a time, in days.

    ``demand`` is hard; ``soft`` stands beside it, weighted with its probability, and is never mixed
    into it.
    """

    start: date
    end: date
    capacity: Decimal
    demand: Decimal
    soft: Decimal = _NONE

    @property
    def utilisation(self) -> Measure[Decimal]:
        """Return demand / capacity, 0..; without capacity there is no ratio."""
        return per(self.demand, self.capacity, "there is no capacity")

    @property
    def over_allocation(self) -> Decimal:
        """Return the days asked for beyond capacity; 0 where there are none."""
        return max(_NONE, self.demand - self.capacity)


def working_days(calendar: Calendar, start: date, end: date) -> int:
    """Return the working days from one day to another, both included; 0 for an empty span.

    Source: worked example WE-33.

    >>> from portfolio.calendar import Calendar
    >>> working_days(Calendar("work"), date(2026, 3, 30), date(2026, 4, 3))
    5
    """
    if end < start:
        return 0
    return calendar.working_days_between(start, end + timedelta(days=1))


def net_days(person: Person, calendar: Calendar, start: date, end: date) -> Decimal:
    """Return the days that a person is there: FTE x (working days - leave), while in post.

    Public holidays are no working days of the calendar, and days of two leaves count once. Before
    the start date and after the end date there are none.

    Source: worked example WE-33.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.resources import Person
    >>> ben = Person(id="ben", name="Ben", contracted_fte=Decimal("0.8"))
    >>> net_days(ben, Calendar("work"), date(2026, 3, 30), date(2026, 4, 3))
    Decimal('4.0')
    """
    first = max(start, person.start_date or start)
    last = min(end, person.end_date or end)
    away = sum(working_days(calendar, *absence) for absence in _absences(person, first, last))
    return person.contracted_fte * max(0, working_days(calendar, first, last) - away)


def _absences(person: Person, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the leaves inside a time, those that overlap without their common days."""
    begin = first
    for leave in sorted(person.leave, key=lambda each: each.from_):
        yield max(begin, leave.from_), min(last, leave.to)
        begin = max(begin, leave.to + timedelta(days=1))


def capacity_days(net: Decimal, productive_share: Decimal, bau_share: Decimal = _NONE) -> Decimal:
    """Return what planned work can use of the days that somebody is there.

    capacity = net days x productive share x (1 - share of business as usual). Pass a share of 0
    where business as usual is booked as an assignment: it is never deducted twice.

    Source: worked example WE-33.

    >>> capacity_days(Decimal("13.6"), Decimal("0.85"))
    Decimal('11.560')
    """
    return net * productive_share * (1 - bau_share)


def demand_days(
    booking: Assignment, person: Person, calendar: Calendar, start: date, end: date
) -> Decimal:
    """Return what a booking asks of a person from one day to another, in days.

    A percentage is of the net days, so it shrinks with leave; days are spread evenly over the
    working days of the booking; FTE count every working day. Outside the booking: 0.

    Source: worked example WE-33.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.resources import Assignment, Person
    >>> booking = Assignment(id="b", from_=date(2026, 3, 2), to=date(2026, 4, 30), pct=Decimal(50))
    >>> demand_days(booking, Person(id="ben", name="Ben"), Calendar("work"),
    ...             date(2026, 3, 30), date(2026, 4, 3))
    Decimal('2.5')
    """
    first, last = max(start, booking.from_), min(end, booking.to)
    if last < first:
        return _NONE
    if booking.pct is not None:
        return booking.pct / _WHOLE * net_days(person, calendar, first, last)
    inside = working_days(calendar, first, last)
    if booking.days is not None:
        whole = working_days(calendar, booking.from_, booking.to)
        return booking.days * inside / whole if whole else _NONE
    return (booking.fte or _NONE) * inside


def weekly_load(
    person: Person,
    bookings: Iterable[Assignment],
    calendar: Calendar,
    bau_share: Decimal,
    week: date,
) -> Load:
    """Return capacity and demand of one week, from the Monday given to its Sunday.

    Averages over a quarter hide peaks, so people are judged week by week. The share of business as
    usual is deducted unless it is booked in that week. Soft bookings are weighted and kept apart.

    Source: worked example WE-33.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.resources import Person
    >>> weekly_load(Person(id="ben", name="Ben"), [], Calendar("work"), Decimal("0.2"),
    ...             date(2026, 3, 30)).capacity
    Decimal('3.400')
    """
    end = week + timedelta(days=6)
    running = [each for each in bookings if each.from_ <= end and each.to >= week]
    hard = [each for each in running if each.type == "hard"]
    share = _NONE if any(each.work.written == "bau" for each in hard) else bau_share
    asked = {each.id: demand_days(each, person, calendar, week, end) for each in running}
    demand = sum((asked[each.id] for each in hard), _NONE)
    soft = SOFT_PROBABILITY * (sum(asked.values(), _NONE) - demand)
    capacity = capacity_days(net_days(person, calendar, week, end), person.productive_share, share)
    return Load(week, end, capacity, demand, soft)
