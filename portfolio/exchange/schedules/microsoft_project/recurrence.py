"""The days of an exception that comes back: every so many days, weeks, months, or once a year."""

from __future__ import annotations

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from portfolio.calendar import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

DAILY, YEARLY, YEARLY_PLACE, MONTHLY, MONTHLY_PLACE, WEEKLY, EVERY_DAYS, WEEKDAYS = range(1, 9)
_MONDAY, _SATURDAY, _WEEK = 0, 5, 7
_LAST = 4
_FIRST_NAMED_DAY = 3
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When an exception happens; ``type`` and the other codes are Microsoft Project's.

    ``month`` counts from 0. ``position`` 0 to 3 are the first to the fourth, 4 the last; ``item``
    0 is any day, 1 a weekday, 2 a day of the weekend, 3 to 9 Sunday to Saturday. ``weekdays`` has a
    bit for each day, Sunday the lowest. ``count`` ends it where it is not 0.
    """

    type: int
    first: date
    last: date
    every: int = 1
    count: int = 0
    weekdays: int = 0
    month: int = 0
    day: int = 1
    position: int = 0
    item: int = 0

    def days(self, until: date) -> tuple[date, ...]:
        """Return its days up to one."""
        last = min(self.last, until)
        found = takewhile(lambda day: day <= last, self._all())
        return tuple(islice(found, self.count or _MOST))

    def _all(self) -> Iterator[date]:
        every = max(1, self.every)
        if self.type in {YEARLY, YEARLY_PLACE}:
            return self._in_months(12, self.month)
        if self.type in {MONTHLY, MONTHLY_PLACE}:
            return self._in_months(every, None)
        if self.type == WEEKLY:
            return self._in_weeks(every)
        if self.type == WEEKDAYS:
            return (day for day in _stepping(self.first, 1) if day.weekday() < _SATURDAY)
        return _stepping(self.first, every)

    def _in_weeks(self, every: int) -> Iterator[date]:
        sunday = self.first - timedelta(days=_number(self.first))
        for start in _stepping(sunday, every * _WEEK):
            for number in range(_WEEK):
                if self.weekdays >> number & 1 and start + timedelta(days=number) >= self.first:
                    yield start + timedelta(days=number)

    def _in_months(self, every: int, month: int | None) -> Iterator[date]:
        start = self.first.replace(day=1)
        if month is not None:
            start = start.replace(month=month % 12 + 1)
        for number in range(0, _MOST, every):
            first = add_months(start, number)
            day = self._placed(first)
            if day is not None and day >= self.first:
                yield day
            if first.year > min(self.last.year, date.max.year - 2):
                return

    def _placed(self, first: date) -> date | None:
        """Return the day in the month of a first day, None where that month lacks it."""
        length = gregorian.monthrange(first.year, first.month)[1]
        if self.type in {YEARLY, MONTHLY}:
            return first.replace(day=self.day) if 0 < self.day <= length else None
        fitting = [
            day
            for day in (first + timedelta(days=n) for n in range(length))
            if _fits(day, self.item)
        ]
        if self.position >= _LAST:
            return fitting[-1]
        return fitting[self.position] if self.position < len(fitting) else None


def _fits(day: date, item: int) -> bool:
    if item == 1:
        return day.weekday() < _SATURDAY
    if item == 2:  # noqa: PLR2004 - a code of the format
        return day.weekday() >= _SATURDAY
    return item == 0 or _number(day) == item - _FIRST_NAMED_DAY


def _number(day: date) -> int:
    """Return the number of a weekday, Sunday 0."""
    return (day.weekday() + 1) % _WEEK


def _stepping(day: date, step: int) -> Iterator[date]:
    for number in range(_MOST):
        try:
            yield day + timedelta(days=number * step)
        except OverflowError:
            return
