"""What lands on operations: which releases hit whom, when, and whether that is too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.operations.adoption import WEIGHTS, change_load, saturation
from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, per, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.index import per_portfolio
from portfolio.model.operations.adoption import StakeholderGroup
from portfolio.model.operations.services import ChangeEvent, FreezeWindow
from portfolio.model.resources import BusinessUnit
from portfolio.network.calendars import named_calendar
from portfolio.view.lifecycle import is_live

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.calendar import Calendar
    from portfolio.model.operations.services import AffectedGroup
    from portfolio.view.view import View

COLLISION_DAYS = 10
"""Releases this many working days apart, or fewer, get into each other's way."""


def touched(event: ChangeEvent) -> frozenset[str]:
    """Return the ids of the groups, units and services that a release names, and its processes."""
    named = [ref for each in event.groups for ref in (each.group, each.business_unit)]
    found = {ref.id for ref in (*event.services, *named) if ref is not None}
    return frozenset(found | {f"process {name}" for name in event.processes})


def units_hit(affected: AffectedGroup, portfolio: View) -> frozenset[str]:
    """Return the ids of the business units that an affected group is or belongs to."""
    group = portfolio.find(affected.group, StakeholderGroup)
    units = (affected.business_unit, group.business_unit if group is not None else None)
    return frozenset(unit.id for unit in units if unit is not None)


@dataclass(frozen=True, slots=True)
class Collision:
    """Two releases too close to each other on what they share, the later one last."""

    first: ChangeEvent
    second: ChangeEvent
    working_days: int
    shared: tuple[str, ...]


def collisions(
    events: Iterable[ChangeEvent], calendar: Calendar, window: int = COLLISION_DAYS
) -> tuple[Collision, ...]:
    """Return the pairs of releases that share a group, unit, service or process and lie close.

    Close: at most ``window`` working days of the calendar apart, the limit included. Emergencies
    cannot choose their day and are left out. No shared target, or one release alone: nothing.

    Source: domain A11; worked example WE-43.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.record import Ref
    >>> crm = [ChangeEvent(id=f"r{day}", go_live=date(2026, 3, day), services=(Ref("crm"),))
    ...        for day in (2, 16, 31)]
    >>> [(each.second.id, each.working_days) for each in collisions(crm, Calendar("five"))]
    [('r16', 10)]
    """
    planned = sorted(
        (each for each in events if each.type != "emergency"), key=lambda e: (e.go_live, e.id)
    )
    targets = {each.id: touched(each) for each in planned}
    found = []
    for place, second in enumerate(planned):
        for first in reversed(planned[:place]):
            apart = calendar.working_days_between(first.go_live, second.go_live)
            if apart > window:
                break
            shared = targets[first.id] & targets[second.id]
            if shared:
                found.append(Collision(first, second, apart, tuple(sorted(shared))))
    return tuple(found)


@per_portfolio
def collisions_of(portfolio: View) -> tuple[Collision, ...]:
    """Return the collisions of the releases to come, on the organisation's calendar."""
    events = (each for each in portfolio.all(ChangeEvent) if is_live(portfolio, each))
    return collisions(events, named_calendar(portfolio))


@dataclass(frozen=True, slots=True)
class FreezeBreach:
    """A release that goes live, or may be taken back, while nothing may change."""

    event: ChangeEvent
    window: FreezeWindow
    day: date
    key: Literal["go_live", "rollback_by"]


def freeze_breaches(event: ChangeEvent, portfolio: View) -> tuple[FreezeBreach, ...]:
    """Return the freezes that a release lands in, without an approved exception.

    A freeze holds where it covers everything, or one of the services, units, or units of the
    groups of the release. `rollback_by` inside counts as `go_live` does; both days of the window
    belong to it. A window without a scope covers nothing.

    Source: domain A11; worked example WE-43.
    """
    units = {unit for each in event.groups for unit in units_hit(each, portfolio)}
    reached = touched(event) | units
    found = []
    for window in portfolio.all(FreezeWindow):
        if not covers(window, reached) or _is_excepted(event, window):
            continue
        days: tuple[tuple[Literal["go_live", "rollback_by"], date | None], ...] = (
            ("go_live", event.go_live),
            ("rollback_by", event.rollback_by),
        )
        inside = ((key, day) for key, day in days if day and window.from_ <= day <= window.to)
        found += [FreezeBreach(event, window, day, key) for key, day in inside][:1]
    return tuple(found)


