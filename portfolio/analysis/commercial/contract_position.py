"""Where a contract stands: work done, revenue recognised, billed, left, and used up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.commercial.contract_margin import contract_margin, signed_amounts
from portfolio.analysis.commercial.revenue_recognition import (
    Burn,
    IncentiveFee,
    authorised_burn,
    backlog,
    contract_balance,
    incentive_fee,
    onerous_provision,
    percent_complete,
)
from portfolio.analysis.finance.expenditure import booked_costs
from portfolio.measure.currency import in_currency, total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract, Invoice, Variation
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.finance import Actual
from portfolio.model.resources import Timesheet
from portfolio.network.calendars import named_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.view.view import View

WE_BUY = "we buy"
_OVER_TIME = frozenset({"managed_service", "subscription"})
_MINUTES = 60

Method = Literal["cost to cost", "time elapsed"]


@dataclass(frozen=True, slots=True)
class ContractPosition:
    """The money of one contract on one day, in the contract's currency.

    ``price`` is the value with signed variations; ``complete`` the share, 0..1, by ``method``;
    ``balance`` recognised less billed; ``provision`` the whole loss that is expected.
    """

    price: Money
    method: Method
    complete: Measure[Decimal]
    recognised: Measure[Money]
    billed: Money
    balance: Measure[Money]
    backlog: Measure[Money]
    provision: Measure[Money]


def contract_position(portfolio: View, contract: Contract) -> Measure[ContractPosition]:
    """Return what is earned, billed and left under a contract.

    Complete: for managed services and subscriptions the days elapsed of the term; for every other
    type cost to date / cost at completion. Recognised = complete x price; backlog = price -
    recognised; balance = recognised - billed until today. An ended option is no price.

    A contract in which we buy, no value, or amounts in several currencies: no_data.

    Source: IFRS 15 (a service that stands ready is earned evenly); worked examples WE-10 to WE-12.
    """
    if not contract.is_sale:
        return unknown("no_data", WE_BUY)
    if contract.value is None:
        return unknown("no_data", "no value is stated")
    currency = contract.value.currency
    signed = signed_amounts(portfolio, contract)
    bills = [
        each.amount
        for each in portfolio.related(contract, Invoice, "contract")
        if each.issued is not None and each.issued <= portfolio.as_of
    ]
    if any(money.currency != currency for money in (*signed, *bills)):
        return unknown("no_data", "the amounts are in different currencies")
    price = contract.value.amount + _sum(signed)
    billed = _sum(bills)
    over_time = contract.type in _OVER_TIME
    complete = elapsed(contract, portfolio.as_of) if over_time else _by_cost(portfolio, contract)
    earned = complete.map(lambda share: share * price)
    return Measure(
        ContractPosition(
            Money(price, currency),
            "time elapsed" if over_time else "cost to cost",
            complete,
            in_currency(earned, currency),
            Money(billed, currency),
            in_currency(earned.map(lambda done: contract_balance(done, billed)), currency),
            in_currency(earned.map(lambda done: backlog(price, done)), currency),
            _provision(portfolio, contract),
        )
    )


def _sum(amounts: list[Money]) -> Decimal:
    return sum((money.amount for money in amounts), Decimal(0))


def _provision(portfolio: View, contract: Contract) -> Measure[Money]:
    return contract_margin(contract, portfolio.related(contract, Variation, "contract")).map(
        lambda found: Money(
            onerous_provision(found.price.amount, found.cost.amount), found.price.currency
        )
    )


def elapsed(contract: Contract, as_of: date) -> Measure[Decimal]:
    """Return the share of a contract's term that has passed, 0..1, both days included.

    Source: domain convention of this toolkit.

    >>> deal = Contract(id="deal", title="Deal", start=date(2026, 1, 1), end=date(2026, 12, 31))
    >>> elapsed(deal, date(2026, 1, 31)).value == Decimal(31) / 365
    True
    """
    if contract.start is None or contract.end is None:
        return unknown("no_data", "the start or the end is not stated")
    whole = (contract.end - contract.start).days + 1
    if whole <= 0:
        return unknown("out_of_range", "it ends before it starts")
    done = (as_of - contract.start).days + 1
    return Measure(Decimal(min(max(done, 0), whole)) / whole)


def _by_cost(portfolio: View, contract: Contract) -> Measure[Decimal]:
    expected = contract.eac_cost
    if expected is None:
        return unknown("no_data", "the cost at completion is not stated")

    def complete(cost: Money) -> Measure[Decimal]:
        if cost.currency != expected.currency:
            return unknown("no_data", "the costs are in different currencies")
        return percent_complete(cost.amount, expected.amount)

    return cost_to_date(portfolio, contract).then(complete)


def costs_under(portfolio: View, contract: Contract) -> list[Actual]:
    """Return what is booked until now on the projects of a contract."""
    projects = portfolio.related(contract, Project, "contract")
    return [cost for project in projects for cost in booked_costs(portfolio, project)]


def cost_to_date(portfolio: View, contract: Contract) -> Measure[Money]:
    """Return the cost of a contract until now: as stated, else what its projects were charged.

    Costs of several currencies are converted at the rate of their period. No project under the
    contract, or no cost booked: no_data.

    Source: domain convention of this toolkit.
    """
    if contract.cost_to_date is not None:
        return Measure(contract.cost_to_date)
    booked = [(each.amount, each.period.end) for each in costs_under(portfolio, contract)]
    if not booked or contract.value is None:
        return unknown("no_data", "no cost is booked under it")
    rates = portfolio.settings.exchange_rates
    return total(booked, contract.value.currency, rates)


def burn_of(portfolio: View, contract: Contract) -> Measure[Burn]:
    """Return how the authorised days of a contract burn: days as stated, else from timesheets.

    Only approved hours on the contract's projects count, at the calendar's hours a day. The work
    left is as stated. Nothing authorised, or no day used yet: no_data.

    Source: domain A8; worked example WE-13.
    """
    if contract.authorised is None or contract.authorised.unit != "d":
        return unknown("no_data", "no days are authorised")
    months = _days_by_month(portfolio, contract)
    if not months:
        return unknown("no_data", "no day is used yet")
    if contract.days_to_do is None:
        return unknown("no_data", "the days left to do are not stated")
    used = sum(months.values(), Decimal(0))
    last = [months[key] for key in sorted(months)[-3:]]
    return Measure(authorised_burn(contract.authorised.amount, used, last, contract.days_to_do))


def _days_by_month(portfolio: View, contract: Contract) -> Mapping[str, Decimal]:
    stated = {
        f"{each.period.start:%Y-%m}": each.days
        for each in contract.days_used
        if each.period.end <= portfolio.as_of
    }
    if stated:
        return stated
    found: dict[str, Decimal] = {}
    hours = Decimal(named_calendar(portfolio).minutes_per_day) / _MINUTES
    for sheet in hours_under(portfolio, contract):
        if sheet.billable is not False:
            month = f"{sheet.period.start:%Y-%m}"
            found[month] = found.get(month, Decimal(0)) + sheet.hours / hours
    return found


def hours_under(portfolio: View, contract: Contract) -> list[Timesheet]:
    """Return the approved hours on the projects of a contract until now, paid or not."""
    works = _works_under(portfolio, contract)
    return [
        sheet
        for sheet in portfolio.all(Timesheet)
        if sheet.status == "approved"
        and sheet.work.id in works
        and sheet.period.end <= portfolio.as_of
    ]


def _works_under(portfolio: View, contract: Contract) -> set[str]:
    """Return the ids of the projects under a contract and of their parts."""
    projects = {project.id for project in portfolio.related(contract, Project, "contract")}
    activities = {each.id for each in portfolio.all(Activity) if each.project.id in projects}
    milestones = {each.id for each in portfolio.all(Milestone) if each.project.id in projects}
    return projects | activities | milestones


def fee_of(contract: Contract) -> Measure[IncentiveFee]:
    """Return the fee of a target-cost contract at the cost expected now.

    Source: domain A8; worked example WE-17.
    """
    deal, cost = contract.incentive, contract.eac_cost
    if deal is None:
        return unknown("no_data", "no incentive is agreed")
    if cost is None:
        return unknown("no_data", "the cost at completion is not stated")
    return Measure(
        incentive_fee(
            deal.target_cost.amount,
            deal.target_fee.amount,
            deal.contractor_share,
            cost.amount,
            deal.min_fee.amount if deal.min_fee else None,
            deal.max_fee.amount if deal.max_fee else None,
        )
    )
