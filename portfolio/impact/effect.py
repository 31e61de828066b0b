"""One consequence of a slip for somebody who waits, and their order and sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.currency import at_home, total_at_home
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.diagnostic import Location
    from portfolio.record import Record
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Input:
    """A value that a figure was computed from: whose it is, its field, and where it is written."""

    id: str
    key: str
    value: str
    place: Location


@dataclass(frozen=True, slots=True)
class Effect:
    """What a slip does to one service, contract, customer, benefit, objective or other thing.

    ``effect`` says it in words, ``terms`` how it is computed, ``inputs`` from what. Adverse money
    is negative. ``old`` and ``new`` are the dates that decide; ``through`` is the chain from what
    slipped to here.
    """

    id: str
    kind: str
    name: str
    owner: str
    effect: str
    money: Measure[Money]
    old: date
    new: date
    terms: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()

    @property
    def days(self) -> int:
        """Return the calendar days of delay; positive is later."""
        return (self.new - self.old).days


@dataclass(frozen=True, slots=True)
class Totals:
    """What a slip costs in all, each contract, team and benefit counted once.

    ``money`` is in the organisation's currency and adds what is known; ``by_currency`` are the
    same amounts unconverted; ``unpriced`` counts the effects without a figure.
    """

    money: Measure[Money]
    by_currency: tuple[Money, ...]
    moved: int
    effects: int
    unpriced: int


def hardest_first(portfolio: View, effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Order effects by who is hurt most.

    First what loses money, the most first; then what nobody can price, the longest delay first;
    then what loses nothing, and last what gains.
    """

    def key(effect: Effect) -> tuple[int, Decimal, int, str, str]:
        amount = in_one_currency(portfolio, effect.money)
        if amount is None:
            return (1, Decimal(0), -effect.days, effect.kind, effect.id)
        group = 0 if amount < 0 else 2
        return (group, amount, -effect.days, effect.kind, effect.id)

    return tuple(sorted(effects, key=key))


def in_one_currency(portfolio: View, money: Measure[Money]) -> Decimal | None:
    """Return an amount in the organisation's currency; None where it or the rate is unknown."""
    found = money.then(lambda amount: at_home(portfolio, amount))
    return found.map(lambda amount: amount.amount).value


def add_up(portfolio: View, effects: Sequence[Effect], moved: int) -> Totals:
    """Add what is known; a currency without a rate makes the sum unknown, not the parts."""
    known = [effect.money.value for effect in effects if effect.money.value is not None]
    sums = grouped((money.currency, money.amount) for money in known)
    parts = tuple(Money(sum(each, Decimal(0)), name) for name, each in sorted(sums.items()))
    unpriced = len(effects) - len(known)
    whole: Measure[Money] = unknown("no_data", "nothing that is reached has a price")
    if parts:
        whole = total_at_home(portfolio, ((part, portfolio.as_of) for part in parts))
    return Totals(whole, parts, moved, len(effects), unpriced)


def stated(id_: str, record: Record, *keys: str, under: str = "") -> tuple[Input, ...]:
    """Return those of a record's fields that a file states; a default is nobody's statement.

    ``id_`` is the entity that the record is or belongs to, ``under`` the field that holds it there.
    """
    prefix = f"{under}." if under else ""
    return tuple(
        Input(id_, f"{prefix}{key}", _in_words(_value(record, key)), record.where(key))
        for key in keys
        if record.wrote(key) and _value(record, key) is not None
    )


def _value(record: Record, key: str) -> object:
    return getattr(record, record.FIELDS[key].name)


def _in_words(value: object) -> str:
    if isinstance(value, Money):
        return value.in_words()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def days_in_words(old: date, new: date) -> str:
    """Return how far a date moves.

    >>> days_in_words(date(2026, 6, 1), date(2026, 6, 15))
    '14 days later'
    """
    days = (new - old).days
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'later' if days > 0 else 'earlier'}" if days else "not later"
