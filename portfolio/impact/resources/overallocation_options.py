"""The ways out of an overload, each with its price: move work, hand it over, hire, or stop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.resources.capacity import demand_days
from portfolio.analysis.resources.day_rate import day_rate
from portfolio.analysis.resources.overallocation import (
    Overload,
    hard_bookings,
    loads,
    room_of,
    shifted,
)
from portfolio.analysis.resources.skills import holders
from portfolio.analysis.resources.workload import person_calendar, project_id, week_of
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import CannotSlipError, Injection
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Project
from portfolio.model.index import per_portfolio
from portfolio.model.resources import Assignment, Person
from portfolio.values import Duration, Money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from portfolio.analysis.resources.capacity import Load
    from portfolio.view.view import View

Way = Literal["move", "hand_over", "hire", "stop"]
_FARTHEST = 60
_WEEK = 5
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Relief:
    """One way out of an overload.

    ``work`` and ``person`` are what is moved or stopped and who takes it over. ``days`` are the
    days of work concerned, ``shift`` by how many working days work moves and ``slip`` how much of
    that lies beyond its float. ``money`` is negative where it costs.
    """

    way: Way
    days: Decimal
    money: Measure[Money]
    work: str = ""
    person: Person | None = None
    shift: int = 0
    slip: int = 0


@per_portfolio  # pricing a way out moves the whole plan
def reliefs(portfolio: View, overload: Overload) -> tuple[Relief, ...]:
    """Return the ways out of an overload: moving and hiring, then handing over and stopping.

    Each is priced by itself. Moving and stopping cost what the slip does, through every link;
    handing over and hiring cost days at a day's rate. A heuristic: one booking is moved at a time,
    and the first place that makes no new overload is taken.
    """
    found = (
        move(portfolio, overload),
        hire(portfolio, overload),
        hand_over(portfolio, overload),
        stop(portfolio, overload),
    )
    return tuple(each for each in found if each is not None)


def move(portfolio: View, overload: Overload) -> Relief | None:
    """Return the booking whose shift cures the overload with the least delay beyond float.

    None where no booking can be moved by up to 60 working days without a new overload.
    """
    best = min(
        _moves(portfolio, overload), key=lambda each: (each[1], each[0], each[2].id), default=None
    )
    if best is None:
        return None
    shift, slip, booking = best
    days = (
        sum(cause.days for cause in overload.causes if cause.booking.id == booking.id)
        or overload.days
    )
    money = _price(portfolio, booking.work.id, shift)
    return Relief("move", days, money, booking.work.id, shift=shift, slip=slip)


def _moves(portfolio: View, overload: Overload) -> Iterator[tuple[int, int, Assignment]]:
    before = loads(portfolio, overload.person, hard_bookings(portfolio, overload.person))
    full = frozenset(load.start for load in overload.weeks)
    for cause in overload.causes:
        if not project_id(portfolio, cause.booking) or cause.booking.id in portfolio.stand_ins:
            continue
        room = room_of(portfolio, cause.booking).value or 0
        others = [
            load.demand - days
            for load, days in zip(
                before, _asked(portfolio, overload.person, cause.booking, before), strict=True
            )
        ]
        for shift in range(1, _FARTHEST + 1):
            moved = shifted(portfolio, cause.booking, shift)
            asked = _asked(portfolio, overload.person, moved, before)
            if _cures(before, [a + b for a, b in zip(others, asked, strict=True)], full):
                yield shift, max(0, shift - room), cause.booking
                break


def _asked(
    portfolio: View, person: Person, booking: Assignment, weeks: Sequence[Load]
) -> list[Decimal]:
    """Return the days that a booking asks for in each week."""
    calendar = person_calendar(portfolio, person)
    return [
        demand_days(booking, person, calendar, week.start, week.end)
        if booking.from_ <= week.end and booking.to >= week.start
        else _NONE
        for week in weeks
    ]


def _cures(before: Sequence[Load], demand: Sequence[Decimal], full: Collection[date]) -> bool:
    """Tell whether the full weeks are no longer so, and no other week is fuller than it was."""
    return all(
        asked <= load.capacity or (load.start not in full and asked <= load.demand)
        for load, asked in zip(before, demand, strict=True)
    )


def hire(portfolio: View, overload: Overload) -> Relief:
    """Return what the days beyond capacity cost at the rate of who is overloaded."""
    return Relief("hire", overload.days, _cost(portfolio, overload.person, overload))


def hand_over(portfolio: View, overload: Overload) -> Relief | None:
    """Return who could take the days beyond capacity: in post, able, and with time left.

    Able is who holds the skill of a booking at its level; where the bookings name no skill, who
    has the same role. The one with most time left is taken; None where there is nobody.
    """
    found = [
        (spare, person.id, work, person)
        for work, person in _able(portfolio, overload)
        if (spare := _spare(portfolio, overload, person)) is not None
    ]
    if not found:
        return None
    _, _, work, person = max(found, key=lambda each: (each[0], each[1]))
    money = _cost(portfolio, person, overload)
    return Relief("hand_over", overload.days, money, work, person)


def _able(portfolio: View, overload: Overload) -> Iterator[tuple[str, Person]]:
    people = [each for each in portfolio.all(Person) if each.id != overload.person.id]
    last = overload.weeks[-1].end
    for cause in overload.causes:
        booking = cause.booking
        if booking.skill is not None:
            able = holders(people, booking.skill, booking.min_level or 1, last)
            yield from ((booking.work.id, each) for each in able)
        elif overload.person.role is not None:
            same = (each for each in people if each.role == overload.person.role)
            yield from ((booking.work.id, each) for each in same)


def _spare(portfolio: View, overload: Overload, person: Person) -> Decimal | None:
    """Return the days that somebody has left in those weeks; None where one is too full."""
    left = _NONE
    for load in overload.weeks:
        own = week_of(portfolio, person, load.start)
        spare = own.capacity - own.demand
        if spare < load.over_allocation:
            return None
        left += spare
    return left


def stop(portfolio: View, overload: Overload) -> Relief | None:
    """Return what it costs to let the least important project wait while the overload lasts.

    The project with the lowest priority among the causes, of equals the one that asks least; None
    where all is for one project. What is hidden is not proposed.
    """
    asked: dict[str, Decimal] = {}
    for cause in overload.causes:
        owner = project_id(portfolio, cause.booking)
        if owner and owner not in portfolio.stand_ins:
            asked[owner] = asked.get(owner, _NONE) + cause.days
    projects = [found for name in asked if (found := portfolio.find(name, Project)) is not None]
    if len(projects) < 2:  # noqa: PLR2004 - a choice is between two
        return None
    last = max(projects, key=lambda each: (each.priority, -asked[each.id], each.id))
    shift = _WEEK * len(overload.weeks)
    return Relief(
        "stop", asked[last.id], _price(portfolio, last.id, shift), last.id, shift=shift, slip=shift
    )


def _price(portfolio: View, work: str, days: int) -> Measure[Money]:
    """Return what a slip costs in all; nothing with a price reached: no_data."""
    slip = Duration(Decimal(days), "d")
    try:
        return ripple(portfolio, [Injection(work, slip)], activities=False).totals.money
    except CannotSlipError as error:
        return unknown("no_data", str(error))


def _cost(portfolio: View, person: Person, overload: Overload) -> Measure[Money]:
    """Return what the days beyond capacity cost at somebody's rate; what is hidden has no price."""
    if any(cause.booking.id in portfolio.stand_ins for cause in overload.causes):
        return unknown("no_data", "part of the load is confidential work")
    return _paid(day_rate(portfolio, person), overload.days)


def _paid(rate: Measure[Money], days: Decimal) -> Measure[Money]:
    return rate.map(lambda money: Money(-money.amount * days, money.currency))
