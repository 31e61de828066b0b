"""What a share of a few says about all: intervals for small samples."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, TypeVar

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

K = TypeVar("K")
V = TypeVar("V")

NORMAL_95 = 1.959963984540054
"""Standard deviations on either side of a mean that hold 95 % of a normal distribution."""


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Gather what has the same key, keys and values in the order in which they come.

    >>> grouped([("red", 1), ("green", 2), ("red", 3)])
    {'red': [1, 3], 'green': [2]}
    """
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


@dataclass(frozen=True, slots=True)
class Interval:
    """The lowest and highest share that a sample is compatible with, 0..1."""

    low: float
    high: float


def wilson_interval(hits: int, count: int) -> Measure[Interval]:
    """Return the 95 % interval of a share, by Wilson's score; it works at 0 and at 1 too.

    (p + z2/2n -+ z sqrt(p (1 - p) / n + z2/4n2)) / (1 + z2/n) with p = hits / count, z = 1.96.
    Nothing counted: no_data.

    Source: Wilson 1927; worked example WE-39.

    >>> found = wilson_interval(4, 4).value
    >>> round(found.low, 2), round(found.high, 2)
    (0.51, 1.0)
    """
    if count <= 0:
        return unknown("no_data", "nothing was counted")
    share, square = hits / count, NORMAL_95**2
    middle = share + square / (2 * count)
    spread = NORMAL_95 * sqrt(share * (1 - share) / count + square / (4 * count**2))
    whole = 1 + square / count
    return Measure(
        Interval(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))
    )


def is_surely_below(interval: Interval, limit: float) -> bool:
    """Tell whether a share is below a limit, and not by chance: its whole interval is.

    >>> is_surely_below(Interval(0.3, 0.6), 0.75), is_surely_below(Interval(0.3, 0.8), 0.75)
    (True, False)
    """
    return interval.high < limit


def quantile(values: Sequence[int], share: float) -> Measure[Decimal]:
    """Return the value below which a share of the values lies, by linear interpolation.

    With n sorted values x_0 .. x_(n-1) and h = share (n - 1): x_floor(h) + (h - floor(h)) times
    the distance to the next value. A share of 0.5 is the median. No values: no_data.

    Source: the definition that spreadsheets and numpy use by default.

    >>> quantile([8, 3], 0.5).value
    Decimal('5.5')
    """
    if not values:
        return unknown("no_data", "there are no values")
    ordered = sorted(values)
    position = Fraction(share).limit_denominator(1000) * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    found = ordered[below] + (position - below) * (ordered[above] - ordered[below])
    return Measure(Decimal(found.numerator) / Decimal(found.denominator))


def finite_population_factor(count: int, population: int) -> Measure[float]:
    """Return sqrt((N - n) / (N - 1)), by which an interval narrows when few are left to ask.

    A population of one or none, or a sample larger than it: out_of_range.

    Source: domain A9; worked example WE-41.

    >>> round(finite_population_factor(10, 25).value, 4)
    0.7906
    """
    if population <= 1 or count > population:
        return unknown("out_of_range", f"{count} of a population of {population}")
    return Measure(sqrt((population - count) / (population - 1)))


def half_width(share: float, count: int, population: int | None = None) -> Measure[float]:
    """Return the half width of the plain 95 % interval of a share, narrowed for few people.

    z sqrt(p (1 - p) / n), times sqrt((N - n) / (N - 1)) where the population is known. No answers:
    no_data. A population of one or none, or smaller than the sample: out_of_range.

    Source: domain A9; worked example WE-41.

    >>> round(half_width(0.8, 10, 25).value, 3)
    0.196
    """
    if not count:
        return unknown("no_data", "nobody answered")
    plain = NORMAL_95 * sqrt(share * (1 - share) / count)
    if population is None:
        return Measure(plain)
    return finite_population_factor(count, population).map(lambda factor: plain * factor)


def difference(now: tuple[int, int], before: tuple[int, int]) -> Measure[Interval]:
    """Return the 95 % interval of the change of a share between two periods, -1..1.

    Each period is (hits, count). One hit and two answers are added to each (the adjusted variance
    of the plus-four method), so that 0 and 1 keep a width. Fewer than ten answers in either:
    small_sample, not comparable.

    Source: Agresti and Caffo 2000; domain A9.

    >>> difference((8, 9), (80, 100)).code
    'small_sample'
    """
    if min(now[1], before[1]) < FEWEST_COMPARED:
        return unknown("small_sample", f"fewer than {FEWEST_COMPARED} answers: not comparable")
    (share, variance), (share_before, variance_before) = map(_adjusted, (now, before))
    change = share - share_before
    half = NORMAL_95 * sqrt(variance + variance_before)
    return Measure(Interval(max(-1.0, change - half), min(1.0, change + half)))


def _adjusted(period: tuple[int, int]) -> tuple[float, float]:
    hits, count = period[0] + 1, period[1] + 2
    share = hits / count
    return share, share * (1 - share) / count


def straddles(interval: Interval, threshold: float) -> bool:
    """Tell whether an interval holds a threshold inside: the sample cannot say which side it is.

    >>> straddles(Interval(0.49, 0.94), 0.85)
    True
    """
    return interval.low < threshold < interval.high
