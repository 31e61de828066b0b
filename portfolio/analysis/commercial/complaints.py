"""How long complaints wait for an answer and for an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.customers import Complaint

if TYPE_CHECKING:
    from portfolio.calendar import Calendar


_MINUTES = 60


@dataclass(frozen=True, slots=True)
class ComplaintTimes:
    """How fast complaints are heard and settled.

    The median of working hours to the acknowledgement and of working days to the resolution, each
    over those that have one; ``waiting`` are not acknowledged, ``open`` not resolved.
    """

    hours_to_acknowledge: Measure[Decimal]
    days_to_resolve: Measure[Decimal]
    count: int
    waiting: int
    open: int


def complaint_times(complaints: Iterable[Complaint], calendar: Calendar) -> ComplaintTimes:
    """Return the median times of complaints in working time on a calendar.

    From and to are days, so that a complaint heard on its own day took 0 hours. None heard, or
    none settled: no_data. Those that wait are not in the medians and stand beside them.

    Source: domain A9, complaint time.
    """
    listed = [each for each in complaints if each.raised_on is not None]
    hours = [
        Decimal(calendar.working_minutes_between(calendar.start_of(begin), calendar.start_of(end)))
        / _MINUTES
        for begin, end in ((each.raised_on, each.acknowledged_on) for each in listed)
        if begin is not None and end is not None
    ]
    days = [
        Decimal(calendar.working_days_between(begin, end))
        for begin, end in ((each.raised_on, each.resolved_on) for each in listed)
        if begin is not None and end is not None
    ]
    waiting = sum(e.acknowledged_on is None and e.resolved_on is None for e in listed)
    is_open = sum(e.resolved_on is None for e in listed)
    return ComplaintTimes(
        Measure(median(hours)) if hours else unknown("no_data", "none is acknowledged"),
        Measure(median(days)) if days else unknown("no_data", "none is resolved"),
        len(listed),
        waiting,
        is_open,
    )
