"""The clock of a service level: it counts agreed service time only, and stands still in pauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from portfolio.analysis.service.service_levels import attainment
from portfolio.calendar import DAY, Calendar, Week, instant
from portfolio.measure.statistics import grouped
from portfolio.model.index import per_portfolio
from portfolio.model.operations.services import Service
from portfolio.model.service import Incident, Sla
from portfolio.network.calendars import elapsed_minutes, working_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portfolio.axis import Shift
    from portfolio.measure.measure import Measure
    from portfolio.model.operations.services import ServiceTime
    from portfolio.values import Duration
    from portfolio.view.view import View

_TIME = re.compile(r"(\d{1,2}):(\d{2})\Z")
_ROUND_THE_CLOCK: Week = (((0, DAY),),) * 7
_DAY = timedelta(days=1)


def read_time(text: str) -> int | None:
    """Return the minutes from midnight of a time of day, up to 24:00; None for another text.

    >>> read_time("07:30"), read_time("24:00"), read_time("8 am"), read_time("24:01")
    (450, 1440, None, None)
    """
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    found = 60 * hours + minutes
    return found if minutes < 60 and found <= DAY else None  # noqa: PLR2004 - minutes of an hour


def service_calendar(agreed: ServiceTime | None) -> Calendar:
    """Return the calendar of an agreed service time; without one it is round the clock.

    A span that ends before it begins goes on into the next day. A time that cannot be read is
    a finding of its own, and counts round the clock here.
    """
    if agreed is None:
        return _calendar((), 0, DAY)
    begin, end = read_time(agreed.from_), read_time(agreed.to)
    days = tuple(sorted({day for day in agreed.days if 1 <= day <= 7}))  # noqa: PLR2004 - a week
    if begin is None or end is None or begin == end or not days:
        return _calendar((), 0, DAY)
    return _calendar(days, begin, end)


@lru_cache(maxsize=256)
def _calendar(days: tuple[int, ...], begin: int, end: int) -> Calendar:
    if not days:
        return Calendar("round the clock", _ROUND_THE_CLOCK)
    week: list[list[Shift]] = [[] for _ in range(7)]
    for day in days:
        if begin < end:
            week[day - 1].append((begin, end))
        else:
            week[day - 1].append((begin, DAY))
            if end:
                week[day % 7].insert(0, (0, end))
    return Calendar("agreed service time", tuple(map(tuple, week)))  # type: ignore[arg-type]


def clock_minutes(
    calendar: Calendar,
    begin: datetime,
    end: datetime,
    pauses: Iterable[tuple[datetime, datetime]] = (),
) -> int:
    """Return the minutes of agreed service time between two moments, less the pauses.

    Pauses are cut to the span and merged where they overlap; only what they take of agreed service
    time is taken off. An end before the begin: 0.

    Source: domain A12.

    >>> office = service_calendar(None)
    >>> monday = datetime(2026, 3, 2, 8)
    >>> clock_minutes(office, monday, monday.replace(hour=12),
    ...               [(monday.replace(hour=9), monday.replace(hour=10)),
    ...                (monday.replace(hour=9, minute=30), monday.replace(hour=11))])
    120
    """
    first, last = instant(begin), instant(end)
    if last <= first:
        return 0
    counted = calendar.working_minutes_between(first, last)
    reached = first
    for start, stop in sorted((instant(a), instant(b)) for a, b in pauses):
        lower, upper = max(start, reached), min(stop, last)
        if upper > lower:
            counted -= calendar.working_minutes_between(lower, upper)
            reached = upper
    return counted


@dataclass(frozen=True, slots=True)
class Handling:
    """What a service level's clock says of one incident; ``is_kept`` None: it still runs."""

    incident: Incident
    minutes: int
    limit: int
    is_kept: bool | None


def handling(level: Sla, incident: Incident, service: Service | None, as_of: date) -> Handling:
    """Return what the clock of a response or resolution level says of an incident on a day.

    It runs from `opened` to `responded` or `resolved`, else to the end of the as-of day. A limit in
    elapsed time, such as `4eh`, counts round the clock, every other one agreed service time. Up to
    the limit is kept; still running inside it is undecided, beyond it missed.

    Source: domain A12.
    """
    within = level.within
    if within is None:
        message = f"{level.id} states no time limit"
        raise ValueError(message)
    agreed = service.agreed_service_time if service is not None and within.is_working else None
    calendar = service_calendar(agreed)
    limit = _length(within, calendar, incident.opened.date())
    now = datetime.combine(as_of + _DAY, time.min)
    stated = incident.responded if level.measure == "response" else incident.resolved
    stopped = stated is not None and stated < now
    end = stated if stated is not None and stopped else now
    pauses = ((each.from_, each.to or end) for each in incident.pauses)
    minutes = clock_minutes(calendar, incident.opened, end, pauses)
    if incident.paused is not None:
        minutes = max(minutes - _length(incident.paused, calendar, incident.opened.date()), 0)
    kept = minutes <= limit
    return Handling(incident, minutes, limit, kept if stopped or not kept else None)


def _length(duration: Duration, calendar: Calendar, from_: date) -> int:
    if duration.is_working:
        return working_minutes(duration, calendar)
    return elapsed_minutes(duration, from_)


def handlings(portfolio: View, level: Sla) -> tuple[Handling, ...]:
    """Return what a level's clock says of each incident of its service, oldest first.

    A level that names a priority judges incidents of that priority only; one without a time limit
    judges none. Incidents opened after the as-of day are not there yet.
    """
    return _all_handlings(portfolio).get(level.id, ())


@per_portfolio
def _all_handlings(portfolio: View) -> Mapping[str, tuple[Handling, ...]]:
    opened = (i for i in portfolio.all(Incident) if i.opened.date() <= portfolio.as_of)
    by_service = grouped((each.service.id, each) for each in opened)
    found = {}
    for level in portfolio.all(Sla):
        if level.within is None or level.measure not in {"response", "resolution"}:
            continue
        service = portfolio.find(level.service, Service)
        judged = [
            handling(level, each, service, portfolio.as_of)
            for each in by_service.get(level.service.id, ())
            if level.priority is None or each.priority == level.priority
        ]
        found[level.id] = tuple(sorted(judged, key=lambda each: each.incident.opened))
    return found


def clocks_of(portfolio: View, incident: Incident) -> tuple[tuple[Sla, Handling], ...]:
    """Return the levels whose clock judges an incident, each with what it says."""
    return tuple(_clocks(portfolio).get(incident.id, ()))


@per_portfolio
def _clocks(portfolio: View) -> Mapping[str, list[tuple[Sla, Handling]]]:
    return grouped(
        (each.incident.id, (level, each))
        for level in portfolio.all(Sla)
        for each in handlings(portfolio, level)
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many incidents were kept, missed, and are still running inside their limit."""

    kept: int
    missed: int
    running: int

    @property
    def total(self) -> int:
        """Return how many are decided: those still running inside their limit are not."""
        return self.kept + self.missed

    @property
    def attainment(self) -> Measure[Decimal]:
        """Return kept / decided, 0..1; nothing decided: no_data."""
        return attainment(Decimal(self.kept), Decimal(self.total))


def tally(found: Iterable[Handling], begin: date, end: date) -> Tally:
    """Count the incidents opened from day to day, both included.

    One that still runs beyond its limit is missed already; leaving it out would flatter.
    """
    decided = [each.is_kept for each in found if begin <= each.incident.opened.date() <= end]
    return Tally(decided.count(True), decided.count(False), decided.count(None))
