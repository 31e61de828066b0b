"""A scorecard: measures on one scale, weighed, and published only with enough of them known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.kpi import score
from portfolio.measure.measure import Measure, ratio, unknown

if TYPE_CHECKING:
    from portfolio.settings import ScorecardWeight

ENOUGH = Decimal("0.7")
"""The least share of the weights that must be known before a total is published."""
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure: its value in its unit, where it should be, and from where on it is red."""

    key: str
    label: str
    perspective: str
    unit: str
    value: Measure[Decimal]
    target: Decimal
    red: Decimal
    weight: Decimal = Decimal(1)

    @property
    def score(self) -> Measure[Decimal]:
        """Return how far the value is on its way from red to the target, 0..1."""
        return self.value.then(lambda value: score(value, self.target, self.red))


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Measures side by side; one of weight 0 is shown and counts for nothing."""

    entries: tuple[Entry, ...]

    @property
    def coverage(self) -> Measure[Decimal]:
        """Return the share of the weights whose measure is known, 0..1; no weights: no_data."""
        whole = sum((each.weight for each in self.entries), _NONE)
        known = sum((each.weight for each in self._known), _NONE)
        return ratio(known, whole, "nothing is weighed", "no_data")

    @property
    def total(self) -> Measure[Decimal]:
        """Return the weighted mean of the known scores, 0..1; withheld below 70 % of the weights.

        Source: domain section 6; worked example WE-58.
        """
        covered = self.coverage
        if covered.value is None:
            return covered
        if covered.value < ENOUGH:
            return unknown("no_data", f"only {covered.value:.0%} of the weights are measured")
        weights = sum((each.weight for each in self._known), _NONE)
        points = sum((each.weight * (each.score.value or _NONE) for each in self._known), _NONE)
        return Measure(points / weights)

    @property
    def worst(self) -> Entry | None:
        """Return the measure that is furthest from its target; None where all reach it."""
        behind = [each for each in self._known if (each.score.value or _NONE) < 1]
        return min(behind, key=lambda each: each.score.value or _NONE, default=None)

    @property
    def _known(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.score.value is not None)


def weighed(entry: Entry, stated: Mapping[str, ScorecardWeight]) -> Entry:
    """Return a measure with the target, the red value and the weight that the settings state."""
    found = stated.get(entry.key)
    if found is None:
        return entry
    target = entry.target if found.target is None else found.target
    red = entry.red if found.red is None else found.red
    return replace(entry, target=target, red=red, weight=found.weight)
