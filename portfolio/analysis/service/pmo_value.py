"""What the PMO costs beside what projects spend, and what its decisions kept from being lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.analysis.service.pmo_performance import MONTHS
from portfolio.calendar import add_months
from portfolio.measure.currency import total_at_home
from portfolio.measure.measure import Measure, both, ratio, unknown
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Actual
from portfolio.model.governance import Decision
from portfolio.model.service import PmoService
from portfolio.values import Money

if TYPE_CHECKING:
    from decimal import Decimal

    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class OfficeCost:
    """What the PMO costs in a year beside what the portfolio spends; in one currency.

    ``silent`` are live services that state no cost.
    """

    yearly: Money
    spend: Money
    silent: tuple[PmoService, ...]

    @property
    def share(self) -> Measure[Decimal]:
        """Return cost / spend of twelve months, for its trend only; nothing spent: no value."""
        return ratio(self.yearly.amount, self.spend.amount, "no cost of projects is booked")


def office_cost(portfolio: View) -> Measure[OfficeCost]:
    """Return what the live services of the PMO cost, and what its projects spent in a year.

    No service that states a cost: no_data; a missing exchange rate as well.

    Source: domain section 6 (cost and value).
    """
    live = [each for each in portfolio.all(PmoService) if each.status != "retired"]
    stated = [each.cost_per_month for each in live if each.cost_per_month is not None]
    if not stated:
        return unknown("no_data", "no service of the PMO states a cost")
    start = add_months(portfolio.as_of, -MONTHS)
    booked = [
        (each.amount, each.period.end)
        for each in portfolio.all(Actual)
        if start < each.period.end <= portfolio.as_of and portfolio.find(each.project, Project)
    ]
    silent = tuple(each for each in live if each.cost_per_month is None)
    return both(
        total_at_home(portfolio, ((each, portfolio.as_of) for each in stated)),
        total_at_home(portfolio, booked),
        lambda monthly, spent: OfficeCost(
            Money(monthly.amount * MONTHS, monthly.currency), spent, silent
        ),
    )


@dataclass(frozen=True, slots=True)
class Avoided:
    """What decisions of a year kept from being lost, each with its decision: else it is a claim."""

    amount: Money
    decisions: tuple[Decision, ...]


def value_avoided(portfolio: View) -> Measure[Avoided]:
    """Return what decisions of the last twelve months avoided, in the organisation's currency.

    None that states it: no_data; a missing exchange rate as well.

    Source: domain section 6 (value counts only with a named decision).
    """
    start = add_months(portfolio.as_of, -MONTHS)
    found = [
        (each, each.avoided, each.decided_on)
        for each in portfolio.all(Decision)
        if each.avoided is not None
        and each.status == "decided"
        and each.decided_on is not None
        and start < each.decided_on <= portfolio.as_of
    ]
    if not found:
        return unknown("no_data", "no decision of the year states what it avoided")
    return total_at_home(portfolio, ((money, day) for _, money, day in found)).map(
        lambda amount: Avoided(amount, tuple(decision for decision, _, _ in found))
    )
