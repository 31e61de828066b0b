"""Dates and money inside the sentences of an effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.values import Money


def money_in_words(money: Money) -> str:
    """Return an amount with thousands separators and its currency.

    >>> from decimal import Decimal
    >>> from portfolio.values import Money
    >>> money_in_words(Money(Decimal("12500.40"), "EUR"))
    '12,500 EUR'
    """
    return f"{money.amount:,.0f} {money.currency}".rstrip()


def days_in_words(old: date, new: date) -> str:
    """Return how far a date moves.

    >>> days_in_words(date(2026, 6, 1), date(2026, 6, 15))
    '14 days later'
    """
    days = (new - old).days
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'later' if days > 0 else 'earlier'}" if days else "not later"
