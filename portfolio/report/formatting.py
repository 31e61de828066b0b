"""Values in words: the one place that rounds, groups and names units, for every format alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from portfolio.report.blocks import (
    Cell,
    Days,
    Index,
    Inline,
    Link,
    Missing,
    Share,
    Source,
    Sparkline,
    Status,
    Strong,
    Traced,
)
from portfolio.report.charts.sparkline import in_blocks
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.report.blocks import Colour

DASH = "–"
_ALL = 100
_ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
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


def in_words(value: Cell) -> str:
    """Return a cell as plain text; nothing is a dash, never a zero."""
    if value is None:
        return DASH
    if isinstance(value, tuple):
        return "".join(in_words(part) for part in value)
    write = _WRITERS.get(type(value))
    return write(value) if write is not None else str(value)


def _source(value: Source) -> str:
    return f"{value.location.path}:{value.location.line}"


def _status(value: Status) -> str:
    return f"{SHAPES[value.colour]} {value.words or WORDS[value.colour]}"


def _day(value: date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def _index(value: Index) -> str:
    return value.reason if value.value is None else grouped(Decimal(str(value.value)), 2)


def _whole(value: int | Decimal) -> str:
    return grouped(Decimal(value), 0)


def _words(value: Strong | Link) -> str:
    return value.words


def grouped(number: Decimal, places: int) -> str:
    """Round half to even and put a comma between thousands."""
    exact = Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{exact:,.{places}f}"


def listed(names: Sequence[str], at_most: int = 3) -> str:
    """Return the first names, and how many more there are."""
    rest = f" and {grouped(Decimal(len(names) - at_most), 0)} more" if len(names) > at_most else ""
    return ", ".join(names[:at_most]) + rest


def excerpt(text: str, length: int) -> str:
    """Return the first words of a text, with an ellipsis where more follow."""
    if len(text) <= length:
        return text
    return f"{text[:length].rpartition(' ')[0].rstrip(' ,;:.…') or text[: length - 1]}…"


def in_short(money: Money) -> str:
    """Return a large amount with three digits and its size in words: `12.3 bn GBP`."""
    for size, word in ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m")):
        if abs(money.amount) >= size:
            share = money.amount / size
            places = max(0, 2 - share.adjusted())
            return f"{grouped(share, places)} {word} {money.currency}"
    return in_words(money)


def percent(share: Share) -> str:
    """Return a ratio as a percentage with one decimal, whole ones without.

    What is not all does not read as 100 %, what is not nothing does not read as 0 %.
    """
    if share.value is None:
        return share.reason
    hundred = Decimal(str(share.value)) * 100
    text = grouped(hundred, 1).removesuffix(".0")
    if text == "100" and hundred < _ALL:
        text = "over 99.9"
    elif text == "0" and hundred > 0:
        text = "under 0.1"
    return f"{text} %"


def past_due(day: date | None, as_of: date, words: str) -> date | Status | None:
    """Return a day; red, and with words behind it, once it has passed."""
    return Status("red", f"{_day(day)}, {words}") if day is not None and day < as_of else day


def sentence(text: str) -> str:
    """Return a reason as a page writes it: a capital first, dates as in every other cell."""
    written = _ISO_DATE.sub(lambda found: _readable(found[0]), text)
    return written[:1].upper() + written[1:]


def _readable(day: str) -> str:
    try:
        return _day(date.fromisoformat(day))
    except ValueError:
        return day


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
        case Traced():
            return sort_key(value.figure)
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
    if isinstance(value, Traced):
        return is_unknown(value.figure)
    if isinstance(value, Share | Index | Days):
        return value.value is None
    return value is None or isinstance(value, Missing)


def is_figure(value: Inline, *, counted: bool = False) -> bool:
    """Tell whether a value is a known number or date: something to follow to its source.

    So is a colour that is worded by a number, and in a column of numbers a text that holds one:
    ``counted``.
    """
    if isinstance(value, Status):
        return any(character.isdigit() for character in value.words)
    if isinstance(value, str):
        return counted and any(character.isdigit() for character in value)
    figures = int | Decimal | Money | Share | Index | Days | date
    return isinstance(value, figures) and not is_unknown(value)


def parts_of(value: Cell) -> tuple[Inline, ...]:
    """Return a cell as the sequence of its values."""
    if value is None:
        return (Missing(DASH),)
    return value if isinstance(value, tuple) else (value,)


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Money: Money.in_words,
    date: _day,
    Share: percent,
    Index: _index,
    Days: days,
    Missing: lambda value: value.reason,
    Status: _status,
    Strong: _words,
    Link: _words,
    Source: _source,
    Sparkline: in_blocks,
    Traced: lambda value: in_words(value.figure),
    int: _whole,
    Decimal: _whole,
}
