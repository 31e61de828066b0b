"""Which proposals come first: weighted scores and TOPSIS, with the method beside the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, sqrt
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, unknown
from portfolio.model.strategy import Criterion, Proposal

if TYPE_CHECKING:
    from portfolio.view.view import View

Normalisation = Literal["minmax", "vector"]
Method = Literal["weighted", "topsis", "topsis-minmax"]
Table = Mapping[str, Sequence[float]]
"""The values of each alternative, in the order of the criteria."""

METHODS: Mapping[Method, str] = {
    "weighted": "weighted score, each criterion from 0 at its worst to 1 at its best",
    "topsis": "TOPSIS, vectors divided by their length",
    "topsis-minmax": "TOPSIS, each criterion from 0 at its worst to 1 at its best",
}
_MIDDLE = 0.5
_PLACES = 9  # of scores that are alike beyond, the first in the files comes first


@dataclass(frozen=True, slots=True)
class Measured:
    """A criterion as the methods need it: how much it counts, which way, and its scale if fixed."""

    weight: float
    is_lower_better: bool = False
    scale: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal with its score, 0..1, and what each criterion adds to a weighted score."""

    proposal: Proposal
    score: float
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Proposals, the best first, and by which method.

    ``left_out`` cannot be compared, with the reason; ``weights_add_to`` is what the weights of the
    criteria added to before they were made to add to 1.
    """

    method: Method
    criteria: tuple[Criterion, ...]
    ranked: tuple[Ranked, ...]
    left_out: tuple[tuple[Proposal, str], ...]
    weights_add_to: Decimal


def normalised(values: Sequence[float], criterion: Measured) -> list[float]:
    """Return values from 0 at the worst to 1 at the best of the scale, else of the values.

    (x - lo) / (hi - lo), and 1 less that where lower is better. Beyond a stated scale: 0 or 1. All
    the same and no scale: 0.5.

    Source: domain A13; worked example WE-49.

    >>> normalised([3, 5, 8], Measured(1.0, is_lower_better=True))
    [1.0, 0.6, 0.0]
    """
    low, high = criterion.scale or (min(values), max(values))
    if low == high:
        return [_MIDDLE] * len(values)
    shares = [min(1.0, max(0.0, (value - low) / (high - low))) for value in values]
    return [1 - share for share in shares] if criterion.is_lower_better else shares


def weighted_parts(table: Table, criteria: Sequence[Measured]) -> dict[str, list[float]]:
    """Return what each criterion adds to the score of each alternative: weight x normalised value.

    Weights are made to add to 1; none at all: no part adds anything.

    Source: domain A13; worked example WE-49.
    """
    weights = _shares(criteria)
    columns = [
        normalised([values[index] for values in table.values()], criterion)
        for index, criterion in enumerate(criteria)
    ]
    return {
        name: [weight * column[row] for weight, column in zip(weights, columns, strict=True)]
        for row, name in enumerate(table)
    }


def topsis(
    table: Table, criteria: Sequence[Measured], normalisation: Normalisation = "vector"
) -> dict[str, Measure[float]]:
    """Return how near each alternative is to the ideal one: d- / (d+ + d-), 0..1.

    Values are divided by the length of their column, or go from 0 to 1, and are weighted; d+ and d-
    are the distances to the best and to the worst value of every criterion. Ranks depend on the
    normalisation and on which alternatives are compared. Both distances 0: zero_denominator.

    Source: Hwang and Yoon 1981; worked example WE-49.
    """
    if not table:
        return {}
    weights = _shares(criteria)
    columns = [
        _scaled([values[index] for values in table.values()], criterion, normalisation)
        for index, criterion in enumerate(criteria)
    ]
    lower = [each.is_lower_better and normalisation == "vector" for each in criteria]
    best = [min(c) if low else max(c) for c, low in zip(columns, lower, strict=True)]
    worst = [max(c) if low else min(c) for c, low in zip(columns, lower, strict=True)]
    found: dict[str, Measure[float]] = {}
    for row, name in enumerate(table):
        point = [column[row] for column in columns]
        to_best, to_worst = _distance(point, best, weights), _distance(point, worst, weights)
        found[name] = (
            Measure(to_worst / (to_best + to_worst))
            if to_best + to_worst
            else unknown("zero_denominator", "all alternatives are the same")
        )
    return found


def _scaled(values: list[float], criterion: Measured, normalisation: Normalisation) -> list[float]:
    if normalisation == "minmax":
        return normalised(values, criterion)
    length = sqrt(fsum(value * value for value in values))
    return [value / length for value in values] if length else values


def _distance(point: Sequence[float], goal: Sequence[float], weights: Sequence[float]) -> float:
    parts = zip(point, goal, weights, strict=True)
    return sqrt(fsum((weight * (here - there)) ** 2 for here, there, weight in parts))


def _shares(criteria: Sequence[Measured]) -> list[float]:
    whole = fsum(each.weight for each in criteria)
    return [each.weight / whole if whole else 0.0 for each in criteria]


def measured(criterion: Criterion, factor: float = 1.0) -> Measured:
    """Return a criterion of the portfolio as the methods need it, its weight times a factor."""
    weight = float(criterion.weight) if criterion.weight is not None else 0.0
    scale = criterion.scale and (float(criterion.scale[0]), float(criterion.scale[1]))
    return Measured(weight * factor, criterion.direction == "lower", scale)


def ranking(
    portfolio: View,
    method: Method = "weighted",
    among: Sequence[Proposal] | None = None,
    factors: Mapping[str, float] | None = None,
) -> Ranking:
    """Return the proposals by their score, the best first; of equals the first in the files.

    ``among`` are the proposals to compare, all where it is left out; ``factors`` multiply the
    weights of criteria by their id, for a sensitivity. A proposal without a score on a criterion
    that has a weight is left out and named, never scored 0.

    Source: domain A13; worked example WE-49.
    """
    criteria = tuple(each for each in portfolio.all(Criterion) if each.weight)
    sides = [measured(each, (factors or {}).get(each.id, 1.0)) for each in criteria]
    table: dict[str, list[float]] = {}
    left_out: list[tuple[Proposal, str]] = []
    proposals = list(portfolio.all(Proposal) if among is None else among)
    for proposal in proposals:
        scores = proposal.scores or {}
        missing = [each.id for each in criteria if each.id not in scores]
        if missing or not criteria:
            reason = f"no score on {', '.join(missing)}" if missing else "no criterion has a weight"
            left_out.append((proposal, reason))
        else:
            table[proposal.id] = [float(scores[each.id]) for each in criteria]
    scores_by_id, parts = _scored(table, sides, method)
    known = [each for each in proposals if each.id in scores_by_id]
    ranked = tuple(
        Ranked(
            each,
            scores_by_id[each.id],
            {c.id: part for c, part in zip(criteria, parts.get(each.id, ()), strict=False)},
        )
        for each in sorted(known, key=lambda each: -round(scores_by_id[each.id], _PLACES))
    )
    whole = sum((each.weight or Decimal(0) for each in criteria), Decimal(0))
    return Ranking(method, criteria, ranked, tuple(left_out), whole)


def _scored(
    table: Table, sides: Sequence[Measured], method: Method
) -> tuple[dict[str, float], dict[str, list[float]]]:
    if method == "weighted":
        parts = weighted_parts(table, sides)
        return {name: fsum(each) for name, each in parts.items()}, parts
    near = topsis(table, sides, "vector" if method == "topsis" else "minmax")
    return {n: _MIDDLE if m.value is None else m.value for n, m in near.items()}, {}
