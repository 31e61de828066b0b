"""The computed columns about budgets: what is free, how long it lasts, where the year lands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.finance.cost_variance import price_and_volume
from portfolio.analysis.finance.earned_value import to_complete_performance_index
from portfolio.analysis.finance.expenditure import (
    cost_by_category,
    open_amount,
    spending,
    year_view,
)
from portfolio.analysis.finance.forecast_accuracy import accuracy, judged_forecasts
from portfolio.analysis.finance.portfolio_performance import Pool, pool
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.measure.currency import in_currency, total
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, ratio, unknown
from portfolio.measure.table import cents
from portfolio.model.delivery.projects import Programme, Project
from portfolio.model.finance import BudgetLine, Commitment, Funding
from portfolio.model.resources import Person
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.finance.cost_variance import PriceVolume
    from portfolio.analysis.finance.expenditure import CategoryCost
    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.view.view import View

T = TypeVar("T")


@column(Project, order=50)
def free_budget(project: Project, portfolio: View) -> Measure[Money]:
    """Return the budget less actual cost and open orders."""
    return spending(portfolio, project).map(lambda found: Money(found.free, found.currency))


@column(Project, order=60)
def price_variance(project: Project, portfolio: View) -> Measure[Money]:
    """Return what dearer units have cost until now; positive is cheaper than planned."""
    return _split(portfolio, project, lambda found: found.price)


@column(Project, order=70)
def volume_variance(project: Project, portfolio: View) -> Measure[Money]:
    """Return what more units have cost until now; positive is fewer than planned."""
    return _split(portfolio, project, lambda found: found.volume)


def _split(
    portfolio: View, project: Project, read: Callable[[PriceVolume], Decimal]
) -> Measure[Money]:
    found = price_and_volume(portfolio, project).map(lambda split: cents(read(split)))
    return in_currency(found, project.bac.currency if project.bac is not None else "")


@column(Project, order=80)
def burn_per_month(project: Project, portfolio: View) -> Measure[Money]:
    """Return the mean cost of the last three months."""
    return spending(portfolio, project).then(lambda found: in_currency(found.burn, found.currency))


@column(Project, order=90)
def runway_months(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return how many months the budget lasts at the present burn."""
    return spending(portfolio, project).then(lambda found: found.runway)


@column(Project, order=100)
def required_and_achieved(project: Project, portfolio: View) -> Measure[str]:
    """Return the cost performance that the rest needs to hold the budget / the one until now."""

    def in_words(found: Performance) -> Measure[str]:
        achieved = found.figures.cost_performance_index
        so_far = f"{achieved.value:.2f}" if achieved.value is not None else achieved.reason
        needed = to_complete_performance_index(found.figures)
        return needed.map(lambda index: f"{index:.2f} / {so_far}")

    return project_performance(portfolio, project).then(in_words)


@column(Project, order=140)
def year_outturn(project: Project, portfolio: View) -> Measure[Mapping[str, Decimal]]:
    """Return the financial year: budget, booked, outturn, and budget less outturn."""
    return year_view(portfolio, project).map(
        lambda year: {
            "budget": cents(year.budget),
            "actual": cents(year.actual),
            "outturn": cents(year.outturn),
            "variance": cents(year.variance.amount),
        }
    )


@column(Project, order=150)
def capex_share(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the share of the budget lines that is capital expenditure only."""

    def share(found: Sequence[CategoryCost]) -> Measure[Decimal]:
        whole = sum((each.budget for each in found), Decimal(0))
        capital = sum((each.capital for each in found), Decimal(0))
        return ratio(capital, whole, "the budget is 0")

    return cost_by_category(portfolio, project).then(share)


@column(Project, order=160)
def forecast_error(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return by how much of the cost its forecasts of months now over were off (WAPE)."""
    return accuracy(judged_forecasts(portfolio, [project])).absolute


@column(Project, order=170)
def forecast_bias(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return by how much of the cost its forecasts were too high; negative is too low."""
    return accuracy(judged_forecasts(portfolio, [project])).bias


@column(Person, order=10)
def forecast_bias_of_author(person: Person, portfolio: View) -> Measure[Decimal]:
    """Return by how much of the cost the forecasts they made were too high; negative too low."""
    judged = judged_forecasts(portfolio, portfolio.all(Project))
    return accuracy(each for each in judged if each.author == person.id).bias


@column(Programme)
def pooled_cost_performance(programme: Programme, portfolio: View) -> Measure[Decimal]:
    """Return the summed earned value by the summed actual cost of its projects."""
    return _pool(programme, portfolio).figures.cost_performance_index


@column(Programme)
def worst_project(programme: Programme, portfolio: View) -> str | None:
    """Return the id of its project with the lowest cost performance."""
    worst = _pool(programme, portfolio).worst
    return worst[0].id if worst is not None else None


@column(Programme)
def pooled_estimate(programme: Programme, portfolio: View) -> Measure[Mapping[str, Decimal]]:
    """Return the sums of the lowest, the selected and the highest estimates of its projects."""
    found = _pool(programme, portfolio)
    if not found.members:
        return unknown("no_data", "no project is measured")
    return Measure(
        {
            "budget": cents(found.figures.bac),
            "low": cents(found.low),
            "selected": cents(found.selected),
            "high": cents(found.high),
        }
    )


@column(Funding)
def allotted(funding: Funding, portfolio: View) -> Measure[Money]:
    """Return the budget lines that are paid from it."""
    lines = portfolio.related(funding, BudgetLine, "funding")
    parts = [(part.amount, part.period.start) for line in lines for part in line.periods]
    return total(parts, funding.amount.currency, portfolio.settings.exchange_rates)


@column(Funding)
def unallotted(funding: Funding, portfolio: View) -> Measure[Money]:
    """Return what of it no budget line has claimed; negative is promised twice."""
    used: Measure[Money] = allotted(funding, portfolio)
    whole = funding.amount
    return used.map(lambda lines: Money(whole.amount - lines.amount, whole.currency))


@column(Commitment)
def open_order(commitment: Commitment, _: View) -> Money:
    """Return what is ordered and not billed yet."""
    return open_amount(commitment)


def _pool(programme: Programme, portfolio: View) -> Pool:
    return pool(portfolio, portfolio.related(programme, Project, "programme"))
