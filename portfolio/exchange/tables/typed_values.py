"""What a source wrote to the text that a field of a type reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.tables.columns import folded
from portfolio.exchange.tables.mapping_file import number_style
from portfolio.exchange.tables.notation import read_amount, read_day, read_moment, scaled, shown
from portfolio.exchange.tables.rows import plain
from portfolio.exchange.tables.workbook_reader import Raw
from portfolio.loading.scalars import read_text
from portfolio.record import Field, Reference, Scalar
from portfolio.values import read_duration, read_period, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from portfolio.exchange.tables.mapping import Cell, ImportMapping

_MONTH_LENGTH = len("2026-01")
_NAMES = {"name", "title", "text", "event"}


@dataclass(frozen=True, slots=True)
class Notation:
    """How one cell is written: its own words, those of the mapping, the portfolio's currency.

    ``stated_currency`` is what the row itself says, or empty.
    """

    mapping: ImportMapping
    cell: Cell
    currency: str
    stated_currency: str = ""

    @property
    def dates(self) -> Sequence[str]:
        """Return the forms of dates, the cell's own before the general ones."""
        return self.cell.dates or self.mapping.dates

    def day(self, raw: Raw) -> str:
        """Read a date; raise ValueError with what was expected."""
        return read_day(plain(raw), self.dates)

    def read(self, raw: Raw, shape: Scalar | Reference, stated: Field) -> str:
        """Read a cell for a field; raise ValueError with what was expected."""
        cell = self.cell
        text = mapped(cell.map, plain(raw)) if cell.map else self._typed(raw, shape, stated)
        if isinstance(shape, Reference) and not cell.as_written:
            return text  # a key of the source; a prefix is for what is made of it
        text = (cell.prefix or "") + (slug(text) if cell.slug else text)
        if isinstance(shape, Scalar):
            read_text(shape, stated, text)
        return text

    def _typed(self, raw: Raw, shape: Scalar | Reference, stated: Field) -> str:
        text = plain(raw)
        if isinstance(shape, Reference):
            return text
        if shape.choices:
            return choice(text, shape.choices)
        readers: Mapping[str, Callable[[Raw], str]] = {
            "date": self.day,
            "date and time": self._moment,
            "duration": self._duration,
            "period": self._period,
            "number": self._number,
            "whole number": self._number,
            "money": self._money,
            "true or false": lambda raw: plain(raw).lower(),
        }
        if shape.name in readers:
            return readers[shape.name](raw)
        if stated.name in _NAMES or not isinstance(raw, str):
            return text
        return lines(raw)

    def _moment(self, raw: Raw) -> str:
        return read_moment(plain(raw), self.dates)

    def _number(self, raw: Raw) -> str:
        return shown(self._decimal(raw, money=False))

    def _money(self, raw: Raw) -> str:
        style = number_style(self.mapping, self.cell, money=True)
        currency = self.stated_currency or style.currency or self.currency
        amount = shown(self._decimal(raw, money=True))
        return amount if currency == self.currency else f"{amount} {currency}"

    def _decimal(self, raw: Raw, *, money: bool) -> Decimal:
        style = number_style(self.mapping, self.cell, money=money)
        if isinstance(raw, Decimal):
            return scaled(raw, style.scale or "one", style)
        return read_amount(plain(raw), style)

    def _duration(self, raw: Raw) -> str:
        if isinstance(raw, str):
            try:
                return str(read_duration(plain(raw)))
            except ValueError:
                pass
        if self.cell.unit is None:
            message = "a duration with its unit; `unit:` says that of bare numbers"
            raise ValueError(message)
        return f"{self._number(raw)}{self.cell.unit}"

    def _period(self, raw: Raw) -> str:
        if not isinstance(raw, date):
            try:
                return str(read_period(plain(raw)))
            except ValueError:
                pass
        return self.day(raw)[:_MONTH_LENGTH]


def mapped(words: Mapping[str, str], written: str) -> str:
    """Translate a text by the mapping's words; raise ValueError for one that it does not list."""
    ours = {_solid(theirs): word for theirs, word in words.items()}
    found = ours.get(_solid(written))
    if found is None:
        message = f"one of {', '.join(words)}"
        raise ValueError(message)
    return found


def _solid(text: str) -> str:
    """Leave case and white space out: `Amber/ red` is the same word as `Amber/Red`."""
    return "".join(folded(text).split())


def choice(text: str, choices: Sequence[str]) -> str:
    """Read a word of a choice whatever its case, with spaces or hyphens for underscores.

    >>> choice("On hold", ("on_hold", "closed"))
    'on_hold'
    """
    plainly = re.sub(r"[\s_-]+", "_", text.casefold())
    found = next((c for c in choices if plainly == re.sub(r"[\s_-]+", "_", c.casefold())), None)
    if found is None:
        message = f"one of {', '.join(choices)}; `map:` translates other words"
        raise ValueError(message)
    return found


def lines(text: str) -> str:
    """Keep the lines of a long text, without the white space around them and without empty ones."""
    folded_lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in folded_lines if line)
