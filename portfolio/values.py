"""The small values that fields hold: money, durations, periods; and reading them from text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from portfolio.bounds import SHORT, bounded, require_length, require_our_time

DURATION_UNITS = ("min", "h", "d", "w", "ed", "eh", "cd", "mo", "y")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")
_DURATION = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(min|ed|eh|cd|mo|[hdwy])\Z")
_MONEY = re.compile(r"([+-]?[\d.]+)\s*([A-Z]{3})?\Z")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])\Z")
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_DECEMBER = 12


# The same dates, amounts and durations stand in a portfolio many times over.
_remembered = lru_cache(maxsize=1 << 16)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency; ``currency`` is empty until the loader has found it upwards."""

    amount: Decimal
    currency: str = ""

    def __str__(self) -> str:
        """Return ``12500.50 EUR``."""
        return f"{self.amount} {self.currency}".rstrip()

    def in_words(self) -> str:
        """Return ``12,500 EUR``: without fractions, with a comma between thousands."""
        return f"{self.amount:,.0f} {self.currency}".rstrip()


class DayOfYear(str):
    """A day of every year as written, ``04-01``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time with its unit.

    ``min h d w`` are working time on a calendar, ``eh ed`` elapsed time, ``cd mo y`` calendar
    days, months and years.
    """

    amount: Decimal
    unit: str

    @property
    def is_working(self) -> bool:
        """Tell whether the duration counts working time only."""
        return self.unit in {"min", "h", "d", "w"}

    def working_minutes(self, minutes_per_day: int, days_per_week: int = 5) -> int:
        """Return the working minutes of a ``min h d w`` duration on a calendar.

        Raises ValueError for elapsed and calendar units, which have no working length.
        """
        factor = {
            "min": 1,
            "h": 60,
            "d": minutes_per_day,
            "w": minutes_per_day * days_per_week,
        }.get(self.unit)
        if factor is None:
            message = f"{self} is not working time"
            raise ValueError(message)
        return round(self.amount * factor)

    def __str__(self) -> str:
        """Return the duration as it is written in files: ``2.5d``."""
        return f"{self.amount.normalize():f}{self.unit}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, week or year, with its first and last day."""

    start: date
    end: date
    text: str

    def __str__(self) -> str:
        """Return the period as written: ``2026-03``, ``2026-Q1``, ``2026-W14`` or ``2026``."""
        return self.text


@_remembered
def read_number(text: str) -> Decimal:
    """Read a decimal number as written; raise ValueError with what was expected."""
    if _NUMBER.match(text):
        try:
            return bounded(Decimal(text), text)
        except InvalidOperation:
            pass
    message = f"{text!r} is not a number"
    if "," in text or "_" in text:
        message += "; write it without thousands separators"
    raise ValueError(message)


def read_integer(text: str) -> int:
    """Read a whole number; raise ValueError with what was expected."""
    if re.match(r"[+-]?\d+\Z", text):
        return int(text) if len(text) <= SHORT else int(bounded(Decimal(text), text))
    message = f"{text!r} is not a whole number"
    raise ValueError(message)


def read_boolean(text: str) -> bool:
    """Read ``true`` or ``false``; the other YAML spellings raise ValueError with a hint."""
    if text in {"true", "false"}:
        return text == "true"
    lowered = text.lower()
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
    advice = meant.get(lowered, lowered if lowered in {"true", "false"} else "true or false")
    message = f"{text!r} is not true or false; write {advice}"
    raise ValueError(message)


