"""What a survey says, as far as its answers carry it, and how fast complaints are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.satisfaction import (
    Satisfaction,
    customer_effort,
    net_promoter_difference,
    net_promoter_of,
    promoters_of,
    response_rate,
    satisfaction,
)
from portfolio.measure.statistics import Interval, difference, half_width, wilson_interval
from portfolio.model.commercial.contracts import Contract
from portfolio.model.commercial.customers import Response, Survey
from portfolio.model.delivery.projects import Project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Customer
    from portfolio.view.view import View

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


def survey_result(portfolio: View, survey: Survey) -> Measure[SurveyResult]:
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

    def result(found: tuple[float, Interval | None, float]) -> SurveyResult:
        value, interval, share = found
        width: Measure[float] = (
            half_width(share, len(scores), survey.population)
            if survey.type in {"csat", "ces"}
            else unknown("no_data", "a score of promoters has its own interval")
        )
        return SurveyResult(
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

    return _figure(survey.type, scores, highest).map(result)


def _figure(
    type_: str, scores: list[int], highest: int
) -> Measure[tuple[float, Interval | None, float]]:
    """Return the figure, its interval, and the share behind it."""
    if type_ == "csat":
        return satisfaction(scores, highest).map(
            lambda found: (found.share, found.interval, found.share)
        )
    if type_ == "ces":
        return customer_effort(scores).map(lambda effort: (effort.mean, None, effort.easy))
    return net_promoter_of(scores).map(
        lambda found: (found.score, Interval(found.low, found.high), 0.0)
    )


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


def change_since(portfolio: View, survey: Survey) -> Measure[Change]:
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
    moved = now.value.value - before.value.value
    return _difference(portfolio, survey, earlier).map(lambda sure: Change(earlier, moved, sure))


def _before(portfolio: View, survey: Survey) -> Survey | None:
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


def _difference(portfolio: View, survey: Survey, earlier: Survey) -> Measure[Interval]:
    now, before = ([a.score for a in answers_until_now(portfolio, s)] for s in (survey, earlier))
    if survey.type != "csat":
        return net_promoter_difference(promoters_of(now), promoters_of(before))

    def top(scores: list[int], asked: Survey) -> tuple[int, int]:
        highest = (asked.scale or _SCALES["csat"])[1]
        return sum(score >= highest - 1 for score in scores), len(scores)

    return difference(top(now, survey), top(before, earlier))


_USUAL_SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Opinion:
    """How satisfied a customer was: the survey, the day of its last answer, the figures."""

    survey: Survey
    on: date
    figures: Satisfaction


def surveys_of(portfolio: View, customer: Customer) -> tuple[Survey, ...]:
    """Return the surveys about a customer or about a project for it."""
    projects = {project.id for project in projects_for(portfolio, customer)}
    about = {customer.id, *projects}
    return tuple(each for each in portfolio.all(Survey) if each.subject.id in about)


def projects_for(portfolio: View, customer: Customer) -> tuple[Project, ...]:
    """Return the projects that a customer is named in, or that deliver a contract with it."""
    found = {each.id: each for each in portfolio.related(customer, Project, "customer")}
    for contract in portfolio.related(customer, Contract, "customer"):
        found |= {each.id: each for each in portfolio.related(contract, Project, "contract")}
    return tuple(found.values())


def newest_opinion(portfolio: View, customer: Customer) -> Measure[Opinion]:
    """Return the satisfaction of the newest answered CSAT survey of a customer or its projects.

    No such survey, or no answer with a date until the as-of day: no_data. Answers of fewer than
    four people: small_sample, and no figure at all.

    Source: domain A9; worked example WE-39.
    """
    surveys = [each for each in surveys_of(portfolio, customer) if each.type == "csat"]
    found = [opinion for survey in surveys if (opinion := _opinion(portfolio, survey))]
    if not found:
        return unknown("no_data", "no answered satisfaction survey")
    newest = max(found, key=lambda opinion: opinion.on)
    is_few = newest.figures.count < FEWEST_SHOWN
    return unknown("small_sample", TOO_FEW) if is_few else Measure(newest)


def pooled_opinion(portfolio: View, customers: Iterable[Customer]) -> Measure[Satisfaction]:
    """Return the satisfaction of all customers together: the newest opinion of each, pooled.

    Answers are added, never shares averaged; an opinion of fewer than four people is left out.
    None: no_data.

    Source: domain A9 and prohibited averages of section 1; worked example WE-39.
    """
    found = [newest_opinion(portfolio, each).value for each in customers]
    figures = [opinion.figures for opinion in found if opinion is not None]
    hits = sum(round(each.share * each.count) for each in figures)
    count = sum(each.count for each in figures)
    interval = wilson_interval(hits, count)
    if interval.value is None:
        return unknown("no_data", "no answered satisfaction survey")
    mean = fsum(each.mean * each.count for each in figures) / count
    return Measure(Satisfaction(hits / count, mean, count, interval.value))


def _opinion(portfolio: View, survey: Survey) -> Opinion | None:
    answers = answers_until_now(portfolio, survey)
    if not answers:
        return None
    highest = (survey.scale or _USUAL_SCALE)[1]
    figures = satisfaction([each.score for each in answers], highest).value
    on = max(each.on for each in answers if each.on is not None)
    return Opinion(survey, on, figures) if figures else None


def answers_until_now(portfolio: View, survey: Survey) -> list[Response]:
    """Return the answers to a survey that carry a day until the as-of day."""
    return [
        each
        for each in portfolio.related(survey, Response, "survey")
        if each.on is not None and each.on <= portfolio.as_of
    ]
