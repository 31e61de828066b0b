"""Demand and supply by role and month: where there is more work than people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import (
    SOFT_PROBABILITY,
    capacity_days,
    net_days,
    working_days,
)
from portfolio.analysis.resources.capacity import demand_days as days_of_booking
from portfolio.analysis.resources.workload import (
    bau_share,
    months_ahead,
    person_calendar,
    project_id,
)
from portfolio.measure.measure import Measure, per
from portfolio.model.commercial.contracts import Opportunity
from portfolio.model.index import per_portfolio
from portfolio.model.resources import Assignment, FteInPeriod, Person, RoleDemand
from portfolio.network.calendars import named_calendar
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from portfolio.calendar import Calendar
    from portfolio.values import Period
    from portfolio.view.view import View

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class RoleMonth:
    """What a role is asked for and can give in one month, in full-time equivalents.

    ``demand`` is hard: named bookings, bookings of the role, and demand that nobody is booked for
    yet. ``soft`` are soft bookings and ``pipeline`` opportunities, each times its probability.
    """

    role: str
    month: Period
    supply: Decimal
    demand: Decimal
    soft: Decimal
    pipeline: Decimal

    @property
    def gap(self) -> Decimal:
        """Return demand - supply: positive is people too few."""
        return self.demand - self.supply

    @property
    def gap_with_soft(self) -> Decimal:
        """Return demand with soft bookings and the pipeline - supply."""
        return self.gap + self.soft + self.pipeline

    @property
    def utilisation(self) -> Measure[Decimal]:
        """Return demand / supply; without anybody in the role there is no ratio."""
        return per(self.demand, self.supply, "nobody in this role")


@per_portfolio
def role_outlook(portfolio: View) -> Mapping[str, tuple[RoleMonth, ...]]:
    """Return demand and supply of each role that anybody asks for, for six months.

    FTE = days / working days of the organisation's calendar. Supply is the capacity of the people
    in the role: net days x productive share, less business as usual where it is not booked. A
    demand that names who has been found counts beyond what they are booked for on that project.

    Source: domain A7, FTE gap by role.
    """
    months, roles = months_ahead(portfolio.as_of), sorted(_roles(portfolio))
    calendar = named_calendar(portfolio)
    found = {
        role: tuple(_month(portfolio, calendar, role, month) for month in months) for role in roles
    }
    return {
        role: row
        for role, row in found.items()
        if any(each.demand or each.soft or each.pipeline for each in row)
    }


def _roles(portfolio: View) -> set[str]:
    roles = {person.role for person in portfolio.all(Person) if person.role}
    roles |= {booking.role for booking in portfolio.whole.all(Assignment) if booking.role}
    roles |= {demand.role for demand in portfolio.all(RoleDemand)}
    asked = (need for each in _pipeline(portfolio) for need in each.resources)
    return roles | {need.role for need in asked}


def _month(portfolio: View, calendar: Calendar, role: str, month: Period) -> RoleMonth:
    full = working_days(calendar, month.start, month.end)
    people = [person for person in portfolio.all(Person) if person.role == role]
    hard = soft = _NONE
    for booking, days in _booked(portfolio, calendar, role, people, month):
        hard += days if booking.type == "hard" else _NONE
        soft += _NONE if booking.type == "hard" else SOFT_PROBABILITY * days
    supply = sum((_capacity(portfolio, person, month) for person in people), _NONE)
    return RoleMonth(
        role,
        month,
        _fte(supply, full),
        _fte(hard, full) + sum(_unbooked(portfolio, calendar, role, month), _NONE),
        _fte(soft, full),
        sum(_from_pipeline(portfolio, role, month), _NONE),
    )


def _fte(days: Decimal, full: int) -> Decimal:
    return days / full if full else _NONE


def _capacity(portfolio: View, person: Person, month: Period) -> Decimal:
    booked = any(
        each.work.written == "bau"
        and each.type == "hard"
        and each.from_ <= month.end
        and each.to >= month.start
        for each in portfolio.whole.related(person, Assignment, "person")
    )
    share = _NONE if booked else bau_share(portfolio, person)
    net = net_days(person, person_calendar(portfolio, person), month.start, month.end)
    return capacity_days(net, person.productive_share, share)


def _booked(
    portfolio: View, calendar: Calendar, role: str, people: Iterable[Person], month: Period
) -> Iterator[tuple[Assignment, Decimal]]:
    """Yield the bookings of a role's people and of the role itself, with their days in a month."""
    for person in people:
        for booking in portfolio.whole.related(person, Assignment, "person"):
            own = person_calendar(portfolio, person)
            yield booking, days_of_booking(booking, person, own, month.start, month.end)
    anybody = Person(id="anybody", name=role)
    for booking in portfolio.whole.all(Assignment):
        if booking.person is None and booking.role == role:
            yield booking, days_of_booking(booking, anybody, calendar, month.start, month.end)


