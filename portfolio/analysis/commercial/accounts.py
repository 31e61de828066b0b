"""Accounts: what a customer was promised, what they say, and what lies between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import fsum
from typing import TYPE_CHECKING

from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.satisfaction import FEWEST_SHOWN, TOO_FEW, Satisfaction, satisfaction
from portfolio.measure.statistics import is_surely_below, wilson_interval
from portfolio.model.commercial.contracts import Contract
from portfolio.model.commercial.customers import Response, Survey
from portfolio.model.delivery.projects import Project
from portfolio.model.operations.services import Service
from portfolio.model.portfolio import per_portfolio
from portfolio.model.service import Sla

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Customer
    from portfolio.model.portfolio import Portfolio
    from portfolio.values import Period

_USUAL_SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Opinion:
    """How satisfied a customer was: the survey, the day of its last answer, the figures."""

    survey: Survey
    on: date
    figures: Satisfaction


def surveys_of(portfolio: Portfolio, customer: Customer) -> tuple[Survey, ...]:
    """Return the surveys about a customer or about a project for it."""
    projects = {project.id for project in projects_for(portfolio, customer)}
    about = {customer.id, *projects}
    return tuple(each for each in portfolio.all(Survey) if each.subject.id in about)


def projects_for(portfolio: Portfolio, customer: Customer) -> tuple[Project, ...]:
    """Return the projects that a customer is named in, or that deliver a contract with it."""
    found = {each.id: each for each in portfolio.related(customer, Project, "customer")}
    for contract in portfolio.related(customer, Contract, "customer"):
        found |= {each.id: each for each in portfolio.related(contract, Project, "contract")}
    return tuple(found.values())


def newest_opinion(portfolio: Portfolio, customer: Customer) -> Measure[Opinion]:
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
    if newest.figures.count < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    return Measure(newest)


def pooled_opinion(portfolio: Portfolio, customers: Iterable[Customer]) -> Measure[Satisfaction]:
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


def _opinion(portfolio: Portfolio, survey: Survey) -> Opinion | None:
    answers = answers_until_now(portfolio, survey)
    if not answers:
        return None
    highest = (survey.scale or _USUAL_SCALE)[1]
    figures = satisfaction([each.score for each in answers], highest).value
    on = max(each.on for each in answers if each.on is not None)
    return Opinion(survey, on, figures) if figures else None


def answers_until_now(portfolio: Portfolio, survey: Survey) -> list[Response]:
    """Return the answers to a survey that carry a day until the as-of day."""
    return [
        each
        for each in portfolio.related(survey, Response, "survey")
        if each.on is not None and each.on <= portfolio.as_of
    ]


@dataclass(frozen=True, slots=True)
class Watermelon:
    """Green outside, red inside: levels kept with the value of each, and the opinion behind."""

    opinion: Opinion
    kept: tuple[tuple[Sla, Period, Decimal], ...]


def watermelon(portfolio: Portfolio, customer: Customer) -> Measure[Watermelon]:
    """Return the levels that were all kept although the customer is surely not satisfied.

    Surely: the whole 95 % interval of the satisfied share lies below the amber edge. Levels count
    with their newest value until the day of the opinion. No opinion: its reason. None measured:
    no_data. No gap between the two: finished, there is nothing to see.

    Source: domain A9, watermelon gap; logic of worked example WE-62.
    """
    opinion = newest_opinion(portfolio, customer)
    if opinion.value is None:
        return unknown(opinion.code, opinion.reason)
    newest = [
        (level, *values[-1])
        for level in levels_for(portfolio, customer)
        if (values := _until(portfolio, level, opinion.value.on))
    ]
    if not newest:
        return unknown("no_data", "no service level was measured")
    amber = float(portfolio.settings.thresholds.satisfaction.amber)
    is_happy = not is_surely_below(opinion.value.figures.interval, amber)
    if is_happy or any(is_missed(level, value) for level, _, value in newest):
        return unknown("finished", "service levels and satisfaction do not contradict each other")
    return Measure(Watermelon(opinion.value, tuple(newest)))


def _until(portfolio: Portfolio, level: Sla, day: date) -> list[tuple[Period, Decimal]]:
    return [item for item in measured_values(portfolio, level) if item[0].start <= day]


def levels_for(portfolio: Portfolio, customer: Customer) -> tuple[Sla, ...]:
    """Return the service levels that a customer was promised, by contract or as a user."""
    return _levels_by_customer(portfolio).get(customer.id, ())


@per_portfolio
def _levels_by_customer(portfolio: Portfolio) -> Mapping[str, tuple[Sla, ...]]:
    found: dict[str, list[Sla]] = defaultdict(list)
    for level in portfolio.all(Sla):
        contract = portfolio.find(level.contract, Contract)
        service = portfolio.find(level.service, Service)
        users = service.customers if service is not None else ()
        if contract is not None:
            users = (contract.customer,) if contract.customer is not None else ()
        for user in dict.fromkeys(each.id for each in users):
            found[user].append(level)
    return {customer: tuple(levels) for customer, levels in found.items()}
