"""How far a value may go: within these bounds no arithmetic leaves the calendar."""

from __future__ import annotations

from decimal import Decimal

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""A date before or after is a slip of the keyboard."""
_LARGEST = Decimal(10) ** 15
"""Of numbers and amounts, either way."""
_MOST_DECIMALS = 18
SHORT = 15
"""Characters of a whole number that is within them whatever its digits are."""
_LONGEST_YEARS = 100
"""Of durations and lags, either way."""
_LONGEST = {
    "min": 525_960 * _LONGEST_YEARS,
    "h": 8_766 * _LONGEST_YEARS,
    "eh": 8_766 * _LONGEST_YEARS,
    "d": 36_525,
    "ed": 36_525,
    "cd": 36_525,
    "w": 5_218,
    "mo": 12 * _LONGEST_YEARS,
    "y": _LONGEST_YEARS,
}
_SHOWN = 40


def bounded(number: Decimal, text: str) -> Decimal:
    """Return a number that is not too large and has not too many decimals; else ValueError."""
    exponent = number.as_tuple().exponent
    if abs(number) > _LARGEST:
        message = f"{_cut(text)} is too large; a number is at most {_LARGEST:,.0f}, either way"
        raise ValueError(message)
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        message = f"{_cut(text)} has too many decimals; a number has at most {_MOST_DECIMALS}"
        raise ValueError(message)
    return number


def require_our_time(year: int, text: str) -> None:
    """Raise ValueError for a year that nobody plans in."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        message = f"{text!r} is outside the years from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise ValueError(message)


def require_length(amount: Decimal, unit: str, text: str) -> None:
    """Raise ValueError for a duration, in a unit, that is too long."""
    if abs(amount) > _LONGEST[unit]:
        message = f"{_cut(text)} is too long; a duration has at most {_LONGEST_YEARS} years"
        raise ValueError(message)


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
