"""Service levels and indicators in figures: attainment, availability, credits, error budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import prod

from portfolio.measure.measure import Measure, ratio


def attainment(met: Decimal, total: Decimal) -> Measure[Decimal]:
    """Return the share of cases inside the promise, 0..1; no cases: no_data, never 1.

    Source: domain A12; worked example WE-37.

    >>> attainment(Decimal(47), Decimal(50)).value
    Decimal('0.94')
    """
    return ratio(met, total, "there were no cases", "no_data")


@dataclass(frozen=True, slots=True)
class Downtime:
    """A time in which a share, 0..1, of the users or functions was down."""

    begin: datetime
    end: datetime
    share: Decimal = Decimal(1)


def downtime_minutes(outages: Iterable[Downtime], begin: datetime, end: datetime) -> Decimal:
    """Return the minutes lost between two moments, in full outages.

    Where outages overlap the worst share counts, once; each minute counts its share.

    Source: domain A12, overlapping outages merged first.

    >>> day = datetime(2026, 3, 2)
    >>> hours = [Downtime(day.replace(hour=8), day.replace(hour=10)),
    ...          Downtime(day.replace(hour=9), day.replace(hour=11), Decimal("0.5"))]
    >>> downtime_minutes(hours, day, day + timedelta(days=1))
    Decimal('150.0')
    """
    inside = [
        Downtime(max(each.begin, begin), min(each.end, end), each.share)
        for each in outages
        if each.begin < end and each.end > begin
    ]
    moments = sorted({moment for each in inside for moment in (each.begin, each.end)})
    lost = Decimal(0)
    for first, last in pairwise(moments):
        shares = (each.share for each in inside if each.begin <= first and each.end >= last)
        lost += (
            max(shares, default=Decimal(0)) * Decimal((last - first) // timedelta(seconds=1)) / 60
        )
    return lost


def in_series(parts: Iterable[Decimal]) -> Decimal:
    """Return the availability of a chain in which every part is needed, 0..1: the product.

    Independence is assumed. Source: domain A12; worked example WE-36.
    """
    return prod(parts, start=Decimal(1))


def credit_share(
    value: Decimal, tiers: Iterable[tuple[Decimal, Decimal]], cap: Decimal | None = None
) -> Decimal:
    """Return the share of the fee, in percent, that a service gives back for a level it reached.

    ``tiers`` are (below, percent); the one with the lowest `below` that exceeds the unrounded
    value counts. ``cap`` is the most that is given back, in percent.

    Source: domain A12; worked example WE-36.

    >>> tiers = [(Decimal("99.99"), Decimal(10)), (Decimal(99), Decimal(30))]
    >>> credit_share(Decimal("98.6"), tiers), credit_share(Decimal("99.99"), tiers)
    (Decimal('30'), Decimal('0'))
    """
    given = next((percent for below, percent in sorted(tiers) if below > value), Decimal(0))
    return given if cap is None else min(given, cap)
