"""The computed columns of strategy: alignment, business cases, benefits, objectives, proposals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.finance.benefits_realisation import Realisation, doubts, realisation
from portfolio.analysis.finance.business_case import BusinessCase, business_case
from portfolio.analysis.strategy import alignment as strategy
from portfolio.analysis.strategy.prioritisation import Ranking, ranking
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import column
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Benefit
from portfolio.model.portfolio import per_portfolio
from portfolio.model.strategy import Objective, Proposal
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.analysis.strategy.alignment import ObjectiveSpend
    from portfolio.model.portfolio import Portfolio

T = TypeVar("T")
_FINE, _CENT = Decimal("0.0001"), Decimal("0.01")


@column(Project, order=480)
def alignment(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return how much a project serves the strategy, 0..1, by the weights of the objectives."""
    found = strategy.alignment(portfolio, project)
    return found if found.value is None else Measure(found.value.quantize(_FINE))


@column(Project, order=490)
def net_present_value(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return what the project is worth at its forecast cost and the dates of today."""
    return _case(portfolio, project, lambda found: Measure(found.value))


@column(Project, order=500)
def benefit_cost_ratio(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the present value of the benefits by the cost."""
    return _case(portfolio, project, lambda found: _cents(found.ratio))


@column(Project, order=510)
def payback_years(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return in how many years from the start the benefits have paid for the cost."""
    return _case(portfolio, project, lambda found: _cents(found.payback))


@column(Objective)
def budget(objective: Objective, portfolio: Portfolio) -> Measure[Money]:
    """Return the budget of the projects that serve the objective most; of a step: no value."""
    return _spend(portfolio, objective, lambda found: Measure(found.amount))


@column(Objective)
def budget_share(objective: Objective, portfolio: Portfolio) -> Measure[Decimal]:
    """Return that budget as a share of all, 0..1, to be held against the target."""
    return _spend(portfolio, objective, lambda found: found.share)


@column(Objective)
def is_served(objective: Objective, portfolio: Portfolio) -> bool:
    """Tell whether a live project serves the objective directly."""
    return strategy.is_served(portfolio, objective)


@column(Benefit)
def planned_to_date(benefit: Benefit, portfolio: Portfolio) -> Measure[Money]:
    """Return what was planned for the periods that are over and measured."""
    return _arrived(portfolio, benefit, lambda found: Measure(found.planned))


@column(Benefit)
def actual_to_date(benefit: Benefit, portfolio: Portfolio) -> Measure[Money]:
    """Return what has arrived in them, before attribution."""
    return _arrived(portfolio, benefit, lambda found: Measure(found.actual))


@column(Benefit)
def realised(benefit: Benefit, portfolio: Portfolio) -> Measure[Decimal]:
    """Return actual / planned to date, 0..1 and above."""
    found = realisation(portfolio, benefit)
    if found.value is None:
        return unknown(found.code, found.reason)
    rate = found.value.rate
    return rate if rate.value is None else Measure(rate.value.quantize(_FINE))


@column(Benefit)
def forecast_value(benefit: Benefit, portfolio: Portfolio) -> Measure[Money]:
    """Return the whole plan at the rate to date."""
    return _arrived(portfolio, benefit, lambda found: found.forecast)


@column(Benefit)
def in_doubt(benefit: Benefit, portfolio: Portfolio) -> Measure[str]:
    """Return what speaks against the plan: its milestone, its owner or its indicator."""
    found = doubts(portfolio, benefit)
    return Measure("; ".join(found)) if found else unknown("finished", "nothing")


@column(Proposal)
def score(proposal: Proposal, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the score on all criteria, 0..1, by the method in the settings."""
    for each in _ranked(portfolio).ranked:
        if each.proposal.id == proposal.id:
            return Measure(Decimal(each.score).quantize(_FINE))
    return unknown("no_data", "a score on a criterion is missing")


@column(Proposal)
def rank(proposal: Proposal, portfolio: Portfolio) -> Measure[int]:
    """Return the place among all proposals by that score; 1 is the first."""
    for place, each in enumerate(_ranked(portfolio).ranked, 1):
        if each.proposal.id == proposal.id:
            return Measure(place)
    return unknown("no_data", "a score on a criterion is missing")


@per_portfolio
def _ranked(portfolio: Portfolio) -> Ranking:
    return ranking(portfolio, portfolio.settings.prioritisation.method)


def _cents(found: Measure[Decimal]) -> Measure[Decimal]:
    return found if found.value is None else Measure(found.value.quantize(_CENT))


def _case(
    portfolio: Portfolio, project: Project, read: Callable[[BusinessCase], Measure[T]]
) -> Measure[T]:
    found = business_case(portfolio, project)
    return read(found.value) if found.value is not None else unknown(found.code, found.reason)


def _spend(
    portfolio: Portfolio, objective: Objective, read: Callable[[ObjectiveSpend], Measure[T]]
) -> Measure[T]:
    found = strategy.spend_by_objective(portfolio, portfolio.all(Project))
    if found.value is None:
        return unknown(found.code, found.reason)
    for each in found.value:
        if each.objective.id == objective.id:
            return read(each)
    return unknown("no_data", "it is a step of another objective, or not active")


def _arrived(
    portfolio: Portfolio, benefit: Benefit, read: Callable[[Realisation], Measure[Decimal]]
) -> Measure[Money]:
    found = realisation(portfolio, benefit)
    if found.value is None:
        return unknown(found.code, found.reason)
    if not found.value.planned and not found.value.actual:
        return unknown("not_started", "nothing is due yet")
    amount = read(found.value)
    if amount.value is None:
        return unknown(amount.code, amount.reason)
    return Measure(Money(amount.value, portfolio.settings.organisation.currency))
