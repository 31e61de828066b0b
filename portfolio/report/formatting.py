"""Values in words: the one place that rounds, groups and names units, for every format alike."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from portfolio.report.report import (
    Cell,
    Days,
    Index,
    Inline,
    Link,
    Missing,
    Share,
    Source,
    Status,
    Strong,
)
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.report.report import Colour

DASH = "–"
SHAPES: Mapping[Colour, str] = {
    "green": "●",
    "amber": "▲",
    "red": "■",
    "grey": "○",
    "blue": "✓",
}
WORDS: Mapping[Colour, str] = {
    "green": "green",
    "amber": "amber",
    "red": "red",
    "grey": "grey",
    "blue": "complete",
}


def in_words(value: Cell) -> str:  # noqa: PLR0911 - one return a type
    """Return a cell as plain text; nothing is a dash, never a zero."""
    match value:
        case None:
            return DASH
        case tuple():
            return "".join(in_words(part) for part in value)
        case Money():
            return f"{grouped(value.amount, 0)} {value.currency}".rstrip()
        case date():
            return f"{value.day} {value:%b} {value.year}"
        case Share():
            return percent(value)
        case Index():
            return value.reason if value.value is None else grouped(Decimal(str(value.value)), 2)
        case Days():
            return days(value)
        case Missing():
            return value.reason
        case Status():
            return f"{SHAPES[value.colour]} {value.words or WORDS[value.colour]}"
        case Strong() | Link():
            return value.words
        case Source():
            return f"{value.location.path}:{value.location.line}"
        case int() | Decimal():
            return grouped(Decimal(value), 0)
    return str(value)


def grouped(number: Decimal, places: int) -> str:
    """Round half to even and put a comma between thousands."""
    exact = Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{exact:,.{places}f}"


def percent(share: Share) -> str:
    """Return a ratio as a percentage with one decimal, whole ones without."""
    if share.value is None:
        return share.reason
    hundred = Decimal(str(share.value)) * 100
    text = grouped(hundred, 1)
    return f"{text.removesuffix('.0')} %"


def days(length: Days) -> str:
    """Return a number of days with its unit; the plus tells that later is positive."""
    if length.value is None:
        return length.reason
    number = grouped(Decimal(length.value), 0)
    sign = "+" if length.signed and length.value > 0 else ""
    unit = length.unit.removesuffix("s") if abs(length.value) == 1 else length.unit
    return f"{sign}{number} {unit}"


def sort_key(value: Cell) -> str:
    """Return what a table sorts a cell by: numbers and dates as such, text as it reads."""
    match value:
        case tuple() if value:
            return sort_key(value[0])
        case Money():
            return f"{value.amount}"
        case date():
            return value.isoformat()
        case Share() | Index() | Days():
            return "" if value.value is None else str(value.value)
        case int() | Decimal():
            return str(value)
        case Status():
            return str(["red", "amber", "grey", "green", "blue"].index(value.colour))
    return in_words(value)


def is_unknown(value: Cell) -> bool:
    """Tell whether a cell has no value to show."""
    if isinstance(value, Share | Index | Days):
        return value.value is None
    return value is None or isinstance(value, Missing)


def parts_of(value: Cell) -> tuple[Inline, ...]:
    """Return a cell as the sequence of its values."""
    if value is None:
        return (Missing(DASH),)
    return value if isinstance(value, tuple) else (value,)
