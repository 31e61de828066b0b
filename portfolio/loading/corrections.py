"""What a text that its type cannot read must have meant, where it can have meant one thing only."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from portfolio.record import Many, Scalar
from portfolio.spelling import only_near

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portfolio.record import Field, Shape

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_NAMED_MONTH = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d. %B %Y")
_TRUE = frozenset({"yes", "on", "y", "true"})
_FALSE = frozenset({"no", "off", "n", "false"})
_SEPARATED = re.compile(r"[+-]?\d{1,3}(?:([ _,\u00a0\u202f])\d{3})(?:\1\d{3})*(\.\d+)?\Z")
_WORDED = re.compile(r"(\d+)\s*(minutes?|hours?|months?|years?)\Z", re.IGNORECASE)
_UNITS = {"minute": "min", "hour": "h", "month": "mo", "year": "y"}


def repaired_text(stated: Field, text: str) -> str:
    """Return the text that a field's type reads as what was meant; nothing where that is a guess.

    `31/12/2026` is a date with one meaning, `1/2/2026` is not.
    """
    shape = _scalar(stated.shape)
    if shape is None:
        return ""
    if shape.choices:
        return only_near(text, shape.choices)
    repair = _REPAIRS.get(shape.name)
    return repair(text.strip()) if repair is not None else ""


def _scalar(shape: Shape) -> Scalar | None:
    if isinstance(shape, Many):
        return _scalar(shape.item)
    return shape if isinstance(shape, Scalar) else None


def _date(text: str) -> str:
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.match(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        readings = {_day(year, second, first), _day(year, first, second)} - {""}
        return readings.pop() if len(readings) == 1 else ""
    for form in _NAMED_MONTH:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day only
        except ValueError:
            continue
    return ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _boolean(text: str) -> str:
    lowered = text.lower()
    return "true" if lowered in _TRUE else "false" if lowered in _FALSE else ""


def _number(text: str) -> str:
    """Drop separators of thousands; a comma counts as one only where a point or a second follows.

    `12,500` is twelve and a half in half of Europe.
    """
    match = _SEPARATED.match(text)
    if match is None or (match[1] == "," and text.count(",") == 1 and match[2] is None):
        return ""
    return text.replace(match[1], "")


def _money(text: str) -> str:
    amount, _, currency = text.rpartition(" ")
    if re.fullmatch(r"[A-Z]{3}", currency):
        repaired = _number(amount)
        return f"{repaired} {currency}" if repaired else ""
    return _number(text)


def _duration(text: str) -> str:
    match = _WORDED.match(text)
    return f"{match[1]}{_UNITS[match[2].lower().rstrip('s')]}" if match else ""


_REPAIRS: Mapping[str, Callable[[str], str]] = {
    "date": _date,
    "true or false": _boolean,
    "number": _number,
    "whole number": _number,
    "money": _money,
    "duration": _duration,
}