def _unbooked(portfolio: View, calendar: Calendar, role: str, month: Period) -> Iterator[Decimal]:
    """Yield the FTE of each stated demand that is not covered by bookings of who was found."""
    for demand in portfolio.all(RoleDemand):
        if demand.role == role:
            needed = fte_in(demand.fte_by_period, month, calendar)
            yield max(_NONE, needed - _found(portfolio, calendar, demand, month))


def _found(portfolio: View, calendar: Calendar, demand: RoleDemand, month: Period) -> Decimal:
    """Return the FTE that those found for a demand are booked for on its project."""
    people = (portfolio.find(found, Person) for found in demand.filled_by)
    days = sum(
        (
            days_of_booking(
                booking, person, person_calendar(portfolio, person), month.start, month.end
            )
            for person in people
            if person is not None
            for booking in portfolio.whole.related(person, Assignment, "person")
            if booking.type == "hard" and project_id(portfolio, booking) == demand.project.id
        ),
        _NONE,
    )
    return _fte(days, working_days(calendar, month.start, month.end))


def fte_in(needs: Iterable[FteInPeriod], month: Period, calendar: Calendar) -> Decimal:
    """Return the mean FTE needed in a month, from needs by week, month, quarter or year.

    A need counts on the working days that its period shares with the month. Periods of several
    lengths add up.

    Source: domain A7.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.values import read_period
    >>> need = FteInPeriod(period=read_period("2026-Q2"), fte=Decimal("0.5"))
    >>> fte_in([need], read_period("2026-05"), Calendar("work"))
    Decimal('0.5')
    """
    full = working_days(calendar, month.start, month.end)
    days = sum(
        (
            each.fte
            * working_days(
                calendar, max(each.period.start, month.start), min(each.period.end, month.end)
            )
            for each in needs
        ),
        _NONE,
    )
    return _fte(days, full)


def _pipeline(portfolio: View) -> Iterator[Opportunity]:
    for each in portfolio.all(Opportunity):
        if is_open(each) and each.probability is not None:
            yield each


def _from_pipeline(portfolio: View, role: str, month: Period) -> Iterator[Decimal]:
    calendar = named_calendar(portfolio)
    for each in _pipeline(portfolio):
        for need in each.resources:
            if need.role == role:
                yield (each.probability or _NONE) * fte_in(need.fte_by_period, month, calendar)


def unfilled_critical(portfolio: View) -> tuple[RoleDemand, ...]:
    """Return the critical demands that nobody is found for and that still lie ahead, by start.

    One whose last period has ended is history.
    """
    waiting = [
        (min(needed).start, each)
        for each in portfolio.all(RoleDemand)
        if each.critical
        and not each.filled_by
        and (needed := [p.period for p in each.fte_by_period if p.fte > 0])
        and max(period.end for period in needed) >= portfolio.as_of
    ]
    return tuple(each for _, each in sorted(waiting, key=lambda pair: (pair[0], pair[1].id)))
