"""Adoption in figures: where people stand between hearing of a change and living it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.measure import Measure, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Element = Literal["awareness", "desire", "knowledge", "ability", "reinforcement"]
ELEMENTS: tuple[Element, ...] = ("awareness", "desire", "knowledge", "ability", "reinforcement")
BARRIER = 3
WEIGHTS: Mapping[str, int] = {"low": 1, "medium": 5, "high": 10}


@dataclass(frozen=True, slots=True)
class AdkarProfile:
    """The mean of each element, 1 to 5, and the first that blocks: the barrier point."""

    means: Mapping[Element, Decimal]
    barrier: Element | None
    readiness: Decimal
    count: int


def barrier_point(scores: Mapping[Element, Decimal]) -> Element | None:
    """Return the first element, in order, that scores 3 or below; None where nothing blocks.

    Source: Prosci ADKAR; worked example WE-44.

    >>> barrier_point(dict.fromkeys(ELEMENTS, Decimal(4))) is None
    True
    """
    return next((element for element in ELEMENTS if scores[element] <= BARRIER), None)


def adkar_profile(answers: Sequence[Sequence[int]]) -> Measure[AdkarProfile]:
    """Return the profile of a group: means, barrier point, readiness 0..1.

    Each answer has five scores from 1 to 5, in the order of the elements. readiness = mean of the
    five means / 5. The mean hides individuals: some are blocked before the group is. No answers:
    no_data.

    Source: Prosci ADKAR; worked example WE-44.

    >>> adkar_profile([(5, 4, 3, 2, 3), (4, 3, 2, 2, 1), (4, 4, 3, 3, 2),
    ...                (5, 3, 3, 2, 2)]).value.barrier
    'knowledge'
    """
    if not answers:
        return unknown("no_data", "nobody has answered")
    count = len(answers)
    means = {
        element: Decimal(sum(answer[place] for answer in answers)) / count
        for place, element in enumerate(ELEMENTS)
    }
    readiness = sum(means.values(), Decimal(0)) / len(ELEMENTS) / 5
    return Measure(AdkarProfile(means, barrier_point(means), readiness, count))


def change_load(magnitudes: Iterable[str]) -> int:
    """Return the load that changes put on a group in a period, in points.

    load = sum of weights: low 1, medium 5, high 10. Nothing lands: 0.

    Source: ChangePlan's weighted impact score; worked example WE-42.

    >>> change_load(["high", "high", "medium"])
    25
    """
    return sum(WEIGHTS[magnitude] for magnitude in magnitudes)


def saturation(load: int, absorption_capacity: Decimal) -> Measure[Decimal]:
    """Return how much of what a unit can absorb lands on it, 1 is all of it.

    saturation = load / absorption capacity, both in points of one month. Capacity 0:
    zero_denominator.

    Source: worked example WE-42.

    >>> round(saturation(25, Decimal(12)).value, 3)
    Decimal('2.083')
    """
    if absorption_capacity <= 0:
        return unknown("zero_denominator", "the unit can absorb nothing")
    return Measure(load / absorption_capacity)
