"""Working time in minutes: shifts of a week, holidays, days with hours of their own.

An *instant* is a whole number: the minutes since 1970-01-01 00:00 of local civil time. There are
no time zones here: a portfolio's calendar says when people are at work, not where.

A *position* is a point on a calendar's axis of working time, on which nights, weekends and
holidays have no length. One position can be two instants: Friday 17:30, when work ends, and
Monday 09:00, when it goes on. The first is the position as a finish, the second as a start.
"""

from __future__ import annotations

import calendar as gregorian
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from portfolio.axis import Axis, Shift, Shifts, lay_out

DAY = 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EPOCH = date(1970, 1, 1)
_EPOCH_TIME = datetime(1970, 1, 1)  # noqa: DTZ001 - civil time has no zone
# What is written lies between 1900 and 2200; a chain of the longest lags leads further. It ends
# here, so that whoever adds a margin to a date stays inside the years 1 to 9999.
_SOONEST = date(1000, 1, 1).toordinal() - _EPOCH.toordinal()
_LATEST = date(9000, 12, 31).toordinal() - _EPOCH.toordinal()
_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\Z")

Week = tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]

_OFFICE_DAY: Shifts = ((540, 750), (810, 1050))
STANDARD_WEEK: Week = (*(_OFFICE_DAY,) * 5, (), ())
_WHOLE_DAY: Shifts = ((0, DAY),)


def instant(moment_: datetime) -> int:
    """Return the minutes from 1970-01-01 00:00 to a local time, seconds dropped.

    >>> instant(datetime(1970, 1, 2, 9, 30))
    2010
    """
    return (moment_.replace(tzinfo=None) - _EPOCH_TIME) // timedelta(minutes=1)


def moment(instant_: int) -> datetime:
    """Return the local time of an instant.

    >>> moment(2010)
    datetime.datetime(1970, 1, 2, 9, 30)
    """
    return _EPOCH_TIME + timedelta(minutes=min(max(instant_, _SOONEST * DAY), _LATEST * DAY))


