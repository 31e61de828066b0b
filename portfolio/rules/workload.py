"""Rules about workload: nobody is booked for more than there is of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.capacity import Load, weekly_load
from portfolio.diagnostic import Severity
from portfolio.model.resources import Assignment, Person, Team
from portfolio.network.calendars import named_calendar
from portfolio.rules.rule import Problem, rule
from portfolio.rules.wording import counted, listed, percent, see

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio

_WEEKS_AHEAD = 52
_WEEK = timedelta(weeks=1)
_FAR_BEYOND = Decimal("1.2")
_TENTH = Decimal("0.1")


@rule(Severity.WARNING, Person)
def res_overallocated(person: Person, portfolio: Portfolio) -> Iterator[Problem]:
    """Somebody is booked for more than they can do in a week.

    What it does:
        Compares the hard bookings of a person with their capacity, week by week for a year from
        the status date: net days x productive share, less the share of business as usual of their
        team unless that is booked. Beyond 120 % it is an error.

    Why it matters:
        The plan cannot happen; which project waits is decided by chance.

    Example:
        assignments:
          - {id: eva-atlas, person: eva-stone, work: atlas, from: 2026-04-06, to: 2026-04-17,
             pct: 60}
          - {id: eva-hub, person: eva-stone, work: data-hub, from: 2026-04-06, to: 2026-04-17,
             pct: 40}

    Use instead:
        assignments:
          - {id: eva-atlas, person: eva-stone, work: atlas, from: 2026-04-06, to: 2026-04-17,
             pct: 60}
          - {id: eva-hub, person: eva-stone, work: data-hub, from: 2026-04-20, to: 2026-05-01,
             pct: 40}
    """
    bookings = [
        booking
        for booking in portfolio.related(person, Assignment, "person")
        if booking.type == "hard" and booking.to >= portfolio.as_of
    ]
    over = [
        load
        for load in _weeks(person, bookings, portfolio)
        if load.capacity > 0 and load.over_allocation >= _TENTH
    ]
    if not over:
        return
    peak = max(over, key=lambda load: load.demand / load.capacity)
    share = peak.demand / peak.capacity
    causes = [each for each in bookings if each.from_ <= peak.end and each.to >= peak.start]
    work = listed(dict.fromkeys(each.work.id for each in causes))
    yield Problem(
        person,
        f"{person.name} is booked beyond capacity in {counted(len(over), 'week')} from "
        f"{over[0].start}; at most {percent(share)} in the week of {peak.start} "
        f"({peak.demand:.1f} days of {peak.capacity:.1f}): {work}",
        "id",
        "move a booking, or find somebody else for one of them",
        Severity.ERROR if share > _FAR_BEYOND else None,
        related=tuple(
            see(each, f"books {person.name} on {each.work.id}", "work") for each in causes
        ),
    )


def _weeks(person: Person, bookings: list[Assignment], portfolio: Portfolio) -> Iterator[Load]:
    """Yield the load of each week that could be too much, from the status date on.

    Percentages of a week add up without a calendar; only where they exceed what the person can
    give are days counted.
    """
    if not bookings:
        return
    calendar = named_calendar(portfolio, person.calendar)
    teams = portfolio.related(person, Team, "members")
    share = teams[0].bau_share if teams else Decimal(0)
    monday = _monday(max(portfolio.as_of, min(each.from_ for each in bookings)))
    last = max(each.to for each in bookings)
    usable = 100 * person.productive_share * (1 - share)
    for number in range(_WEEKS_AHEAD):
        week = monday + timedelta(weeks=number)
        if week > last:
            return
        touching = [b for b in bookings if b.from_ < week + _WEEK and b.to >= week]
        shares = [booking.pct for booking in touching]
        if None in shares or sum(pct for pct in shares if pct is not None) > usable:
            yield weekly_load(person, touching, calendar, share, week)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
