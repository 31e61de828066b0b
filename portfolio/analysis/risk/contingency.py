"""How fast contingency is drawn, against how far the work is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class ContingencyUse:
    """What is drawn and what is left, and how far the drawing is ahead of the work (0..1)."""

    remaining: Decimal
    drawn: Decimal
    ahead: Decimal


def contingency_use(
    contingency: Decimal, draws: Iterable[Decimal], complete: Decimal
) -> Measure[ContingencyUse]:
    """Return how much contingency is drawn, and how far ahead of the work that is.

    drawn = sum of draws / contingency; ahead = drawn - share complete, both 0..1; remaining in the
    currency of all amounts. Positive ahead runs dry early. No contingency: zero_denominator.

    Source: worked example WE-63.

    >>> found = contingency_use(Decimal(200000), [Decimal(30000), Decimal(45000), Decimal(25000)],
    ...                         Decimal("0.4")).value
    >>> found.remaining, found.drawn, found.ahead
    (Decimal('100000'), Decimal('0.5'), Decimal('0.1'))
    """
    if contingency <= 0:
        return unknown("zero_denominator", "there is no contingency")
    spent = sum(draws, Decimal(0))
    drawn = spent / contingency
    return Measure(ContingencyUse(contingency - spent, drawn, drawn - complete))


def share_complete(
    parts: Iterable[tuple[Decimal, Decimal]], budget: Decimal | None = None
) -> Measure[Decimal]:
    """Return how far work is, 0..1, each part weighted by its budget.

    complete = sum of part budget x share done / budget at completion; each pair is (part budget,
    share done). Without a budget at completion the parts' own sum takes its place. None: no_data.

    Source: percent complete of earned value management, EV / BAC.

    >>> share_complete([(Decimal(100), Decimal(1)), (Decimal(300), Decimal(0))]).value
    Decimal('0.25')
    """
    weighted = list(parts)
    whole = budget or sum((part for part, _ in weighted), Decimal(0))
    if not weighted or whole <= 0:
        return unknown("no_data", "no work has a budget")
    return Measure(sum((part * done for part, done in weighted), Decimal(0)) / whole)


def contingency_cover(remaining: Decimal, threats: Decimal) -> Measure[Decimal]:
    """Return how often the contingency left covers the residual exposure of the threats.

    cover = contingency left / summed residual EMV of threats, one currency; opportunities are
    never netted. It compares with a mean: a cover above 1 can still run out. No exposure:
    zero_denominator.

    Source: worked example WE-31.

    >>> round(contingency_cover(Decimal(80), Decimal(68)).value, 4)
    Decimal('1.1765')
    """
    if threats <= 0:
        return unknown("zero_denominator", "no threat is quantified")
    return Measure(remaining / threats)
