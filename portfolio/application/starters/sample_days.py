"""Which days a skeleton shows: nothing overdue, nothing that has happened tomorrow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.record import Field, Record

_WEEKDAYS = 5


def day_text(name: str, stated: Field, record: type[Record], day: date) -> str:
    """Return a day, a moment or a period that what is planned, or what was, can have."""
    when = _when(stated, record, day)
    if name == "date":
        return when.isoformat()
    if name == "date and time":
        return f"{when} 09:00"
    if stated.time != "planned":
        when = _end_of_last_period(stated.example, when)
    return _period(stated.example, when)


def _when(stated: Field, record: type[Record], day: date) -> date:
    """Return the day itself for what has happened, a working day ahead for what is planned."""
    if stated.time != "planned":
        return day
    beside = (record.FIELDS[key] for key in stated.not_before if key in record.FIELDS)
    before = [_when(each, record, day) for each in beside]
    when = max(before, default=day) + timedelta(days=stated.ahead)
    return when + timedelta(days=max(0, 7 - when.weekday()) if when.weekday() >= _WEEKDAYS else 0)


def _period(example: str, day: date) -> str:
    """Return the period that holds a day, of the length that an example has.

    >>> _period("2026-Q3", date(2026, 3, 31)), _period("", date(2026, 3, 31))
    ('2026-Q1', '2026-03')
    """
    if "-Q" in example:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if "-W" in example:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}"


def _end_of_last_period(example: str, day: date) -> date:
    """Return the last day of the last period that is over on a day."""
    while _period(example, day) == _period(example, day + timedelta(days=1)):
        day -= timedelta(days=1)
    return day
