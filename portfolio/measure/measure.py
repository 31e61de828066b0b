"""What a calculation returns: a value, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from portfolio.values import Money

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Code = Literal[
    "",
    "not_started",
    "no_data",
    "zero_denominator",
    "finished",
    "unreachable",
    "out_of_range",
    "stale",
    "small_sample",
]


@dataclass(frozen=True, slots=True)
class Measure(Generic[T_co]):
    """A value, or None with the reason: a code for programs and words for people.

    An unknown value is never 0 and never enters a sum or a mean.
    """

    value: T_co | None
    code: Code = ""
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value."""
        return self.value is not None

    def map(self, change: Callable[[T_co], T]) -> Measure[T]:
        """Return what a function makes of the value; what is unknown stays so, for its reason.

        >>> Measure(3).map(lambda days: days * 8).value
        24
        >>> days: Measure[int] = unknown("no_data", "no start is stated")
        >>> days.map(lambda days: days * 8).reason
        'no start is stated'
        """
        if self.value is None:
            return unknown(self.code, self.reason)
        return Measure(change(self.value))

    def then(self, following: Callable[[T_co], Measure[T]]) -> Measure[T]:
        """Return what a calculation on the value gives: the first of the two without one says why.

        >>> def share(days: int) -> Measure[float]:
        ...     return Measure(2 / days) if days else unknown("zero_denominator", "no day is left")
        >>> Measure(4).then(share).value
        0.5
        >>> Measure(0).then(share).reason
        'no day is left'
        """
        if self.value is None:
            return unknown(self.code, self.reason)
        return following(self.value)


def unknown(code: Code, reason: str) -> Measure[T]:
    """Return a measure without a value, and why."""
    return Measure(None, code, reason)


def ratio(
    part: Decimal, whole: Decimal | int, otherwise: str, code: Code = "zero_denominator"
) -> Measure[Decimal]:
    """Return part / whole; of a whole of 0 there is none, and why.

    >>> ratio(Decimal(1), 4, "nobody answered").value
    Decimal('0.25')
    >>> ratio(Decimal(0), 0, "nobody answered").reason
    'nobody answered'
    """
    return Measure(part / whole) if whole else unknown(code, otherwise)


def per(
    part: Decimal, whole: Decimal, otherwise: str, code: Code = "zero_denominator"
) -> Measure[Decimal]:
    """Return part / whole of a whole above 0; of any other there is no ratio, and why.

    >>> per(Decimal(1), Decimal(-4), "nobody is there").reason
    'nobody is there'
    """
    return ratio(part, max(whole, Decimal(0)), otherwise, code)


def given(value: T | None, otherwise: str, code: Code = "no_data") -> Measure[T]:
    """Return what may not be there: where it is not, there is no value, and why.

    >>> given(None, "no start is stated").reason
    'no start is stated'
    """
    return unknown(code, otherwise) if value is None else Measure(value)


def share(answers: Iterable[bool], otherwise: str) -> Measure[Decimal]:
    """Return how many of the answers are yes, 0..1; of no answers there is no share, and why.

    >>> share([True, False, True, True], "nobody answered").value
    Decimal('0.75')
    """
    given = list(answers)
    return ratio(Decimal(sum(given)), len(given), otherwise, "no_data")


def both(first: Measure[A], second: Measure[B], join: Callable[[A, B], T]) -> Measure[T]:
    """Return what a function makes of two values; the first that is unknown says why.

    >>> both(Measure(100), Measure(30), lambda price, cost: price - cost).value
    70
    >>> both(Measure(100), unknown("no_data", "no cost is booked"), max).reason
    'no cost is booked'
    """
    return first.then(lambda one: second.map(lambda other: join(one, other)))


def every(measures: Iterable[Measure[T]]) -> Measure[tuple[T, ...]]:
    """Return all values in their order; the first that is unknown says why, and ends the asking.

    >>> every([Measure(1), Measure(2)]).value
    (1, 2)
    >>> every([Measure(1), unknown("stale", "too old")]).reason
    'too old'
    """
    found: list[T] = []
    for each in measures:
        if each.value is None:
            return unknown(each.code, each.reason)
        found.append(each.value)
    return Measure(tuple(found))


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in one currency: the names of what it counts, and of what is missing in it."""

    amount: Money
    counted: tuple[str, ...]
    missing: tuple[str, ...]


def total(parts: Mapping[str, Measure[Money]], currency: str, otherwise: str) -> Measure[Total]:
    """Return the sum of the named amounts that are known in a currency; of none there is no sum.

    What is unknown, or is in another currency, is named and never counts as 0.

    >>> found = total({"hall": Measure(Money(Decimal(9), "GBP")), "quay": unknown("no_data", "")},
    ...               "GBP", "nothing is priced").value
    >>> str(found.amount), found.counted, found.missing
    ('9 GBP', ('hall',), ('quay',))
    """
    known = {
        name: each.value.amount
        for name, each in parts.items()
        if each.value is not None and each.value.currency == currency
    }
    if not known:
        return unknown("no_data", otherwise)
    amount = Money(sum(known.values(), Decimal(0)), currency)
    return Measure(Total(amount, tuple(known), tuple(each for each in parts if each not in known)))
