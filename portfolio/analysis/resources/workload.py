"""How much is asked of people, week by week, and which work asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import Load, demand_days, weekly_load
from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, per, ratio
from portfolio.model.resources import Assignment, Person, Team, Timesheet
from portfolio.network.calendars import named_calendar
from portfolio.values import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portfolio.calendar import Calendar
    from portfolio.view.view import View

MONTHS_AHEAD = 6
_NONE = Decimal(0)
_MIDWEEK = timedelta(days=3)
_LAST_DAY = timedelta(days=6)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week.

    >>> monday_of(date(2026, 4, 3))
    datetime.date(2026, 3, 30)
    """
    return day - timedelta(days=day.weekday())


def months_ahead(as_of: date, count: int = MONTHS_AHEAD) -> tuple[Period, ...]:
    """Return the months from the day after the status date on: what can still be changed.

    >>> [month.text for month in months_ahead(date(2026, 3, 31), 2)]
    ['2026-04', '2026-05']
    """
    first = (as_of + timedelta(days=1)).replace(day=1)
    return tuple(read_period(f"{add_months(first, n):%Y-%m}") for n in range(count))


def bau_share(portfolio: View, person: Person) -> Decimal:
    """Return the share of business as usual of somebody's team, 0 without a team.

    Who is in several teams has the share of the first: nobody keeps two lights on at once.
    """
    teams = portfolio.related(person, Team, "members")
    return teams[0].bau_share if teams else _NONE


def week_of(portfolio: View, person: Person, week: date) -> Load:
    """Return capacity, hard and soft demand of somebody in the week from a Monday on.

    Source: domain A7; worked example WE-33.
    """
    return weekly_load(
        person,
        portfolio.whole.related(person, Assignment, "person"),
        named_calendar(portfolio, person.calendar),
        bau_share(portfolio, person),
        week,
    )


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """The weeks of one month of one person: a week belongs to the month of its Thursday.

    All are days. ``over_allocation`` adds the weeks that are too full and takes no free week
    against them: averages hide peaks.
    """

    month: Period
    weeks: tuple[Load, ...]

    @property
    def capacity(self) -> Decimal:
        """Return the days that planned work can use."""
        return sum((week.capacity for week in self.weeks), _NONE)

    @property
    def demand(self) -> Decimal:
        """Return the days that hard bookings ask for."""
        return sum((week.demand for week in self.weeks), _NONE)

    @property
    def soft(self) -> Decimal:
        """Return the days that soft bookings ask for, times their probability."""
        return sum((week.soft for week in self.weeks), _NONE)

    @property
    def over_allocation(self) -> Decimal:
        """Return the days beyond capacity, week by week."""
        return sum((week.over_allocation for week in self.weeks), _NONE)

    @property
    def utilisation(self) -> Measure[Decimal]:
        """Return hard demand / capacity: the planned utilisation; none without capacity."""
        return per(self.demand, self.capacity, "there is no capacity")


def weeks_of(month: Period) -> tuple[date, ...]:
    """Return the Mondays of the weeks whose Thursday lies in a month.

    >>> [str(day) for day in weeks_of(read_period("2026-04"))]
    ['2026-03-30', '2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27']
    """
    first = monday_of(month.start)
    mondays = (first + timedelta(weeks=number) for number in range(6))
    return tuple(day for day in mondays if month.start <= day + _MIDWEEK <= month.end)


def month_load(portfolio: View, person: Person, month: Period) -> MonthLoad:
    """Return the load of somebody in a month, as whole weeks.

    Source: domain A7; worked example WE-33.
    """
    return MonthLoad(month, tuple(week_of(portfolio, person, day) for day in weeks_of(month)))


@dataclass(frozen=True, slots=True)
class Cause:
    """A booking and the days it asks for in a time."""

    booking: Assignment
    days: Decimal


def causes(
    portfolio: View, person: Person, bookings: Iterable[Assignment], week: date
) -> tuple[Cause, ...]:
    """Return what asks for somebody's days in a week, the most first."""
    calendar = named_calendar(portfolio, person.calendar)
    found = (
        Cause(each, demand_days(each, person, calendar, week, week + _LAST_DAY))
        for each in bookings
    )
    asking = [cause for cause in found if cause.days > 0]
    return tuple(sorted(asking, key=lambda cause: (-cause.days, cause.booking.id)))


def concurrent_projects(portfolio: View, on: date) -> Mapping[str, tuple[str, ...]]:
    """Return the projects that each booked person works on at once, by the person's id.

    Hard bookings that run on the day count; those on activities count for their project, and
    business as usual is none.

    Source: domain A7, fragmentation.
    """
    found: dict[str, dict[str, None]] = {}
    for booking in portfolio.whole.all(Assignment):
        runs = booking.from_ <= on <= booking.to
        if booking.person is not None and booking.type == "hard" and runs:
            owner = project_id(portfolio, booking)
            if owner:
                found.setdefault(booking.person.id, {})[owner] = None
    return {person: tuple(projects) for person, projects in found.items()}


def fragmentation(projects: Sequence[int]) -> Measure[Decimal]:
    """Return the mean number of concurrent projects of a person; nobody booked: no_data.

    Each beyond two costs attention: the reader is shown who.

    Source: domain A7.

    >>> fragmentation([1, 2, 3]).value
    Decimal('2')
    """
    return ratio(Decimal(sum(projects)), len(projects), "nobody is booked", "no_data")


def project_id(portfolio: View, booking: Assignment | Timesheet) -> str:
    """Return the project that a booking serves, empty for business as usual and the like."""
    entity = portfolio.find(booking.work)
    if entity is None or entity.KIND not in {"project", "activity"}:
        return ""
    return entity.owner_id or entity.id


def person_calendar(portfolio: View, person: Person) -> Calendar:
    """Return the calendar that somebody works by, else the organisation's."""
    return named_calendar(portfolio, person.calendar)
