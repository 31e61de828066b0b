"""Red, amber, green: their order, and what use of a tolerance makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, per

if TYPE_CHECKING:
    from portfolio.settings import Band


_RANK = {"green": 0, "amber": 1, "red": 2}


def tolerance_use(
    baseline: Decimal, tolerance: Decimal, forecast: Decimal, *, more_is_worse: bool = True
) -> Measure[Decimal]:
    """Return the share of a tolerance that a forecast uses; above 1 is an exception.

    use = max(0, adverse deviation) / tolerance, where the deviation is forecast - baseline for
    cost and time, and baseline - forecast for benefits (``more_is_worse=False``). All three are in
    one unit: money, or days.

    A favourable deviation uses 0. A tolerance of 0 is used up by any adverse deviation: no ratio.

    Source: manage by exception as in PRINCE2; worked example WE-60.

    >>> tolerance_use(Decimal(1000), Decimal(50), Decimal(1062)).value
    Decimal('1.24')
    """
    deviation = forecast - baseline if more_is_worse else baseline - forecast
    if deviation <= 0:
        return Measure(Decimal(0))
    return per(deviation, tolerance, "the tolerance is 0")


def steps_better(declared: str, computed: str) -> int | None:
    """Return by how many steps a declared colour is better than the computed one.

    Negative is worse; None where one of the two is no colour (grey, or not stated).

    Source: worked example WE-62.

    >>> steps_better("green", "red"), steps_better("red", "amber"), steps_better("green", "grey")
    (2, -1, None)
    """
    if declared not in _RANK or computed not in _RANK:
        return None
    return _RANK[computed] - _RANK[declared]


HealthColour = Literal["green", "amber", "red", "grey", "blue"]

_ORDER: Mapping[HealthColour, int] = {"grey": 0, "blue": 1, "green": 2, "amber": 3, "red": 4}


def worst(colours: Iterable[HealthColour]) -> HealthColour:
    """Return the worst colour; grey where there is none that says anything."""
    return max(colours, key=_ORDER.__getitem__, default="grey")


def colour_of_use(use: Decimal, band: Band) -> HealthColour:
    """Return the colour of a used tolerance: green below the first edge, amber up to the second."""
    if use < band.green:
        return "green"
    return "amber" if use <= band.amber else "red"
