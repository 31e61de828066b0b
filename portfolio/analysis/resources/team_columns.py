"""The computed columns of teams: what their members can do, are asked for, and really did."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.person_columns import coming_months
from portfolio.analysis.resources.utilisation import pooled_time_use, time_use
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import to_places
from portfolio.model.resources import Person, Team

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.analysis.resources.workload import MonthLoad
    from portfolio.view.view import View

_DAYS = Decimal("0.01")
_NONE = Decimal(0)


@column(Team)
def capacity(team: Team, portfolio: View) -> Decimal:
    """Return the days of all members that planned work can use in the next three months."""
    return _of_team(team, portfolio, lambda load: load.capacity).quantize(_DAYS)


@column(Team)
def demand(team: Team, portfolio: View) -> Decimal:
    """Return the days that hard bookings of members ask for in the next three months."""
    return _of_team(team, portfolio, lambda load: load.demand).quantize(_DAYS)


@column(Team)
def utilisation(team: Team, portfolio: View) -> Measure[Decimal]:
    """Return the demand of all members over their capacity, 0...: pooled, never a mean."""
    there = _of_team(team, portfolio, lambda load: load.capacity)
    if not there:
        return unknown("zero_denominator", "there is no capacity")
    asked = _of_team(team, portfolio, lambda load: load.demand)
    return to_places(Measure(asked / there))


@column(Team)
def over_allocation(team: Team, portfolio: View) -> Decimal:
    """Return the days beyond the capacity of single members, in the next three months."""
    return _of_team(team, portfolio, lambda load: load.over_allocation).quantize(_DAYS)


@column(Team)
def bau_share_actual(team: Team, portfolio: View) -> Measure[Decimal]:
    """Return what business as usual really took of the members' approved hours, 0..1."""
    uses = (time_use(portfolio, member).value for member in _members(team, portfolio))
    found = pooled_time_use(used for used in uses if used is not None)
    return to_places(found.then(lambda used: used.bau_share))


def _members(team: Team, portfolio: View) -> tuple[Person, ...]:
    found = (portfolio.find(member, Person) for member in team.members)
    return tuple(each for each in found if each is not None)


def _of_team(team: Team, portfolio: View, read: Callable[[MonthLoad], Decimal]) -> Decimal:
    return sum(
        (
            read(load)
            for each in _members(team, portfolio)
            for load in coming_months(each, portfolio)
        ),
        _NONE,
    )
