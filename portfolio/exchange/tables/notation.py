"""Dates and numbers as other tools write them, read without guessing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from portfolio.values import read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.exchange.tables.mapping import NumberStyle

FACTORS = {
    "one": Decimal(1),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "percent": Decimal("0.01"),
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Spreadsheets count days from the turn of 1900: a date before it is a bare time that lost its day.
_FIRST_YEAR = 1900
_PIVOT = 70
_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "Month": r"(?P<name>[A-Za-z]{3,})",
    "Mon": r"(?P<name>[A-Za-z]{3})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
}
_TOKEN = re.compile("|".join(_TOKENS))
_PERCENT = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%b": "Mon", "%B": "Month"}
_TIME = re.compile(
    r"[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2})(\.\d+)?)?"
    r"( ?(?P<half>[AaPp])\.?[Mm]\.?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?\Z"
)
_NOON = 12


def date_pattern(written: str) -> re.Pattern[str]:
    """Compile a format such as `DD/MM/YYYY`, `D Mon YY` or `%d.%m.%y`.

    Raises ValueError for one that does not name a day, a month and a year once each.
    """
    spelt = re.sub("%[YymdbB]", lambda found: _PERCENT[found[0]], written)
    parts, end = [], 0
    for token in _TOKEN.finditer(spelt):
        parts += [re.escape(spelt[end : token.start()]), _TOKENS[token[0]]]
        end = token.end()
    try:
        pattern = re.compile("".join(parts) + re.escape(spelt[end:]) + r"\Z")
    except re.error:
        pattern = re.compile("")
    named = set(pattern.groupindex)
    if len(named) != len(("day", "month", "year")) or "day" not in named:
        message = (
            f"{written!r} is no form of a date; write it like DD/MM/YYYY, D Mon YY or %d.%m.%y"
        )
        raise ValueError(message)
    return pattern


_compiled = cache(date_pattern)


def read_day(text: str, formats: Sequence[str]) -> str:
    """Read a date in ISO form or in one of the stated forms; a time behind it is left out.

    Raises ValueError where none fits, where two give different days, and before 1900.
    """
    day, _ = _split_time(text)
    found = {
        value: written
        for written in ("YYYY-MM-DD", *formats)
        if (value := _day_in(day, written)) is not None
    }
    if not found:
        forms = " or ".join(dict.fromkeys((*formats, "YYYY-MM-DD")))
        message = f"a date written {forms}"
        raise ValueError(message)
    if len(found) > 1:
        readings = " or ".join(f"{value} by {written}" for value, written in found.items())
        message = f"one date; it is {readings}"
        raise ValueError(message)
    value = next(iter(found))
    if value.year < _FIRST_YEAR:
        message = f"a date from {_FIRST_YEAR} on; this is a time of day without a date"
        raise ValueError(message)
    return value.isoformat()


def read_moment(text: str, formats: Sequence[str]) -> str:
    """Read a date with its time of day, where it has one."""
    found = _split_time(text)[1]
    day = read_day(text, formats)
    if found is None:
        return day
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    seconds = f":{found['second']}" if found["second"] not in {None, "00"} else ""
    return f"{day} {hour:02d}:{found['minute']}{seconds}"


def _split_time(text: str) -> tuple[str, re.Match[str] | None]:
    found = _TIME.search(text)
    return (text[: found.start()] if found else text), found


def _day_in(text: str, written: str) -> date | None:
    match = _compiled(written).match(text)
    if not match:
        return None
    parts = match.groupdict()
    if "short" in parts:
        short = int(parts["short"])
        year = short + (1900 if short >= _PIVOT else 2000)
    else:
        year = int(parts["year"])
    name = parts.get("name", "").lower()
    if name and name[:3] not in MONTHS:
        return None
    month = MONTHS.index(name[:3]) + 1 if name else int(parts["month"])
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None


def read_amount(text: str, style: NumberStyle) -> Decimal:
    """Read a number in the stated style, scaled; raise ValueError with what was expected."""
    bare = text
    for mark in style.strip:
        bare = bare.replace(mark, "")
    bare = bare.strip().removesuffix("%").strip()
    scale = style.scale or "one"
    endings = sorted((style.suffixes or {}).items(), key=lambda ending: -len(ending[0]))
    for ending, meant in endings:
        if bare.lower().endswith(ending.lower()):
            bare, scale = bare[: -len(ending)].strip(), meant
            break
    if not _digits(style.decimal, style.thousands or "").match(bare):
        message = f"a number like 1{style.thousands or ''}234{style.decimal}50"
        raise ValueError(message)
    plain = bare.replace(style.thousands, "") if style.thousands else bare
    return scaled(Decimal(plain.replace(style.decimal, ".").replace("\u2212", "-")), scale, style)


def scaled(number: Decimal, scale: str, style: NumberStyle) -> Decimal:
    """Multiply by the scale and round where the style says so."""
    value = number * FACTORS[scale]
    if style.decimals is not None:
        value = round(value, style.decimals)
    return value


@cache
def _digits(decimal: str, thousands: str) -> re.Pattern[str]:
    point = re.escape(decimal)
    groups = rf"\d{{1,3}}({re.escape(thousands)}\d{{3}})+|" if thousands else ""
    return re.compile(rf"[-+\u2212]?((({groups}\d+)({point}\d*)?)|{point}\d+)\Z")


def shown(number: Decimal) -> str:
    """Write a number as a person does: no exponent, no needless zeros."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def days_between(first: str, last: str) -> int:
    """Count the days from one ISO date to another, both included.

    >>> days_between("2026-03-30", "2026-04-01")
    3
    """
    return (read_date(last) - read_date(first)).days + 1