@_remembered
def read_date(text: str) -> date:
    """Read an ISO date ``2026-03-31``; raise ValueError with what was expected."""
    if re.match(r"\d{4}-\d{2}-\d{2}\Z", text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            message = f"{text!r} is not a day of the calendar"
            raise ValueError(message) from None
        require_our_time(day.year, text)
        return day
    message = f"{text!r} is not a date; write it as YYYY-MM-DD"
    raise ValueError(message)


def read_datetime(text: str) -> datetime:
    """Read ``2026-03-31``, ``2026-03-31 14:05`` or with seconds; raise ValueError otherwise."""
    if re.match(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?\Z", text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            require_our_time(moment.year, text)
            return moment
    message = f"{text!r} is not a point in time; write it as YYYY-MM-DD HH:MM"
    raise ValueError(message)


def read_day_of_year(text: str) -> DayOfYear:
    """Read ``04-01``, a day that every year has; raise ValueError with what was expected."""
    try:
        date.fromisoformat(f"2001-{text}")
    except ValueError:
        message = f"{text!r} is not a day of every year; write it as MM-DD"
        raise ValueError(message) from None
    return DayOfYear(text)


@_remembered
def read_duration(text: str) -> Duration:
    """Read ``30min``, ``4h``, ``2.5d``, ``3w``, ``5ed``, ``90cd``, ``3mo``, ``1y``."""
    match = _DURATION.match(text)
    if match:
        amount = bounded(Decimal(match[1]), text)
        require_length(amount, match[2], text)
        return Duration(amount, match[2])
    message = f"{text!r} is not a duration"
    if _NUMBER.match(text):
        message += f"; write the unit, for example {text}d"
    elif re.match(r"[\d.]+\s*m\Z", text):
        message += f"; m could be minutes or months: write {text}in or {text}o"
    else:
        message += "; write it like 30min, 4h, 10d, 3w, 5ed, 90cd, 3mo or 1y"
    raise ValueError(message)


@_remembered
def read_money(text: str) -> Money:
    """Read ``12500.50`` or ``12500.50 EUR``; raise ValueError with what was expected."""
    match = _MONEY.match(text)
    if match:
        return Money(read_number(match[1]), match[2] or "")
    message = f"{text!r} is not an amount of money; write it like 12500.50 or 12500.50 EUR"
    if re.search(r"\d[, _]\d", text):
        message += ", without thousands separators"
    raise ValueError(message)


@_remembered
def read_period(text: str) -> Period:
    """Read ``2026-03``, ``2026-Q1``, ``2026-W14`` or ``2026`` into its first and last day."""
    if match := _MONTH.match(text):
        return _months(text, int(match[1]), int(match[2]), 1)
    if match := _QUARTER.match(text):
        return _months(text, int(match[1]), int(match[2]) * 3 - 2, 3)
    if match := _WEEK.match(text):
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            message = f"{text!r} is not a week of its year"
            raise ValueError(message) from None
        return Period(monday, monday + timedelta(days=6), text)
    if match := _YEAR.match(text):
        return _months(text, int(match[1]), 1, 12)
    message = f"{text!r} is not a period; write it like 2026-03, 2026-Q1, 2026-W14 or 2026"
    raise ValueError(message)


def read_stated_period(text: str) -> Period:
    """Read a period that somebody wrote; raise ValueError for one that is not of our time."""
    found = read_period(text)
    require_our_time(found.start.year, text)
    return found


def _months(text: str, year: int, month: int, count: int) -> Period:
    following = year * _DECEMBER + month - 1 + count
    if not 0 < year < date.max.year:
        message = f"{text!r} is outside the calendar"
        raise ValueError(message)
    after = date(following // _DECEMBER, following % _DECEMBER + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1), text)


READERS: Mapping[type, tuple[str, Callable[[str], Any]]] = {
    str: ("text", str),
    int: ("whole number", read_integer),
    Decimal: ("number", read_number),
    bool: ("true or false", read_boolean),
    date: ("date", read_date),
    datetime: ("date and time", read_datetime),
    DayOfYear: ("day of the year", read_day_of_year),
    Money: ("money", read_money),
    Duration: ("duration", read_duration),
    Period: ("period", read_stated_period),
}
"""What each type of value is called, and how it is read from a text."""


def slug(text: str, length: int | None = None) -> str:
    """Make a slug of a text, cut at a word where it is longer.

    >>> slug("Amber/ Red"), slug("Queen’s Café & Bar", 12)
    ('amber-red', 'queens-cafe')
    """
    bare = re.sub("['’]", "", text.replace("&", " and "))
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
    if length is not None and len(made) > length:
        made = made[: length + 1].rpartition("-")[0] or made[:length]
    return made
