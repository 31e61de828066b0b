"""What customers say, with what a small sample can carry: CSAT, NPS, CES, response rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_COMPARED
from portfolio.measure.statistics import NORMAL_95, Interval, wilson_interval

_PROMOTERS = 9
_DETRACTORS = 6
_SEVEN_POINTS = 7
_EASY = 5
_ADDED = 0.75
_ADDED_TO_COUNT = 3


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The share of the satisfied, 0..1, the mean score, the count, and the 95 % interval."""

    share: float
    mean: float
    count: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """The net promoter score, -100..100, with its 95 % interval on the same scale."""

    score: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class CustomerEffort:
    """The mean of answers from 1 to 7 and the share, 0..1, that found it easy (5 to 7)."""

    mean: float
    easy: float
    count: int


def satisfaction(scores: Sequence[int], highest: int = 5) -> Measure[Satisfaction]:
    """Return the customer satisfaction: answers in the two top boxes / answers, and the mean.

    ``highest`` is the top of the scale. No answers: no_data.

    Source: domain A9; worked example WE-39.

    >>> found = satisfaction([5, 4, 4, 2]).value
    >>> found.share, found.mean
    (0.75, 3.75)
    """
    count = len(scores)
    if not count:
        return unknown("no_data", "nobody answered")
    satisfied = sum(score >= highest - 1 for score in scores)
    interval = wilson_interval(satisfied, count).value
    assert interval is not None  # noqa: S101 - something was counted
    return Measure(Satisfaction(satisfied / count, sum(scores) / count, count, interval))


def net_promoter(promoters: int, passives: int, detractors: int) -> Measure[NetPromoter]:
    """Return the share of promoters less that of detractors, times 100, with its interval.

    The interval adds 3/4 to promoters and to detractors and 3 to the count, then takes the Wald
    interval of the difference, p + d - (p - d)2 being its variance; clipped to the scale. No
    answers: no_data.

    Source: Rocks 2016, as MeasuringU describes it; worked example WE-40.

    >>> round(net_promoter(9, 7, 4).value.low, 1)
    -9.5
    """
    count = promoters + passives + detractors
    if not count:
        return unknown("no_data", "nobody answered")
    score = 100 * (promoters - detractors) / count
    middle, variance = _adjusted_score((promoters, passives, detractors))
    half = NORMAL_95 * sqrt(variance)
    low, high = 100 * (middle - half), 100 * (middle + half)
    return Measure(NetPromoter(score, max(-100.0, low), min(100.0, high), count))


def promoters_of(scores: Sequence[int]) -> tuple[int, int, int]:
    """Count promoters (9 and 10), passives and detractors (0 to 6)."""
    promoters = sum(score >= _PROMOTERS for score in scores)
    detractors = sum(score <= _DETRACTORS for score in scores)
    return promoters, len(scores) - promoters - detractors, detractors


def net_promoter_of(scores: Sequence[int]) -> Measure[NetPromoter]:
    """Return the net promoter score of answers from 0 to 10: 9 and 10 promote, 0 to 6 detract.

    Source: domain A9; worked example WE-40.

    >>> net_promoter_of([10, 9, 8, 3]).value.score
    25.0
    """
    return net_promoter(*promoters_of(scores))


def customer_effort(scores: Sequence[int]) -> Measure[CustomerEffort]:
    """Return how easy it was to deal with us: the variant of seven points, 5 to 7 being easy.

    No answers: no_data. An answer above 7 is of another variant: out_of_range.

    Source: domain A9; worked example WE-41.

    >>> customer_effort([7, 3]).value.easy
    0.5
    """
    if not scores:
        return unknown("no_data", "nobody answered")
    if max(scores) > _SEVEN_POINTS or min(scores) < 1:
        return unknown("out_of_range", "answers are not on the scale from 1 to 7")
    easy = sum(score >= _EASY for score in scores) / len(scores)
    return Measure(CustomerEffort(sum(scores) / len(scores), easy, len(scores)))


def response_rate(answers: int, invited: int | None) -> Measure[float]:
    """Return answers / invited, 0..1; nobody invited, not known how many, or fewer: no value.

    Source: domain A9; worked example WE-41.

    >>> response_rate(10, 25).value
    0.4
    """
    if invited is None:
        return unknown("no_data", "nobody wrote how many were invited")
    if not invited:
        return unknown("zero_denominator", "nobody was invited")
    if answers > invited:
        return unknown("out_of_range", f"{answers} answers of {invited} invited cannot be")
    return Measure(answers / invited)


def net_promoter_difference(
    now: tuple[int, int, int], before: tuple[int, int, int]
) -> Measure[Interval]:
    """Return the 95 % interval of the change of a net promoter score, -200..200.

    Each period is (promoters, passives, detractors), adjusted as for its own interval; the
    variances add. Fewer than ten answers in either: small_sample, not comparable.

    Source: Rocks 2016; domain A9.

    >>> net_promoter_difference((5, 3, 1), (9, 7, 4)).code
    'small_sample'
    """
    if min(sum(now), sum(before)) < FEWEST_COMPARED:
        return unknown("small_sample", f"fewer than {FEWEST_COMPARED} answers: not comparable")
    (score, variance), (score_before, variance_before) = map(_adjusted_score, (now, before))
    half = NORMAL_95 * sqrt(variance + variance_before)
    return Measure(
        Interval(100 * (score - score_before - half), 100 * (score - score_before + half))
    )


def _adjusted_score(period: tuple[int, int, int]) -> tuple[float, float]:
    promoters, _, detractors = period
    count = sum(period) + _ADDED_TO_COUNT
    for_, against = (promoters + _ADDED) / count, (detractors + _ADDED) / count
    return for_ - against, (for_ + against - (for_ - against) ** 2) / count
