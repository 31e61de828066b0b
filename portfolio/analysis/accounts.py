"""Accounts: what a customer was promised, what they say, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.analysis.measure import Measure, unknown
from portfolio.analysis.voice import Satisfaction, satisfaction
from portfolio.model.commercial import Contract
from portfolio.model.customers import Response, Survey
from portfolio.model.delivery import Project
from portfolio.model.operations import Service
from portfolio.model.service import Sla

if TYPE_CHECKING:
    from portfolio.model.commercial import Customer
    from portfolio.model.portfolio import Portfolio

_USUAL_SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Opinion:
    """How satisfied a customer was: the survey, the day of its last answer, the figures."""

    survey: Survey
    on: date
    figures: Satisfaction


def newest_opinion(portfolio: Portfolio, customer: Customer) -> Measure[Opinion]:
    """Return the satisfaction of the newest answered CSAT survey of a customer or its projects.

    No such survey, or no answer with a date until the as-of day: no_data.

    Source: domain A9; worked example WE-39.
    """
    projects = {p.id for p in portfolio.related(customer, Project, "customer")}
    surveys = [
        survey
        for survey in portfolio.all(Survey)
        if survey.type == "csat" and survey.subject.id in {customer.id, *projects}
    ]
    found = [opinion for survey in surveys if (opinion := _opinion(portfolio, survey))]
    if not found:
        return unknown("no_data", "no answered satisfaction survey")
    return Measure(max(found, key=lambda opinion: opinion.on))


def _opinion(portfolio: Portfolio, survey: Survey) -> Opinion | None:
    answers = [
        (each.on, each.score)
        for each in portfolio.related(survey, Response, "survey")
        if each.on is not None and each.on <= portfolio.as_of
    ]
    if not answers:
        return None
    highest = (survey.scale or _USUAL_SCALE)[1]
    figures = satisfaction([score for _, score in answers], highest).value
    return Opinion(survey, max(on for on, _ in answers), figures) if figures else None


def levels_for(portfolio: Portfolio, customer: Customer) -> tuple[Sla, ...]:
    """Return the service levels that a customer was promised, by contract or as a user."""

    def concerns(level: Sla) -> bool:
        contract = portfolio.find(level.contract, Contract)
        if contract is not None:
            return contract.customer is not None and contract.customer.id == customer.id
        service = portfolio.find(level.service, Service)
        return service is not None and any(each.id == customer.id for each in service.customers)

    return tuple(level for level in portfolio.all(Sla) if concerns(level))
