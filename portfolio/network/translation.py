"""One activity or milestone as the schedule engine wants it: days as instants, time as minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.calendar import DAY
from portfolio.model.delivery.projects import Milestone
from portfolio.network.activities import Activity as Node
from portfolio.network.calendars import Calendars, elapsed_minutes, working_minutes

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.delivery.projects import Activity
    from portfolio.values import Duration

_AT_START = {"SNET", "SNLT", "MSO"}
_WHOLE = Decimal(100)


@dataclass(frozen=True, eq=False)
class Site:
    """What the activities of one project share: their calendar, the as-of day, the first day.

    ``lengths`` remembers durations in minutes, and whether those are minutes of the clock: the
    same few occur a hundred thousand times.
    """

    calendars: Calendars
    number: int
    as_of: date
    starts: int | None
    lengths: dict[Duration, tuple[int, bool]] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The project's calendar, on which a day of a duration is measured."""
        return self.calendars.all[self.number]

    @cached_property
    def today(self) -> int:
        """The first instant of the as-of day at which something can be reached.

        Midnight would still be the day before.
        """
        begins = self.calendar.start_of(self.as_of)
        return begins if begins % DAY else self.calendar.finish_of(self.as_of)


def activity_node(activity: Activity, site: Site) -> Node:
    """Return an activity as the engine wants it."""
    number = (
        site.number
        if activity.calendar is None
        else site.calendars.number(activity.calendar, site.calendar.name)
    )
    minutes, elapsed = _length(activity.duration, site)
    begun = activity.actual_start is not None or bool(activity.pct_complete)
    if not begun and activity.actual_finish is None:
        constraint = activity.constraint
        if constraint is None and activity.deadline is None and not activity.loe:
            # By far the commonest; positional arguments and nothing else to look at.
            return Node(
                activity.id, minutes, number, activity.project.id, elapsed,
                start_no_earlier=site.starts,
            )  # fmt: skip
    calendar = site.calendars.all[number]
    return Node(
        activity.id,
        minutes,
        number,
        activity.project.id,
        elapsed,
        activity.loe,
        constraint=activity.constraint.type if activity.constraint else "ASAP",
        constraint_at=_imposed(activity, calendar),
        deadline=_end(activity.deadline, calendar),
        start_no_earlier=None if begun else site.starts,
        actual_start=calendar.start_of(activity.actual_start or site.as_of) if begun else None,
        actual_finish=_end(activity.actual_finish, calendar),
        remaining=_remaining(activity, minutes, number, site) if begun else None,
    )


def milestone_node(milestone: Milestone, site: Site, *, waits: bool) -> Node:
    """Return a milestone as the engine wants it; ``waits`` tells whether logic holds it.

    It stands no earlier than its forecast. Without a forecast and without logic it stands on its
    baseline.
    """
    calendar = site.calendar
    begins = milestone.at == "start"
    at = calendar.start_of if begins else calendar.finish_of
    stands = milestone.forecast or (None if waits else milestone.baseline)
    return Node(
        milestone.id,
        0,
        site.number,
        milestone.project.id,
        constraint=milestone.constraint.type if milestone.constraint else "ASAP",
        constraint_at=_imposed(milestone, calendar),
        deadline=_end(milestone.deadline, calendar),
        start_no_earlier=site.today if stands is None else at(stands),
        actual_finish=None if milestone.actual is None else at(milestone.actual),
    )


def _length(duration: Duration, site: Site) -> tuple[int, bool]:
    """Return the minutes of a duration, and whether they are minutes of the clock."""
    known = site.lengths.get(duration)
    if known is None:
        if duration.is_working:
            known = working_minutes(duration, site.calendar), False
        else:
            known = elapsed_minutes(duration, site.as_of), True
        site.lengths[duration] = known
    return known


def _imposed(item: Activity | Milestone, calendar: Calendar) -> int | None:
    if item.constraint is None or item.constraint.date_ is None:
        return None
    if isinstance(item, Milestone):
        at_start = item.at == "start"
    else:
        at_start = item.constraint.type in _AT_START
    return (calendar.start_of if at_start else calendar.finish_of)(item.constraint.date_)


def _end(day: date | None, calendar: Calendar) -> int | None:
    return None if day is None else calendar.finish_of(day)


def _remaining(activity: Activity, minutes: int, number: int, site: Site) -> int | None:
    """Return what is left at the start of the as-of day, given what is left at its end."""
    if activity.remaining is not None:
        left = _length(activity.remaining, site)[0]
    elif activity.pct_complete is not None:
        left = round(minutes * (1 - activity.pct_complete / _WHOLE))
    else:
        return None
    began = activity.actual_start or site.as_of
    return left + _that_day(activity, number, site) if left and began <= site.as_of else left


def _that_day(activity: Activity, number: int, site: Site) -> int:
    if not activity.duration.is_working:
        return DAY
    return sum(end - begin for begin, end in site.calendars.all[number].shifts(site.as_of))