def start_date(instant_: int) -> date:
    """Return the day on which something starts that starts at the instant."""
    return _day(instant_ // DAY)


def finish_date(instant_: int) -> date:
    """Return the day on which something ends that ends at the instant; 24:00 is the day before."""
    return _day((instant_ - 1) // DAY)


def add_months(day: date, months: int) -> date:
    """Add calendar months, clipped to the last day of the month reached.

    >>> add_months(date(2026, 5, 31), -3)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year < year < date.max.year:
        return _day(_LATEST if months > 0 else _SOONEST)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def days_after(day: date, days: int) -> date:
    """Return the day so many days later, or earlier; the last that a plan can reach beyond it."""
    return _day(day.toordinal() - _EPOCH.toordinal() + days)


def hours_from_text(hours: Iterable[str]) -> Shifts:
    """Read the shifts of one day, ``["09:00-12:30", "13:30-17:30"]``.

    Raises ValueError that names the bad value and what was expected.
    """
    shifts: list[Shift] = []
    for text in hours:
        match = _SHIFT.match(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a shift; write it like 09:00-12:30")
        begin, end = (_minute(match[n], match[n + 1], text) for n in (1, 3))
        if begin >= end:
            advice = "; write a night shift as two, one to 24:00 and one from 00:00 of the next day"
            raise ValueError(f"{text!r} does not end after it begins{advice}")
        if shifts and begin < shifts[-1][1]:
            raise ValueError(f"{text!r} begins before the shift above it has ended")
        shifts.append((begin, end))
    return tuple(shifts)


def week_from_text(week: Mapping[str, Iterable[str]]) -> Week:
    """Read a week's shifts, ``{"mon-fri": ["09:00-12:30", "13:30-17:30"], "sat": []}``.

    A day that is not mentioned is free. Raises ValueError that names the bad value and what was
    expected.

    >>> week_from_text({"tue-wed": ["09:00-12:00"]})[:3]
    ((), ((540, 720),), ((540, 720),))
    """
    days: dict[int, Shifts] = {}
    for name, hours in week.items():
        shifts = hours_from_text(hours)
        for weekday in _weekdays(name):
            if weekday in days:
                raise ValueError(f"{name!r} states {WEEKDAYS[weekday]} a second time")
            days[weekday] = shifts
    if not any(days.values()):
        raise ValueError("the week has no working time; give at least one day a shift")
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        days.get(weekday, ()) for weekday in range(7)
    )
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


@dataclass(frozen=True)
class Calendar:
    """When work is done: a week's shifts, less holidays, with exceptions of their own hours.

    ``minutes_per_day`` is what ``1d`` means; left out, it is the commonest length of a day of the
    week. An exception wins over a holiday of the same day. Raises ValueError for a week without
    any working time, on which nothing would ever finish.
    """

    name: str
    week: Week = STANDARD_WEEK
    holidays: Collection[date] = frozenset()
    exceptions: Mapping[date, Shifts] = field(default_factory=dict)
    minutes_per_day: int = 0

    def __post_init__(self) -> None:
        if not any(self.week):
            raise ValueError(f"calendar {self.name!r} has no working time in its week")
        if not self.minutes_per_day:
            lengths = Counter(_length(shifts) for shifts in self.week if shifts)
            commonest = max(lengths, key=lambda length: (lengths[length], length))
            object.__setattr__(self, "minutes_per_day", commonest)

    @cached_property
    def axis(self) -> Axis:
        """Working minutes laid end to end, built on first use."""
        return lay_out(self.week, self._special, DAY)

    @cached_property
    def days(self) -> Axis:
        """Working days laid end to end; an instant of this axis is a day number."""
        special = {day: _as_day(shifts) for day, shifts in self._special.items()}
        return lay_out([_as_day(shifts) for shifts in self.week], special, 1)

    @cached_property
    def _special(self) -> Mapping[int, Shifts]:
        free: dict[int, Shifts] = {_number(day): () for day in self.holidays}
        return free | {_number(day): shifts for day, shifts in self.exceptions.items()}

    def shifts(self, day: date) -> Shifts:
        """Return the shifts of one day as minutes from midnight."""
        return self._special.get(_number(day), self.week[day.weekday()])

    def is_working(self, day: date) -> bool:
        """Tell whether anybody works on a day."""
        return bool(self.shifts(day))

    def start_of(self, day: date) -> int:
        """Return the instant at which a day's work starts; midnight on a day without work."""
        shifts = self.shifts(day) or _WHOLE_DAY
        return _number(day) * DAY + shifts[0][0]

    def finish_of(self, day: date) -> int:
        """Return the instant at which a day's work ends; 24:00 on a day without work."""
        shifts = self.shifts(day) or _WHOLE_DAY
        return _number(day) * DAY + shifts[-1][1]

    def add_working_minutes(self, at: int, minutes: int) -> int:
        """Return the instant some working minutes later as a finish, or earlier as a start."""
        if minutes == 0:
            return at
        reached = self.axis.position(at) + minutes
        return self.axis.finish_at(reached) if minutes > 0 else self.axis.start_at(reached)

    def working_minutes_between(self, begin: int, end: int) -> int:
        """Return the working minutes from one instant to another, negative when it is earlier."""
        return self.axis.position(end) - self.axis.position(begin)

    def next_start(self, at: int) -> int:
        """Return the first instant at or after one at which work can start."""
        return self.axis.start_at(self.axis.position(at))

    def previous_finish(self, at: int) -> int:
        """Return the last instant at or before one at which work can end."""
        return self.axis.finish_at(self.axis.position(at))

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day ``count`` after a day, or before it; 0 is the day itself."""
        number = _number(day)
        if count > 0:
            return _day(self.days.finish_at(self.days.position(number + 1) + count) - 1)
        return _day(self.days.start_at(self.days.position(number) + count)) if count else day

    def working_days_between(self, begin: date, end: date) -> int:
        """Return the working days from one day to another, without the later; signed.

        >>> Calendar("uk", holidays={date(2026, 5, 4)}).working_days_between(
        ...     date(2026, 4, 20), date(2026, 5, 11))
        14
        """
        return self.days.position(_number(end)) - self.days.position(_number(begin))

    def previous_working_day(self, day: date) -> date:
        """Return the day itself if it is a working day, else the last one before it."""
        return _day(self.days.finish_at(self.days.position(_number(day) + 1)) - 1)

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is a working day, else the first one after it."""
        return _day(self.days.start_at(self.days.position(_number(day))))


def _length(shifts: Shifts) -> int:
    return sum(end - begin for begin, end in shifts)


def _as_day(shifts: Shifts) -> Shifts:
    return ((0, 1),) if shifts else ()


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH.toordinal()


def _day(number: int) -> date:
    """Return the day with a number; beyond what a plan can reach the last one that it can."""
    return date.fromordinal(min(max(number, _SOONEST), _LATEST) + _EPOCH.toordinal())


def _minute(hours: str, minutes: str, text: str) -> int:
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) >= 60 or minute > DAY:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"{text!r} names the time {hours}:{minutes}; a day has 00:00 to 24:00")
    return minute


def _weekdays(name: str) -> Sequence[int]:
    """Return the weekday numbers that ``mon``, ``mon-fri`` or ``fri-mon`` stands for, Monday 0."""
    begin, _, end = name.strip().lower().partition("-")
    if begin not in WEEKDAYS or (end or begin) not in WEEKDAYS:
        raise ValueError(f"{name!r} is not a weekday; write mon, tue … sun or a span like mon-fri")
    first = WEEKDAYS.index(begin)
    length = (WEEKDAYS.index(end or begin) - first) % 7
    return [(first + offset) % 7 for offset in range(length + 1)]
