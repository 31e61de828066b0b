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
MOST_COUNTED = Decimal(10) ** 9
"""Of whole numbers, either way, where the field states no less."""
TEXT = 32_767
"""Characters of a text where the field states no less: what a cell of a spreadsheet holds."""
KEY = 300
"""Characters of a key of somebody's own."""
_LINES = {"id": 100, "name": 300, "title": 300}
"""Characters of what stands in a line with others, by the key of its field."""
_TIMES = {"hours": "h", "days": "d", "wd": "d", "calendar days": "d", "weeks": "w", "months": "mo"}
"""The units of fields that hold a length of time as a number."""
_SHOWN = 60


def in_words() -> str:
    """Return all of it as a paragraph."""
    return (
        f"Days lie in the years from {_FIRST_YEAR} to {_LAST_YEAR}. Durations and lags have at "
        f"most {_LONGEST_YEARS} years, numbers and amounts at most {_LARGEST:,.0f} with "
        f"{_MOST_DECIMALS} decimals, either way. Where a field states no less, a whole number is "
        f"at most {MOST_COUNTED:,.0f}, either way, and a text has at most {TEXT:,} characters; a "
        f"key of your own has at most {KEY}. What lies beyond is an error at its line."
    )


def longest_of(key: str) -> int:
    """Return how many characters the text of a field has at most, where it does not state it."""
    return _LINES.get(key, TEXT)


def longest_in(unit: str) -> Decimal | None:
    """Return how much of a unit of time a number has at most; None for other units."""
    return Decimal(_LONGEST[_TIMES[unit]]) if unit in _TIMES else None


def require_short(text: str, most: int, key: str) -> None:
    """Raise ValueError for a text with too many characters."""
    if len(text) > most:
        message = f"{key} has {len(text):,} characters; it must have at most {most:,}"
        raise ValueError(message)


def quoted(text: str) -> str:
    """Return a text in quotes, cut where it is too long for a message."""
    return repr(cut(text))


def cut(text: str) -> str:
    """Return a text, cut where it is too long for a message."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def bounded(number: Decimal, text: str) -> Decimal:
    """Return a number that is not too large and has not too many decimals; else ValueError."""
    exponent = number.as_tuple().exponent
    if abs(number) > _LARGEST:
        message = f"{quoted(text)} is too large; a number is at most {_LARGEST:,.0f}, either way"
        raise ValueError(message)
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        message = f"{quoted(text)} has too many decimals; a number has at most {_MOST_DECIMALS}"
        raise ValueError(message)
    return number


def require_our_time(year: int, text: str) -> None:
    """Raise ValueError for a year that nobody plans in."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        message = f"{quoted(text)} is outside the years from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise ValueError(message)


def require_length(amount: Decimal, unit: str, text: str) -> None:
    """Raise ValueError for a duration, in a unit, that is too long."""
    if abs(amount) > _LONGEST[unit]:
        message = f"{quoted(text)} is too long; a duration has at most {_LONGEST_YEARS} years"
        raise ValueError(message)
