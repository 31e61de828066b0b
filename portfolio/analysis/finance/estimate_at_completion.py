"""What a project will cost when it is done, by the best evidence there is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_value import (
    EarnedValue,
    EstimateRange,
    estimate_range,
    recent_cost_performance,
)
from portfolio.analysis.finance.expenditure import newest_forecast
from portfolio.analysis.finance.project_performance import project_performance, snapshots_of
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Actual, EvSnapshot, Forecast
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.model.delivery.projects import Project
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_EARLY = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """An estimate at completion, and the entity and field that it rests on."""

    amount: Money
    source: Entity
    key: str


def cost_estimate(portfolio: View, project: Project) -> Measure[CostEstimate]:
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
    >>> from portfolio.view.view import View
    >>> nothing = View(Portfolio(Settings(), date(2026, 3, 31), []))
    >>> cost_estimate(nothing, Project(id="atlas")).reason
    'no budget is stated'
    """
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    newest = newest_forecast(portfolio, project)
    if newest is not None:
        return estimate_by_forecast(portfolio, project, project.bac, newest)
    snapshots = snapshots_of(portfolio, project)
    if snapshots:
        return _by_performance(project.bac, max(snapshots, key=lambda each: each.as_of))
    return _by_activities(portfolio, project, project.bac)


def estimate_by_forecast(
    portfolio: View, project: Project, budget: Money, newest: Forecast
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
    return total([*spent, *expected], budget.currency, rates).map(
        lambda summed: CostEstimate(summed, newest, "periods")
    )


def _by_activities(portfolio: View, project: Project, budget: Money) -> Measure[CostEstimate]:
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


_CADENCE_DAYS = 31


def completion(portfolio: View, project: Project) -> Measure[EstimateRange]:
    """Return the estimate at completion of a project as low, selected and high.

    The rest as people expect it comes from the newest forecast; it is selected where that is not
    older than a month and the days of grace. The figures are those of `project_performance`.

    Source: domain A2; worked examples WE-01, WE-03.
    """
    newest = newest_forecast(portfolio, project)
    history = [
        EarnedValue(Decimal(0), each.pv.amount, each.ev.amount, each.ac.amount)
        for each in snapshots_of(portfolio, project)
    ]
    allowed = _CADENCE_DAYS + portfolio.settings.thresholds.report_grace_days
    return project_performance(portfolio, project).then(
        lambda found: estimate_range(
            found.figures,
            bottom_up=_expected(portfolio, newest, found) if newest is not None else None,
            is_current=newest is not None and (portfolio.as_of - newest.as_of).days <= allowed,
            recent_index=recent_cost_performance(history),
        )
    )


def _expected(portfolio: View, forecast: Forecast, found: Performance) -> Decimal | None:
    """Return what a forecast expects from then on, in the currency of the figures."""
    parts = [(part.amount, forecast.as_of) for part in forecast.periods]
    summed = total(parts, found.currency, portfolio.settings.exchange_rates)
    return summed.map(lambda money: money.amount).value
