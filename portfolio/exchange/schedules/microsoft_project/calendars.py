"""The calendars of a Microsoft Project file: weeks, work weeks, exceptions that come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.microsoft_project.recurrence import DAILY, Recurrence
from portfolio.exchange.schedules.microsoft_project.values import Fields
from portfolio.exchange.schedules.schedule import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.axis import Shifts
    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.microsoft_project.markup import Element

CUT = "calendar exceptions: only up to three years after the finish"
_DAY = 1440
_DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The time for which exceptions are written out day by day."""

    begin: date
    end: date


def read_calendars(project: Element, span: Span, account: Account) -> tuple[Calendar, ...]:
    """Return the calendars of a file, each as it is stated."""
    elements = list(project.all("Calendars", "Calendar"))
    bases = {element.get("UID") for element in elements}
    return tuple(_calendar(element, bases, span, account) for element in elements)


def _calendar(element: Element, bases: set[str], span: Span, account: Account) -> Calendar:
    name = " ".join(element.get("Name").split()) or f"calendar {element.get('UID')}"
    base = element.get("BaseCalendarUID")
    exceptions: dict[date, Shifts] = {}
    names: dict[date, str] = {}
    for day, shifts, what in _special(element, span, account, name):
        exceptions[day] = shifts
        if what:
            names[day] = what
    week: list[Shifts | None] = [None] * _DAYS_OF_WEEK
    for weekday, shifts in _weekdays(element, account, name):
        week[weekday] = shifts
    own = element.get("IsBaseCalendar") == "1" or base not in bases
    return Calendar(
        element.get("UID"), name, tuple(week), exceptions, "" if own else base, names=names
    )


def _weekdays(element: Element, account: Account, name: str) -> Iterator[tuple[int, Shifts]]:
    """Yield the weekdays that are stated, Monday 0, with their shifts."""
    for each in element.all("WeekDays", "WeekDay"):
        number = Fields(each, account, name).whole("DayType")
        if 1 <= number <= _DAYS_OF_WEEK:
            yield (number + 5) % _DAYS_OF_WEEK, shifts_of(each, account, name)


def _special(
    element: Element, span: Span, account: Account, name: str
) -> Iterator[tuple[date, Shifts, str]]:
    """Yield the days with hours of their own; a later one of the same day counts."""
    for week in element.all("WorkWeeks", "WorkWeek"):
        stated = dict(_weekdays(week, account, name))
        for day in _period(week, span, account, name):
            if day.weekday() in stated:
                yield day, stated[day.weekday()], ""
    found = list(element.all("Exceptions", "Exception"))
    if not found:  # as it was written before recurring exceptions were known
        days = element.all("WeekDays", "WeekDay")
        found = [each for each in days if each.get("DayType") == "0"]
    for each in found:
        shifts = shifts_of(each, account, name)
        what = " ".join(each.get("Name").split())
        for day in _period(each, span, account, name):
            yield day, shifts, what


def shifts_of(element: Element, account: Account, name: str) -> Shifts:
    """Return the hours of a day, none where nobody works; those that overlap are joined."""
    if element.get("DayWorking") == "0":
        return ()
    stated: list[tuple[int, int]] = []
    for each in element.all("WorkingTimes", "WorkingTime"):
        begin, end = (_minute(each.get(key)) for key in ("FromTime", "ToTime"))
        if begin is None or end is None:
            account.note("hours that cannot be read: left out", name)
        elif begin < (end or _DAY):
            stated.append((begin, end or _DAY))
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(stated):
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _minute(text: str) -> int | None:
    """Return the minute of the day of `08:30:00`, or of a date and time."""
    hours, _, rest = text.rpartition("T")[2].partition(":")
    minutes = rest.partition(":")[0]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    minute = int(hours) * 60 + int(minutes)
    return minute if minute <= _DAY else None


def _period(element: Element, span: Span, account: Account, name: str) -> Iterator[date]:
    """Yield the days that an exception or a work week holds for, within the span."""
    period = next(element.all("TimePeriod"), None)
    if period is None:
        return
    stated = Fields(period, account, name)
    first, last = stated.moment("FromDate"), stated.moment("ToDate")
    if first is None or last is None or last < first:
        account.note("calendar exceptions without a period: left out", name)
        return
    if last.date() > span.end:
        account.note(CUT, f"{name}: {element.get('Name') or 'exception'} to {last.date()}")
    values = Fields(element, account, name)
    recurrence = Recurrence(
        values.whole("Type", DAILY),
        first.date(),
        last.date(),
        values.whole("Period", 1),
        values.whole("Occurrences") if values.flag("EnteredByOccurrences") else 0,
        values.whole("DaysOfWeek"),
        values.whole("Month"),
        values.whole("MonthDay", 1),
        values.whole("MonthPosition"),
        values.whole("MonthItem"),
    )
    yield from (day for day in recurrence.days(span.end) if day >= span.begin)


def span_around(start: date, finish: date) -> Span:
    """Return the time for which the exceptions of a project are written out."""
    year = timedelta(days=366)
    last = date.max - 4 * year
    return Span(max(start, date.min + year) - year, min(finish, last) + 3 * year)
