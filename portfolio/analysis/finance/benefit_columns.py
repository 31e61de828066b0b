"""The computed columns of benefits, proposals and business cases."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.finance.benefits_realisation import Realisation, doubts, realisation
from portfolio.analysis.finance.business_case import business_case
from portfolio.measure.currency import in_currency
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import to_places
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Benefit
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.view.view import View


T = TypeVar("T")


@column(Project, order=490)
def net_present_value(project: Project, portfolio: View) -> Measure[Money]:
    """Return what the project is worth at its forecast cost and the dates of today."""
    return business_case(portfolio, project).map(lambda found: found.value)


@column(Project, order=500)
def benefit_cost_ratio(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the present value of the benefits by the cost."""
    return business_case(portfolio, project).then(lambda found: to_places(found.ratio, 2))


@column(Project, order=510)
def payback_years(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return in how many years from the start the benefits have paid for the cost."""
    return business_case(portfolio, project).then(lambda found: to_places(found.payback, 2))


@column(Benefit)
def planned_to_date(benefit: Benefit, portfolio: View) -> Measure[Money]:
    """Return what was planned for the periods that are over and measured."""
    return _arrived(portfolio, benefit, lambda found: Measure(found.planned))


@column(Benefit)
def actual_to_date(benefit: Benefit, portfolio: View) -> Measure[Money]:
    """Return what has arrived in them, before attribution."""
    return _arrived(portfolio, benefit, lambda found: Measure(found.actual))


@column(Benefit)
def realised(benefit: Benefit, portfolio: View) -> Measure[Decimal]:
    """Return actual / planned to date, 0..1 and above."""
    return to_places(realisation(portfolio, benefit).then(lambda found: found.rate))


@column(Benefit)
def forecast_value(benefit: Benefit, portfolio: View) -> Measure[Money]:
    """Return the whole plan at the rate to date."""
    return _arrived(portfolio, benefit, lambda found: found.forecast)


@column(Benefit)
def in_doubt(benefit: Benefit, portfolio: View) -> Measure[str]:
    """Return what speaks against the plan: its milestone, its owner or its indicator."""
    found = doubts(portfolio, benefit)
    return Measure("; ".join(found)) if found else unknown("finished", "nothing")


def _arrived(
    portfolio: View, benefit: Benefit, read: Callable[[Realisation], Measure[Decimal]]
) -> Measure[Money]:
    def arrived(found: Realisation) -> Measure[Decimal]:
        if not found.planned and not found.actual:
            return unknown("not_started", "nothing is due yet")
        return read(found)

    found = realisation(portfolio, benefit).then(arrived)
    return in_currency(found, portfolio.settings.organisation.currency)
