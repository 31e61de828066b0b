"""What late milestones cost under contracts: to date, at the forecast, and up to the cap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.commercial import damages_rate, free_until, liquidated_damages
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.commercial.contracts import Contract, Damages
    from portfolio.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class DamagesExposure:
    """The damages of one clause: its milestone, the days, the amounts in the contract's money.

    ``free_until`` is the last day that costs nothing; ``forecast`` the day the milestone stands
    on; ``to_date`` what is owed already, ``at_forecast`` what will be owed then, ``cap`` the most.
    """

    clause: Damages
    milestone: Milestone
    free_until: date
    forecast: date
    to_date: Money
    at_forecast: Money
    cap: Money | None


def damages_exposures(
    portfolio: Portfolio, contract: Contract
) -> tuple[Measure[DamagesExposure], ...]:
    """Return the exposure under each clause of damages, unknown where it cannot be priced.

    Days are charged from the day after the agreed date, its extension and its grace, on the day
    that the milestone was reached, else on its forecast; to date: on the as-of day at the latest.

    Source: domain A8; worked example WE-14.
    """
    return tuple(_exposure(portfolio, contract, clause) for clause in contract.damages)


def _exposure(
    portfolio: Portfolio, contract: Contract, clause: Damages
) -> Measure[DamagesExposure]:
    milestone = portfolio.find(clause.milestone, Milestone)
    rate = damages_rate(contract, clause)
    if milestone is None:
        return unknown("no_data", f"{clause.milestone} is not a milestone")
    agreed = milestone.deadline or milestone.baseline
    day = milestone_day(portfolio, milestone)
    if rate.value is None:
        return unknown(rate.code, rate.reason)
    if agreed is None or day is None:
        return unknown("no_data", f"{milestone.id} has no date to count from")
    project = portfolio.find(milestone.project, Project)
    free = free_until(clause, agreed, project_calendar(portfolio, project))
    cap, money = clause.cap.amount if clause.cap else None, rate.value

    def owed(on: date) -> Money:
        late = (on - free).days
        amount = liquidated_damages(late, money.amount, clause.per, cap)
        return Money(amount, money.currency)

    until = min(day, portfolio.as_of) if milestone.actual else portfolio.as_of
    to_date = owed(until)
    at_forecast = owed(max(day, until) if milestone.actual is None else day)
    return Measure(DamagesExposure(clause, milestone, free, day, to_date, at_forecast, clause.cap))


def milestone_day(portfolio: Portfolio, milestone: Milestone) -> date | None:
    """Return the day a milestone stands on: as happened, as the plan says, as expected."""
    if milestone.actual is not None:
        return milestone.actual
    plan = plan_of(portfolio)
    if milestone.id in plan.network.index:
        return plan.schedule.dates(milestone.id).early_finish
    return milestone.forecast or milestone.baseline


def expected_damages(portfolio: Portfolio, contract: Contract) -> Measure[Money]:
    """Return the damages of all clauses at their forecasts, up to the cap of liability.

    No clause: 0. A clause that cannot be priced, or several currencies: no_data.
    """
    return total_owed(contract, damages_exposures(portfolio, contract))


def total_owed(
    contract: Contract, exposures: Iterable[Measure[DamagesExposure]], *, to_date: bool = False
) -> Measure[Money]:
    """Return the sum over clauses, at the forecast or to date, up to the cap of liability."""
    amount, currency = Decimal(0), contract.value.currency if contract.value else ""
    for each in exposures:
        if each.value is None:
            return unknown(each.code, each.reason)
        owed = each.value.to_date if to_date else each.value.at_forecast
        if currency and owed.currency != currency:
            return unknown("no_data", "the damages are in another currency than the price")
        amount, currency = amount + owed.amount, owed.currency
    cap = contract.liability_cap
    if cap is not None and cap.currency == currency:
        amount = min(amount, cap.amount)
    return Measure(Money(amount, currency))
