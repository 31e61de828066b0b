"""What a survey says, as far as its answers carry it, and how fast complaints are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.accounts import answers_until_now
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.satisfaction import (
    customer_effort,
    net_promoter_difference,
    net_promoter_of,
    promoters_of,
    response_rate,
    satisfaction,
)
from portfolio.measure.statistics import Interval, difference, half_width
from portfolio.model.commercial.customers import Response, Survey

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio

_SCALES = {"csat": (1, 5), "nps": (0, 10), "enps": (0, 10), "ces": (1, 7)}
_VARIANTS = {"csat": "CSAT", "nps": "NPS", "enps": "eNPS", "ces": "CES, 1 to 7"}


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """The figure of one survey in its named variant, with its interval, count and answer rate.

    CSAT is a share 0..1, NPS a score -100..100, CES a mean of 1 to 7 whose share of `easy` is 0..1.
    ``half_width`` is that of the plain interval, narrowed for a known population.
    """

    survey: Survey
    variant: str
    value: float
    interval: Interval | None
    easy: float | None
    count: int
    on: date
    rate: Measure[float]
    half_width: Measure[float]


def survey_result(portfolio: Portfolio, survey: Survey) -> Measure[SurveyResult]:
    """Return what a survey says until the as-of day.

    No answer: no_data. Fewer than four people: small_sample, and nothing of what they said. An
    answer off the survey's scale: out_of_range, because a rate of wrong counts is wrong.

    Source: domain A9; worked examples WE-39, WE-40, WE-41.
    """
    answers = answers_until_now(portfolio, survey)
    if not answers:
        return unknown("no_data", "nobody answered")
    if len(answers) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    lowest, highest = survey.scale or _SCALES[survey.type]
    scores = [each.score for each in answers]
    if min(scores) < lowest or max(scores) > highest:
        return unknown("out_of_range", f"an answer is off the scale from {lowest} to {highest}")
    found = _figure(survey.type, scores, highest)
    if found.value is None:
        return unknown(found.code, found.reason)
    value, interval, share = found.value
    population = survey.population
    width: Measure[float] = (
        half_width(share, len(scores), population)
        if survey.type in {"csat", "ces"}
        else unknown("no_data", "a score of promoters has its own interval")
    )
    return Measure(
        SurveyResult(
            survey,
            _VARIANTS[survey.type],
            value,
            interval,
            share if survey.type == "ces" else None,
            len(scores),
            max(each.on for each in answers if each.on is not None),
            response_rate(len(scores), survey.invited),
            width,
        )
    )


def _figure(
    type_: str, scores: list[int], highest: int
) -> Measure[tuple[float, Interval | None, float]]:
    """Return the figure, its interval, and the share behind it."""
    if type_ == "csat":
        satisfied = satisfaction(scores, highest).value
        assert satisfied is not None  # noqa: S101 - somebody answered
        return Measure((satisfied.share, satisfied.interval, satisfied.share))
    if type_ == "ces":
        effort = customer_effort(scores)
        if effort.value is None:
            return unknown(effort.code, effort.reason)
        return Measure((effort.value.mean, None, effort.value.easy))
    promoted = net_promoter_of(scores).value
    assert promoted is not None  # noqa: S101 - somebody answered
    return Measure((promoted.score, Interval(promoted.low, promoted.high), 0.0))


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a figure since the survey before, with the 95 % interval of the change."""

    before: Survey
    change: float
    interval: Interval

    @property
    def is_sure(self) -> bool:
        """Tell whether the change is more than chance: 0 lies outside its interval."""
        return not self.interval.low <= 0 <= self.interval.high


def change_since(portfolio: Portfolio, survey: Survey) -> Measure[Change]:
    """Return how a figure moved since the survey of the same kind about the same before it.

    By the interval of the difference, not by overlapping intervals. No survey before, or a mean
    (CES), which has no such interval here: no_data. Fewer than ten answers in either: small_sample.

    Source: domain A9, difference of two periods.
    """
    now = survey_result(portfolio, survey)
    if now.value is None:
        return unknown(now.code, now.reason)
    earlier = _before(portfolio, survey)
    if earlier is None:
        return unknown("no_data", "no survey before it")
    before = survey_result(portfolio, earlier)
    if before.value is None:
        return unknown(before.code, f"the survey before: {before.reason}")
    if survey.type == "ces":
        return unknown("no_data", "a mean of few answers is not compared")
    found = _difference(portfolio, survey, earlier)
    if found.value is None:
        return unknown(found.code, found.reason)
    return Measure(Change(earlier, now.value.value - before.value.value, found.value))


def _before(portfolio: Portfolio, survey: Survey) -> Survey | None:
    """Return the newest survey sent before this one that asked the same about the same."""
    if survey.sent_on is None:
        return None
    alike = [
        (each.sent_on, each)
        for each in portfolio.all(Survey)
        if each.type == survey.type
        and each.subject.id == survey.subject.id
        and each.sent_on is not None
        and each.sent_on < survey.sent_on
    ]
    return max(alike, key=lambda pair: pair[0])[1] if alike else None


def _difference(portfolio: Portfolio, survey: Survey, earlier: Survey) -> Measure[Interval]:
    now, before = ([a.score for a in answers_until_now(portfolio, s)] for s in (survey, earlier))
    if survey.type != "csat":
        return net_promoter_difference(promoters_of(now), promoters_of(before))

    def top(scores: list[int], asked: Survey) -> tuple[int, int]:
        highest = (asked.scale or _SCALES["csat"])[1]
        return sum(score >= highest - 1 for score in scores), len(scores)

    return difference(top(now, survey), top(before, earlier))


def is_withheld(portfolio: Portfolio, response: Response) -> bool:
    """Tell whether a single answer must not be shown: fewer than four people gave one."""
    survey = portfolio.find(response.survey, Survey)
    answers = portfolio.related(survey, Response, "survey") if survey is not None else ()
    return len(answers) < FEWEST_SHOWN
