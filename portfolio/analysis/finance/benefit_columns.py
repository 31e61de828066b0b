"""The computed columns of benefits, proposals and business cases."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.finance.benefits_realisation import Realisation, doubts, realisation
from portfolio.analysis.finance.business_case import BusinessCase, business_case
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Benefit
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.model.portfolio import Portfolio


T = TypeVar("T")
_FINE, _CENT = Decimal("0.0001"), Decimal("0.01")


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


def _cents(found: Measure[Decimal]) -> Measure[Decimal]:
    return found if found.value is None else Measure(found.value.quantize(_CENT))


def _case(
    portfolio: Portfolio, project: Project, read: Callable[[BusinessCase], Measure[T]]
) -> Measure[T]:
    found = business_case(portfolio, project)
    return read(found.value) if found.value is not None else unknown(found.code, found.reason)


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
