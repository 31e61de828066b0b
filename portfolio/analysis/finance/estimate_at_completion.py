"""What a project will cost when it is done, by the best evidence there is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.completion import completion
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Actual, EvSnapshot, Forecast
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.model.entity import Entity
    from portfolio.model.portfolio import Portfolio

_EARLY = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """An estimate at completion, and the entity and field that it rests on."""

    amount: Money
    source: Entity
    key: str


def cost_estimate(portfolio: Portfolio, project: Project) -> Measure[CostEstimate]:
    """Return the estimate at completion of a project, in the currency of its budget.

    The newest forecast: actual cost up to its day + what it expects from then on. Else the newest
    earned-value figures: BAC x AC / EV from a fifth complete on, before that AC + (BAC - EV),
    because an early cost performance says little. Without figures as stated, those that the
    activities' budgets and the booked costs give. Amounts are converted at the rate of their day.

    No budget, neither forecast nor earned value, or a missing exchange rate: no_data.

    Source: the EAC family of earned value management; worked example WE-01.

    >>> from datetime import date
    >>> from portfolio.model.delivery.projects import Project
    >>> from portfolio.model.portfolio import Portfolio
    >>> from portfolio.settings import Settings
    >>> nothing = Portfolio(Settings(), date(2026, 3, 31), [])
    >>> cost_estimate(nothing, Project(id="atlas")).reason
    'no budget is stated'
    """
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    forecasts = [
        each
        for each in portfolio.related(project, Forecast, "project")
        if each.as_of <= portfolio.as_of
    ]
    if forecasts:
        newest = max(forecasts, key=lambda each: each.as_of)
        return estimate_by_forecast(portfolio, project, project.bac, newest)
    snapshots = [
        each
        for each in portfolio.related(project, EvSnapshot, "project")
        if each.as_of <= portfolio.as_of
    ]
    if snapshots:
        return _by_performance(project.bac, max(snapshots, key=lambda each: each.as_of))
    return _by_activities(portfolio, project, project.bac)


def estimate_by_forecast(
    portfolio: Portfolio, project: Project, budget: Money, newest: Forecast
) -> Measure[CostEstimate]:
    """Return actual cost up to the day of a forecast + what it expects from then on.

    In the currency of the budget, at the rate of each day; a missing rate: no_data.

    Source: the bottom-up estimate of earned value management; worked example WE-03.
    """
    spent = [
        (actual.amount, actual.period.start)
        for actual in portfolio.related(project, Actual, "project")
        if actual.period.start <= newest.as_of
    ]
    expected = [(part.amount, newest.as_of) for part in newest.periods]
    rates = portfolio.settings.exchange_rates
    summed = total([*spent, *expected], budget.currency, rates)
    if summed.value is None:
        return unknown(summed.code, summed.reason)
    return Measure(CostEstimate(summed.value, newest, "periods"))


def _by_activities(portfolio: Portfolio, project: Project, budget: Money) -> Measure[CostEstimate]:
    """Return the estimate that budgets of activities and booked costs give, once work is earned."""
    found, computed = project_performance(portfolio, project).value, completion(portfolio, project)
    is_measured = found is not None and found.figures.ev and found.figures.ac
    if computed.value is None or found is None or not is_measured:
        return unknown("no_data", "neither a forecast nor earned value is stated")
    if found.currency != budget.currency:
        return unknown("no_data", "budget and earned value are in different currencies")
    return Measure(CostEstimate(Money(computed.value.selected, budget.currency), project, "bac"))


def _by_performance(budget: Money, newest: EvSnapshot) -> Measure[CostEstimate]:
    if not budget.currency == newest.ev.currency == newest.ac.currency:
        return unknown("no_data", "budget and earned value are in different currencies")
    earned, spent = newest.ev.amount, newest.ac.amount
    value = spent + budget.amount - earned
    if earned >= budget.amount * _EARLY and spent > 0 and earned > 0:
        value = budget.amount * spent / earned
    return Measure(CostEstimate(Money(value, budget.currency), newest, "ev"))