def covers(window: FreezeWindow, ids: Iterable[str]) -> bool:
    """Tell whether a freeze covers one of some services and business units."""
    scope = window.scope
    if scope is None:
        return False
    named = {ref.id for ref in (*scope.services, *scope.business_units)}
    return scope.all or not named.isdisjoint(ids)


def _is_excepted(event: ChangeEvent, window: FreezeWindow) -> bool:
    return any(
        each.change.id == event.id and each.approved_by is not None for each in window.exceptions
    )


@dataclass(frozen=True, slots=True)
class Landing:
    """What lands on one business unit in one month: each release once, at its hardest.

    ``points`` are weights, ``saturation`` their share of what the unit can absorb; ``hours`` is
    the share of each person's working hours that the releases ask for, where they say so.
    """

    unit: BusinessUnit
    month: date
    events: tuple[tuple[ChangeEvent, str], ...]
    points: int
    saturation: Measure[Decimal]
    hours: Measure[Decimal]


def landings(portfolio: View, unit: BusinessUnit) -> tuple[Landing, ...]:
    """Return what the releases to come put on a unit, month by month; empty months are left out.

    Source: domain A11; worked example WE-42.
    """
    months = grouped(
        (event.go_live.replace(day=1), (event, hits))
        for event in portfolio.all(ChangeEvent)
        if (hits := [each for each in event.groups if unit.id in units_hit(each, portfolio)])
        and is_live(portfolio, event)
    )
    calendar = named_calendar(portfolio)
    return tuple(
        found
        for month, landing in sorted(months.items(), key=lambda item: item[0])
        if (found := _landing(unit, month, landing, calendar)) is not None
    )


def _landing(
    unit: BusinessUnit,
    month: date,
    landing: list[tuple[ChangeEvent, list[AffectedGroup]]],
    calendar: Calendar,
) -> Landing | None:
    events = []
    efforts: list[Decimal | None] = []
    for event, hits in landing:
        magnitudes = [each.magnitude for each in hits if each.magnitude is not None]
        if magnitudes:
            events.append((event, max(magnitudes, key=WEIGHTS.__getitem__)))
            known = [e.effort_hours_per_head for e in hits if e.effort_hours_per_head is not None]
            efforts.append(max(known, default=None))
    if not events:
        return None
    points = change_load(magnitude for _, magnitude in events)
    share = saturation(points, unit.absorption_capacity)
    hours = load_by_hours(efforts, _hours_of_month(month, calendar))
    return Landing(unit, month, tuple(events), points, share, hours)


def _hours_of_month(month: date, calendar: Calendar) -> Decimal:
    last = add_months(month, 1) - timedelta(days=1)
    minutes = calendar.working_minutes_between(
        calendar.start_of(month), max(calendar.finish_of(last), calendar.start_of(month))
    )
    return Decimal(minutes) / 60


def load_by_hours(efforts: Iterable[Decimal | None], available: Decimal) -> Measure[Decimal]:
    """Return the share of a person's hours in a period that changes ask for, 0..1 and above.

    load = sum of effort hours per head / available hours per head. One effort that nobody has
    stated makes the sum unknown: no_data. No hours available: zero_denominator.

    Source: domain A11.

    >>> load_by_hours([Decimal(16), Decimal(4)], Decimal(160)).value
    Decimal('0.125')
    >>> load_by_hours([Decimal(16), None], Decimal(160)).code
    'no_data'
    """
    stated = list(efforts)
    known = [each for each in stated if each is not None]
    if len(known) < len(stated) or not stated:
        return unknown("no_data", "not every release states its effort per head")
    return per(sum(known, Decimal(0)), available, "nobody works in this period")
