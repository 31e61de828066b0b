"""Who is booked beyond capacity, by what, and whether shifting inside float could help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import Load, demand_days, weekly_load
from portfolio.analysis.resources.workload import (
    Cause,
    bau_share,
    causes,
    monday_of,
    person_calendar,
    project_id,
)
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.index import per_portfolio
from portfolio.model.resources import Assignment, Person
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.view.view import View

WEEKS_AHEAD = 26
_NONE = Decimal(0)
_WEEK = timedelta(weeks=1)
_LAST_DAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Overload:
    """Weeks in a row in which somebody is booked beyond capacity.

    ``causes`` are the bookings of the fullest week. ``is_provable`` tells that in one of the weeks
    no shift inside the float of the work can bring the demand down to the capacity; otherwise it
    is a peak, which moving work may cure.
    """

    person: Person
    weeks: tuple[Load, ...]
    causes: tuple[Cause, ...]
    is_provable: bool

    @property
    def peak(self) -> Load:
        """Return the fullest week."""
        return max(self.weeks, key=lambda load: (load.over_allocation, -load.start.toordinal()))

    @property
    def days(self) -> Decimal:
        """Return the days beyond capacity, in all of the weeks."""
        return sum((load.over_allocation for load in self.weeks), _NONE)


@per_portfolio
def overloads(portfolio: View) -> tuple[Overload, ...]:
    """Return every overload of hard bookings in the next 26 weeks, the soonest first.

    People are judged week by week. A week with demand and no capacity at all, such as a leave, is
    an overload too.

    Source: domain A7.
    """
    found = [each for person in portfolio.all(Person) for each in _of(portfolio, person)]
    return tuple(sorted(found, key=lambda each: (each.weeks[0].start, -each.days, each.person.id)))


def _of(portfolio: View, person: Person) -> Iterator[Overload]:
    bookings = hard_bookings(portfolio, person)
    if not bookings:
        return
    runs = groupby(loads(portfolio, person, bookings), lambda load: load.over_allocation > 0)
    for is_over, run in runs:
        if is_over:
            yield _overload(portfolio, person, bookings, tuple(run))


def hard_bookings(portfolio: View, person: Person) -> tuple[Assignment, ...]:
    """Return the hard bookings of somebody that are not over."""
    return tuple(
        each
        for each in portfolio.whole.related(person, Assignment, "person")
        if each.type == "hard" and each.to >= portfolio.as_of
    )


def loads(portfolio: View, person: Person, bookings: Sequence[Assignment]) -> tuple[Load, ...]:
    """Return the load that bookings make in each of the next 26 weeks."""
    calendar, share = person_calendar(portfolio, person), bau_share(portfolio, person)
    first = monday_of(portfolio.as_of + timedelta(days=1))
    weeks = (first + number * _WEEK for number in range(WEEKS_AHEAD))
    return tuple(weekly_load(person, bookings, calendar, share, week) for week in weeks)


def _overload(
    portfolio: View, person: Person, bookings: Sequence[Assignment], run: tuple[Load, ...]
) -> Overload:
    found = Overload(person, run, (), is_provable=False)
    asking = causes(portfolio, person, bookings, found.peak.start)
    provable = any(
        unavoidable_days(portfolio, person, bookings, load.start) > load.capacity for load in run
    )
    return Overload(person, run, asking, provable)


def unavoidable_days(
    portfolio: View, person: Person, bookings: Sequence[Assignment], week: date
) -> Decimal:
    """Return the days that bookings ask for in a week however their work is shifted inside float.

    Work that has not started can be shifted later by up to its total float. What it asks for in
    one week first grows and then falls as it is shifted, so the least is at one of the two ends.
    Total float is shared along a path and is therefore generous: what exceeds capacity even so is
    a proven overload. Bookings on work that has started, on whole projects and on business as
    usual stay where they are.

    Source: domain A7, levelling; the mandatory part of work in its time window.
    """
    calendar = person_calendar(portfolio, person)
    least = (
        min(
            demand_days(shifted(portfolio, booking, days), person, calendar, week, week + _LAST_DAY)
            for days in {0, room_of(portfolio, booking).value or 0}
        )
        for booking in bookings
    )
    return sum(least, _NONE)


def room_of(portfolio: View, booking: Assignment) -> Measure[int]:
    """Return by how many working days the work of a booking can be shifted inside its float.

    The total float of an activity that has not started, a part of a day counting as one, and 0
    where it is negative. A whole project, business as usual: no_data. Started: 0.
    """
    activity = portfolio.find(booking.work, Activity)
    if activity is None:
        return unknown("no_data", "booked on a whole project, not on an activity")
    plan = plan_of(portfolio)
    node = plan.network.index.get(activity.id)
    if node is None or activity.actual_start is not None or booking.from_ <= portfolio.as_of:
        return Measure(0)
    minutes = plan.schedule.total_float[node] or 0
    calendar = plan.network.calendars[plan.network.activities[node].calendar]
    return Measure(max(0, -(-minutes // calendar.minutes_per_day)))


def shifted(portfolio: View, booking: Assignment, days: int) -> Assignment:
    """Return a booking that begins and ends so many working days later."""
    if not days:
        return booking
    project = portfolio.find(project_id(portfolio, booking), Project)
    calendar = project_calendar(portfolio, project)
    moved = {
        "from_": calendar.add_working_days(booking.from_, days),
        "to": calendar.add_working_days(booking.to, days),
    }
    return Assignment(**booking.stated() | moved)
