"""Calendars as they are worked on: with what the base says, and which of them are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.axis import Shifts
from portfolio.calendar import Calendar, Week, finish_date, instant, start_date
from portfolio.exchange.schedules.schedule import Calendar as Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

_OFFICE: Shifts = ((480, 720), (780, 1020))
USUAL_WEEK: Week = (*(_OFFICE,) * 5, (), ())
"""What a schedule without any calendar is worked on: eight hours from 08:00, Monday to Friday."""


def resolve(calendars: Iterable[Stated]) -> dict[str, Calendar]:
    """Return the calendars by their keys, with everything from their bases.

    One that nobody ever works on is given the usual week: nothing on it would ever finish.
    """
    stated = {calendar.key: calendar for calendar in calendars}
    return {key: _resolved(calendar, stated) for key, calendar in stated.items()}


def _resolved(calendar: Stated, stated: Mapping[str, Stated]) -> Calendar:
    line = [calendar]
    while (base := stated.get(line[-1].base)) is not None and base not in line:
        line.append(base)
    week = list(USUAL_WEEK)
    exceptions: dict[date, Shifts] = {}
    for each in reversed(line):
        week = [
            own if own is not None else below for own, below in zip(each.week, week, strict=True)
        ]
        exceptions |= each.exceptions
    if not any(week):
        week = list(USUAL_WEEK)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week
    # A day that has the hours of its week anyhow is no exception.
    special = {day: hours for day, hours in exceptions.items() if hours != week[day.weekday()]}
    return Calendar(
        calendar.name,
        (monday, tuesday, wednesday, thursday, friday, saturday, sunday),
        frozenset(day for day, hours in special.items() if not hours),
        {day: hours for day, hours in sorted(special.items()) if hours},
    )


def same_hours(one: Calendar, other: Calendar) -> bool:
    """Tell whether two calendars are worked on at the same times."""
    return (
        one.week == other.week
        and set(one.holidays) == set(other.holidays)
        and one.exceptions == other.exceptions
    )


def started_on(at: datetime, calendar: Calendar) -> tuple[date, bool]:
    """Return the day at whose start something starts, and whether that is when it starts."""
    return _day(at, calendar, calendar.start_of, start_date(calendar.next_start(instant(at))))


def finished_on(at: datetime, calendar: Calendar) -> tuple[date, bool]:
    """Return the day at whose end something ends, and whether that is when it ends."""
    return _day(
        at, calendar, calendar.finish_of, finish_date(calendar.previous_finish(instant(at)))
    )


def _day(
    at: datetime, calendar: Calendar, edge: Callable[[date], int], working: date
) -> tuple[date, bool]:
    reached = calendar.axis.position(instant(at))
    for day in (at.date(), working):
        if calendar.axis.position(edge(day)) == reached:
            return day, True
    return at.date(), False
