"""The phrases that the sentences of rules are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.risk.score import risk_score
from portfolio.diagnostic import Related
from portfolio.listing import listed

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.entity import Entity
    from portfolio.model.risk import Rating
    from portfolio.record import Record
    from portfolio.values import Money

__all__ = ["ago", "amount", "counted", "figure", "listed", "percent", "rated", "see"]


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 day``, ``11 days``."""
    return f"{number} {noun if abs(number) == 1 else plural or f'{noun}s'}"


def ago(day: date, as_of: date) -> str:
    """Return how long before the status date a day lies: ``11 days ago``."""
    return f"{counted((as_of - day).days, 'day')} ago"


def amount(money: Money) -> str:
    """Return money with thousands separators: ``12,500 GBP``."""
    return money.in_words()


def figure(value: Decimal) -> str:
    """Write a computed number with at most two decimals.

    >>> figure(Decimal("97.4193")), figure(Decimal(12000))
    ('97.42', '12000')
    """
    return f"{round(value, 2).normalize():f}"


def percent(share: Decimal) -> str:
    """Return a share as a percentage: ``124 %``."""
    return f"{share * 100:.0f} %"


def rated(rating: Rating) -> str:
    """Return a rating as its product: ``4 × 4 = 16``."""
    return f"{rating.p} × {rating.i} = {risk_score(rating.p, rating.i)}"


def see(entity: Entity, message: str, key: str = "", record: Record | None = None) -> Related:
    """Return a related place: a field of an entity, or of a record inside it."""
    return Related((record or entity).where(key), message)
