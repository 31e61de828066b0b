"""Adoption in figures: where people stand between hearing of a change and living it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, per, ratio, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Element = Literal["awareness", "desire", "knowledge", "ability", "reinforcement"]
ELEMENTS: tuple[Element, ...] = ("awareness", "desire", "knowledge", "ability", "reinforcement")
BARRIER = 3
FEWEST_FOR_MEANS = 5
"""Means of fewer answers are not shown, only how many people are blocked where."""
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


def shown_profile(answers: Sequence[Sequence[int]]) -> Measure[AdkarProfile]:
    """Return the profile of a group as it may be shown: of fewer than five people none.

    Of four people only the counts of `individual_barriers` are shown, of fewer nothing at all.

    Source: domain A5, protection of anonymity.

    >>> shown_profile([(5, 4, 3, 2, 3)] * 4).code
    'small_sample'
    """
    if answers and len(answers) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    if answers and len(answers) < FEWEST_FOR_MEANS:
        return unknown("small_sample", f"fewer than {FEWEST_FOR_MEANS} answers")
    return adkar_profile(answers)


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
    return per(Decimal(load), absorption_capacity, "the unit can absorb nothing")


def individual_barriers(answers: Sequence[Sequence[int]]) -> Measure[Mapping[str, int]]:
    """Return how many people are blocked at each element; `none` are those whom nothing blocks.

    The mean of a group hides them. Fewer than four answers: small_sample, since one could be known.

    Source: Prosci ADKAR; worked example WE-44.

    >>> individual_barriers([(5, 4, 3, 2, 3), (4, 3, 2, 2, 1), (4, 4, 3, 3, 2),
    ...                      (5, 3, 3, 2, 2)]).value
    {'desire': 2, 'knowledge': 2}
    """
    if len(answers) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW) if answers else unknown("no_data", "no answers")
    found = [
        barrier_point(dict(zip(ELEMENTS, map(Decimal, scores), strict=True))) or "none"
        for scores in answers
    ]
    return Measure({name: found.count(name) for name in (*ELEMENTS, "none") if name in found})


def adoption_index(eligible: int, using: int, proficient: int) -> Measure[Decimal]:
    """Return (using / eligible) x (proficient / using), 0..1.

    Nobody eligible: zero_denominator. Nobody using: 0, whatever anybody could do.

    Source: domain A5; worked example WE-44.

    >>> adoption_index(100, 70, 56).value
    Decimal('0.56')
    """
    skilled = Decimal(proficient if using else 0)
    return per(skilled, Decimal(eligible), "nobody is eligible")


def speed_of_adoption(utilisation: Sequence[Decimal], target: Decimal) -> Measure[int]:
    """Return the periods until use first reaches a target and stays there for two periods.

    ``utilisation`` is using / eligible of each period since go-live, oldest first; the answer
    counts from 1. Never: unreachable so far, "and counting".

    Source: domain A5.

    >>> speed_of_adoption([Decimal(each) for each in ("0.4", "0.8", "0.7", "0.8", "0.9")],
    ...                   Decimal("0.8")).value
    4
    """
    for place in range(len(utilisation) - 1):
        if min(utilisation[place : place + 2]) >= target:
            return Measure(place + 1)
    return unknown("unreachable", f"not reached in {len(utilisation)} periods, and counting")


def support_gap(groups: Iterable[tuple[int, int, int]]) -> Measure[Decimal]:
    """Return the support that is missing, from 0 to 4 points a person.

    sum of people x max(0, needed - current) / people, over (people, current, needed) with support
    from -2 against to 2 for. More support in one group does not make up for another. No people:
    no_data.

    Source: domain A5.

    >>> support_gap([(30, -1, 1), (10, 2, 0)]).value
    Decimal('1.5')
    """
    stated = list(groups)
    people = sum(count for count, _, _ in stated)
    missing = sum(count * max(0, needed - current) for count, current, needed in stated)
    return ratio(Decimal(missing), people, "nobody is counted", "no_data")


@dataclass(frozen=True, slots=True)
class TrainingCoverage:
    """The share of people trained, now and as projected to the go-live."""

    now: Decimal
    projected: Measure[Decimal]


def training_coverage(
    completed: int, target: int, elapsed_days: int | None = None, days_left: int | None = None
) -> Measure[TrainingCoverage]:
    """Return completed / target, now and at the go-live if people go on at the pace so far.

    projected = completed x (1 + days left / elapsed days) / target, at most 1. Elapsed days are
    those since training began; not known or 0: no projection. A go-live that has passed leaves no
    days. Nobody to train: zero_denominator.

    Source: domain A5.

    >>> found = training_coverage(30, 60, elapsed_days=20, days_left=10).value
    >>> found.now, found.projected.value
    (Decimal('0.5'), Decimal('0.75'))
    """
    if target <= 0:
        return unknown("zero_denominator", "nobody is to be trained")
    now = Decimal(completed) / target
    if not elapsed_days or elapsed_days < 0 or days_left is None:
        return Measure(TrainingCoverage(now, unknown("no_data", "no pace to project")))
    projected = now * (1 + Decimal(max(days_left, 0)) / elapsed_days)
    return Measure(TrainingCoverage(now, Measure(min(projected, max(now, Decimal(1))))))
