"""What a share of a few says about all: intervals for small samples."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from portfolio.measure.measure import Measure, unknown

NORMAL_95 = 1.959963984540054
"""Standard deviations on either side of a mean that hold 95 % of a normal distribution."""


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
