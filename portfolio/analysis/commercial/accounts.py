"""Accounts: what a customer was promised, what they say, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.satisfaction import Satisfaction, satisfaction
from portfolio.measure.statistics import wilson_interval
from portfolio.model.commercial.contracts import Contract
from portfolio.model.commercial.customers import Response, Survey
from portfolio.model.delivery.projects import Project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Customer
    from portfolio.model.portfolio import Portfolio

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
