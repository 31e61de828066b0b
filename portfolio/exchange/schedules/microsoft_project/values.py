"""How Microsoft Project writes values in XML: durations, lags, dates, yes and no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.schedule import Length

if TYPE_CHECKING:
    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.microsoft_project.markup import Element
    from portfolio.exchange.schedules.schedule import Unit

UNREADABLE = "values that cannot be read: left out"
_DURATION = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?\Z"
)
_MINUTES = (365 * 1440, 30 * 1440, 1440, 60, 1)
_ELAPSED = frozenset({4, 6, 8, 10, 12})
_PERCENT, _ELAPSED_PERCENT = 19, 20
_ESTIMATED = 32
"""What the code of an estimated duration is higher by: 7 is days, 39 is days with a `?`."""
_MOST = Decimal(10**15)
_NOT_STATED = {"", "NA", "1899-12-30T00:00:00"}


def unit_of(code: int) -> Unit:
    """Return the unit that a code of a duration's or a lag's format stands for.

    >>> unit_of(7), unit_of(8), unit_of(40), unit_of(19), unit_of(52)
    ('working', 'elapsed', 'elapsed', 'percent', 'elapsed_percent')
    """
    plain = code - _ESTIMATED if code > _ESTIMATED else code
    if plain == _PERCENT:
        return "percent"
    if plain == _ELAPSED_PERCENT:
        return "elapsed_percent"
    return "elapsed" if plain in _ELAPSED else "working"


def minutes_of(text: str) -> Decimal:
    """Return the minutes of a duration such as `PT16H30M0S`; raise ValueError where it is none.

    >>> minutes_of("PT16H30M0S")
    Decimal('990')
    """
    match = _DURATION.match(text)
    if not match or text.endswith(("P", "T")):
        message = f"{text!r} is not a duration"
        raise ValueError(message)
    parts = [int(part or 0) for part in match.groups()[1:6]]
    total = sum((n * each for n, each in zip(parts, _MINUTES, strict=True)), start=0)
    minutes = Decimal(total) + round(Decimal(match[7] or 0) / 60)
    return -minutes if match[1] else minutes


@dataclass(frozen=True, slots=True)
class Fields:
    """The simple values of one element; one that cannot be read is noted and taken as absent."""

    element: Element
    account: Account
    name: str = ""

    def text(self, key: str) -> str:
        """Return a text on one line."""
        return " ".join(self.element.get(key).split())

    def flag(self, key: str) -> bool:
        """Return whether something is so."""
        return self.element.get(key).strip().lower() in {"1", "true"}

    def whole(self, key: str, otherwise: int = 0) -> int:
        """Return a whole number."""
        found = self.number(key)
        return otherwise if found is None else int(found)

    def number(self, key: str, least: Decimal = -_MOST, most: Decimal = _MOST) -> Decimal | None:
        """Return a number within bounds."""
        text = self.element.get(key)
        if not text:
            return None
        try:
            found = Decimal(text)
        except ArithmeticError:
            found = Decimal("NaN")
        if found.is_finite() and least <= found <= most:
            return found
        self._unreadable(key, text)
        return None

    def moment(self, key: str) -> datetime | None:
        """Return a point in time."""
        text = self.element.get(key)
        if text in _NOT_STATED:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            self._unreadable(key, text)
            return None

    def minutes(self, key: str) -> Decimal | None:
        """Return the minutes of a duration."""
        text = self.element.get(key)
        if not text:
            return None
        try:
            return minutes_of(text)
        except ValueError:
            self._unreadable(key, text)
            return None

    def length(self, key: str, format_key: str) -> Length | None:
        """Return a duration with the kind of time that its format says."""
        minutes = self.minutes(key)
        if minutes is None:
            return None
        elapsed = unit_of(self.whole(format_key)).startswith("elapsed")
        return Length(minutes, "elapsed" if elapsed else "working")

    def _unreadable(self, key: str, text: str) -> None:
        of = f"{self.name}: " if self.name else ""
        self.account.note(UNREADABLE, f"{of}{key} {text[:40]!r}")
