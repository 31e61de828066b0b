"""What late milestones cost under contracts: to date, at the forecast, and up to the cap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.network.calendars import days_later, project_calendar
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.commercial.contracts import Contract, Damages
    from portfolio.view.view import View


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


def damages_exposures(portfolio: View, contract: Contract) -> tuple[Measure[DamagesExposure], ...]:
    """Return the exposure under each clause of damages, unknown where it cannot be priced.

    Days are charged from the day after the agreed date, its extension and its grace, on the day
    that the milestone was reached, else on its forecast; to date: on the as-of day at the latest.

    Source: domain A8; worked example WE-14.
    """
    return tuple(_exposure(portfolio, contract, clause) for clause in contract.damages)


def _exposure(portfolio: View, contract: Contract, clause: Damages) -> Measure[DamagesExposure]:
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


def milestone_day(portfolio: View, milestone: Milestone) -> date | None:
    """Return the day a milestone stands on: as happened, as the plan says, as expected."""
    if milestone.actual is not None:
        return milestone.actual
    plan = plan_of(portfolio)
    if milestone.id in plan.network.index:
        return plan.schedule.dates(milestone.id).early_finish
    return milestone.forecast or milestone.baseline


def expected_damages(portfolio: View, contract: Contract) -> Measure[Money]:
    """Return the damages of all clauses at their forecasts, up to the cap of liability.

    No clause: 0. A clause that cannot be priced, or several currencies: no_data.

    Source: domain A8; worked example WE-14.
    """
    return total_owed(contract, damages_exposures(portfolio, contract))


def total_owed(
    contract: Contract, exposures: Iterable[Measure[DamagesExposure]], *, to_date: bool = False
) -> Measure[Money]:
    """Return the sum over clauses, at the forecast or to date, up to the cap of liability.

    Source: domain A8; worked example WE-14.
    """
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


_WEEK = 7
_WHOLE = Decimal(100)


def liquidated_damages(
    chargeable_days: int,
    rate: Decimal,
    per: Literal["day", "week", "started_week"] = "day",
    cap: Decimal | None = None,
) -> Decimal:
    """Return what a delay costs under a clause of liquidated damages.

    damages = min(rate x chargeable units, cap); a unit is a calendar day, a whole week, or each
    week that has started. Not late: 0. No cap: unlimited.

    Source: worked example WE-14.

    >>> liquidated_damages(50, Decimal(5000), cap=Decimal(200000))
    Decimal('200000')
    >>> liquidated_damages(45, Decimal(15000), "started_week", Decimal(300000))
    Decimal('105000')
    """
    late = max(0, chargeable_days)
    units = {"day": late, "week": late // _WEEK, "started_week": -(-late // _WEEK)}[per]
    amount = rate * units
    return amount if cap is None else min(amount, cap)


def free_until(clause: Damages, agreed: date, calendar: Calendar) -> date:
    """Return the last day on which a promised milestone costs nothing.

    agreed date + granted extension of time + grace, each in its own unit.

    Source: worked example WE-14.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.commercial.contracts import Damages
    >>> from portfolio.values import Duration
    >>> clause = Damages(grace=Duration(Decimal(14), "cd"))
    >>> free_until(clause, date(2026, 5, 22), Calendar("work"))
    datetime.date(2026, 6, 5)
    """
    due = agreed
    if clause.extension is not None and clause.extension.amount:
        due = days_later(due, clause.extension, calendar)
    return days_later(due, clause.grace, calendar) if clause.grace.amount else due


def damages_rate(contract: Contract, clause: Damages) -> Measure[Money]:
    """Return the amount for each unit of delay.

    The rate as stated, else the stated share of the contract's value: value x of_value_pct / 100.
    Neither, or a share without a value: no_data.

    Source: worked example WE-14.

    >>> from portfolio.model.commercial.contracts import Contract, Damages
    >>> deal = Contract(id="deal", title="Deal", value=Money(Decimal(3000000), "GBP"))
    >>> damages_rate(deal, Damages(of_value_pct=Decimal("0.5"))).value.amount == 15000
    True
    """
    if clause.rate is not None:
        return Measure(clause.rate)
    if clause.of_value_pct is None:
        return unknown("no_data", "the contract states no rate")
    if contract.value is None:
        return unknown("no_data", "the rate is a share of a contract value that is not stated")
    share = clause.of_value_pct / _WHOLE
    return Measure(Money(contract.value.amount * share, contract.value.currency))
