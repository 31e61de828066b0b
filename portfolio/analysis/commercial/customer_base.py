"""All customers together: what recurs and stays, what hangs on few, what is owed and hoped for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import term_end, term_months_of
from portfolio.analysis.commercial.revenue_recognition import (
    Account,
    Concentration,
    Retention,
    concentration,
    retention,
    weighted_pipeline,
)
from portfolio.calendar import add_months
from portfolio.measure.currency import convert, total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract, Customer, Invoice, Opportunity
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio

_RECURRING = frozenset({"managed_service", "subscription"})
_YEAR = 12
_QUARTER = 90


def yearly_value(contract: Contract) -> Measure[Money]:
    """Return the signed value of a contract for twelve months of its term.

    No value, start or end, or a term without a month: no value.

    Source: domain A8, annual recurring revenue.
    """
    if contract.value is None:
        return unknown("no_data", "no value is stated")
    months = term_months_of(contract)
    if months.value is None:
        return unknown(months.code, months.reason)
    return Measure(Money(contract.value.amount * _YEAR / months.value, contract.value.currency))


def recurring_revenue(portfolio: Portfolio, day: date) -> Measure[dict[str, Decimal]]:
    """Return the yearly recurring revenue of each customer on a day, in the home currency.

    Managed services and subscriptions that run on the day; one that renews by itself runs on.
    A contract without a value or dates makes the whole unknown.

    Source: domain A8.
    """
    home = portfolio.settings.organisation.currency
    found: dict[str, Decimal] = {}
    for contract in portfolio.all(Contract):
        if contract.customer is None or not contract.is_sale or contract.type not in _RECURRING:
            continue
        if not _runs_on(contract, day):
            continue
        yearly = yearly_value(contract)
        if yearly.value is None:
            return unknown(yearly.code, f"{contract.id}: {yearly.reason}")
        money = convert(yearly.value, home, day, portfolio.settings.exchange_rates)
        if money.value is None:
            return unknown(money.code, money.reason)
        customer = contract.customer.id
        found[customer] = found.get(customer, Decimal(0)) + money.value.amount
    return Measure(found)


def _runs_on(contract: Contract, day: date) -> bool:
    if contract.start is None or contract.end is None or contract.start > day:
        return False
    renewal = contract.renewal
    rolls = renewal is not None and renewal.mode == "auto" and renewal.decision != "exit"
    months = renewal.term_months if renewal is not None and rolls else None
    return term_end(contract.end, months, day) >= day


def retention_of_year(portfolio: Portfolio) -> Measure[Retention]:
    """Return what of the recurring revenue of twelve months ago stayed, and grew.

    A customer's revenue then is the opening, the lesser of then and now is kept, now is the
    closing; new customers do not count. Nothing recurred then: zero_denominator.

    Source: domain A8; worked example WE-16.
    """
    then = recurring_revenue(portfolio, add_months(portfolio.as_of, -_YEAR))
    now = recurring_revenue(portfolio, portfolio.as_of)
    if then.value is None:
        return unknown(then.code, then.reason)
    if now.value is None:
        return unknown(now.code, now.reason)
    closing = now.value
    return retention(
        Account(opening, min(opening, closing.get(each, Decimal(0))), closing.get(each, Decimal(0)))
        for each, opening in then.value.items()
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """How much hangs on few customers, and the ids of the three largest, largest first."""

    figures: Concentration
    largest: tuple[str, ...]


def concentration_of(portfolio: Portfolio, customers: Iterable[Customer]) -> Measure[Shares]:
    """Return the concentration of the yearly revenue that is stated for customers.

    A customer without it makes the whole unknown: shares of a part are no shares.

    Source: domain A8; worked example WE-16.
    """
    home, revenue = portfolio.settings.organisation.currency, {}
    for each in customers:
        if each.annual_value is None:
            return unknown("no_data", f"the yearly revenue of {each.label} is not stated")
        rates = portfolio.settings.exchange_rates
        money = convert(each.annual_value, home, portfolio.as_of, rates)
        if money.value is None:
            return unknown(money.code, money.reason)
        revenue[each.id] = money.value.amount
    found = concentration(revenue)
    if found.value is None:
        return unknown(found.code, found.reason)
    largest = sorted(revenue, key=lambda each: (-revenue[each], each))[:3]
    return Measure(Shares(found.value, tuple(largest)))


@dataclass(frozen=True, slots=True)
class Receivables:
    """What customers owe: all of it, what is overdue and not disputed, what is disputed."""

    owed: Money
    overdue: Money
    disputed: Money
    overdue_count: int
    days_of_sales: Measure[Decimal]


def receivables(portfolio: Portfolio, contracts: Iterable[Contract]) -> Measure[Receivables]:
    """Return what is owed under contracts in which we sell, in the home currency.

    Days of sales outstanding = owed / billed in the last 90 days x 90. Overdue: unpaid after its
    due day and not disputed. Nothing billed in 90 days: no days. No rate for a currency: no_data.

    Source: domain A8.
    """
    ids = {each.id for each in contracts if each.is_sale}
    bills = [
        (each, each.issued)
        for each in portfolio.all(Invoice)
        if each.contract.id in ids and each.issued is not None and each.issued <= portfolio.as_of
    ]
    open_ = [
        (each, on) for each, on in bills if each.paid_on is None or each.paid_on > portfolio.as_of
    ]
    late = [
        (each, on)
        for each, on in open_
        if not each.disputed and each.due is not None and each.due < portfolio.as_of
    ]
    recent = portfolio.as_of - timedelta(days=_QUARTER)
    sums = [
        _added(portfolio, part)
        for part in (
            open_,
            late,
            [(each, on) for each, on in open_ if each.disputed],
            [(each, on) for each, on in bills if on > recent],
        )
    ]
    for each in sums:
        if each.value is None:
            return unknown(each.code, each.reason)
    owed, overdue, disputed, billed = (each.value for each in sums if each.value is not None)
    days: Measure[Decimal] = (
        Measure(owed.amount / billed.amount * _QUARTER)
        if billed.amount > 0
        else unknown("zero_denominator", "nothing was billed in 90 days")
    )
    return Measure(Receivables(owed, overdue, disputed, len(late), days))


def _added(portfolio: Portfolio, bills: list[tuple[Invoice, date]]) -> Measure[Money]:
    settings = portfolio.settings
    amounts = ((each.amount, on) for each, on in bills)
    return total(amounts, settings.organisation.currency, settings.exchange_rates)


def pipeline(portfolio: Portfolio, opportunities: Iterable[Opportunity]) -> Measure[Money]:
    """Return the sum of probability x value of open opportunities: it is no backlog.

    Won and lost ones are out; one without a value or probability makes the whole unknown.

    Source: domain A8.
    """
    home, pairs = portfolio.settings.organisation.currency, []
    for each in opportunities:
        if not is_open(each):
            continue
        if each.value is None or each.probability is None:
            return unknown("no_data", f"{each.label} has no value or no probability")
        rates = portfolio.settings.exchange_rates
        money = convert(each.value, home, portfolio.as_of, rates)
        if money.value is None:
            return unknown(money.code, money.reason)
        pairs.append((money.value.amount, each.probability))
    return Measure(Money(weighted_pipeline(pairs), home))
