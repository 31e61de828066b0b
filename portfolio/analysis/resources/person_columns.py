"""The computed columns of people: capacity and demand by month, overloads, time really used."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.day_rate import NOT_HERE
from portfolio.analysis.resources.overallocation import overloads
from portfolio.analysis.resources.skills import assessed_long_ago
from portfolio.analysis.resources.utilisation import time_use
from portfolio.analysis.resources.workload import concurrent_projects, month_load, months_ahead
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import to_places
from portfolio.model.resources import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portfolio.analysis.resources.utilisation import TimeUse
    from portfolio.analysis.resources.workload import MonthLoad
    from portfolio.view.view import View

_DAYS, _RATIO = Decimal("0.01"), Decimal("0.0001")
_MONTHS = 3


@column(Person, order=20)
def peak_utilisation(person: Person, portfolio: View) -> Measure[Decimal]:
    """Return the hard demand of the fullest week in three months over its capacity, 0..."""
    weeks = [
        week.utilisation.value
        for load in coming_months(person, portfolio)
        for week in load.weeks
        if week.utilisation.value is not None
    ]
    if not weeks:
        return unknown("zero_denominator", "there is no capacity")
    return to_places(Measure(max(weeks)))


@column(Person, order=30)
def full_weeks(person: Person, portfolio: View) -> int:
    """Return in how many of the next 26 weeks the person is booked beyond capacity."""
    return sum(len(each.weeks) for each in overloads(portfolio) if each.person is person)


@column(Person, order=40)
def projects_at_once(person: Person, portfolio: View) -> int:
    """Return the projects that the person is firmly booked on today; beyond two is a warning."""
    return len(concurrent_projects(portfolio, portfolio.as_of).get(person.id, ()))


@column(Person, order=50)
def capacity(person: Person, portfolio: View) -> Mapping[str, Decimal]:
    """Return the days that planned work can use, for each of the next three months."""
    return _by_month(person, portfolio, lambda load: load.capacity)


@column(Person, order=60)
def demand(person: Person, portfolio: View) -> Mapping[str, Decimal]:
    """Return the days that hard bookings ask for, for each of the next three months."""
    return _by_month(person, portfolio, lambda load: load.demand)


@column(Person, order=70)
def soft_demand(person: Person, portfolio: View) -> Mapping[str, Decimal]:
    """Return the days of soft bookings times their probability, for the next three months."""
    return _by_month(person, portfolio, lambda load: load.soft)


@column(Person, order=80)
def utilisation(person: Person, portfolio: View) -> Mapping[str, Decimal | str | None]:
    """Return hard demand / capacity as planned, 0..., for each of the next three months."""
    found: dict[str, Decimal | str | None] = {}
    for load in coming_months(person, portfolio):
        known = load.utilisation
        found[load.month.text] = None if known.value is None else known.value.quantize(_RATIO)
        if known.value is None:
            found[f"{load.month.text}_reason"] = known.reason
    return found


@column(Person, order=90)
def over_allocation(person: Person, portfolio: View) -> Mapping[str, Decimal]:
    """Return the days beyond capacity, judged week by week, for the next three months."""
    return _by_month(person, portfolio, lambda load: load.over_allocation)


@column(Person, order=100)
def actual_utilisation(person: Person, portfolio: View) -> Measure[Decimal]:
    """Return approved hours / available hours over the periods with timesheets, 0..."""
    return _used(person, portfolio, lambda used: used.actual_utilisation)


@column(Person, order=110)
def billable_utilisation(person: Person, portfolio: View) -> Measure[Decimal]:
    """Return approved billable hours / available hours, 0..."""
    return _used(person, portfolio, lambda used: used.billable_utilisation)


@column(Person, order=120)
def old_assessments(person: Person, portfolio: View) -> Measure[int]:
    """Return how many skills were assessed more than twelve months ago, or nobody knows when."""
    if not person.skills:
        return unknown("no_data", NOT_HERE)
    return Measure(len(assessed_long_ago(person, portfolio.as_of)))


def coming_months(person: Person, portfolio: View) -> tuple[MonthLoad, ...]:
    """Return somebody's load in each of the next three months."""
    months = months_ahead(portfolio.as_of, _MONTHS)
    return tuple(month_load(portfolio, person, month) for month in months)


def _by_month(
    person: Person, portfolio: View, read: Callable[[MonthLoad], Decimal]
) -> Mapping[str, Decimal]:
    loads = coming_months(person, portfolio)
    return {load.month.text: read(load).quantize(_DAYS) for load in loads}


def _used(
    person: Person, portfolio: View, read: Callable[[TimeUse], Measure[Decimal]]
) -> Measure[Decimal]:
    return to_places(time_use(portfolio, person).then(read))
