"""All customers together: what recurs and stays, what hangs on few, what is owed and hoped for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from portfolio.measure.currency import at_home, in_currency, total_at_home
from portfolio.measure.measure import Measure, both, every, given, per, unknown
from portfolio.model.commercial.contracts import Contract, Customer, Invoice, Opportunity
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.view.view import View

_RECURRING = frozenset({"managed_service", "subscription"})
_YEAR = 12
_QUARTER = 90


def yearly_value(contract: Contract) -> Measure[Money]:
    """Return the signed value of a contract for twelve months of its term.

    No value, start or end, or a term without a month: no value.

    Source: domain A8, annual recurring revenue.
    """
    return both(
        given(contract.value, "no value is stated"),
        term_months_of(contract),
        lambda value, months: Money(value.amount * _YEAR / months, value.currency),
    )


def recurring_revenue(portfolio: View, day: date) -> Measure[dict[str, Decimal]]:
    """Return the yearly recurring revenue of each customer on a day, in the home currency.

    Managed services and subscriptions that run on the day; one that renews by itself runs on.
    A contract without a value or dates makes the whole unknown.

    Source: domain A8.
    """
    found: dict[str, Decimal] = {}
    for contract in portfolio.all(Contract):
        if contract.customer is None or not contract.is_sale or contract.type not in _RECURRING:
            continue
        if not _runs_on(contract, day):
            continue
        yearly = yearly_value(contract)
        if yearly.value is None:
            return unknown(yearly.code, f"{contract.id}: {yearly.reason}")
        money = at_home(portfolio, yearly.value, day)
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


def retention_of_year(portfolio: View) -> Measure[Retention]:
    """Return what of the recurring revenue of twelve months ago stayed, and grew.

    A customer's revenue then is the opening, the lesser of then and now is kept, now is the
    closing; new customers do not count. Nothing recurred then: zero_denominator.

    Source: domain A8; worked example WE-16.
    """
    days = (add_months(portfolio.as_of, -_YEAR), portfolio.as_of)

    def kept(revenue: Sequence[Mapping[str, Decimal]]) -> Measure[Retention]:
        then, now = revenue
        pairs = ((opening, now.get(each, Decimal(0))) for each, opening in then.items())
        return retention(
            Account(opening, min(opening, closing), closing) for opening, closing in pairs
        )

    return every(recurring_revenue(portfolio, day) for day in days).then(kept)


@dataclass(frozen=True, slots=True)
class Shares:
    """How much hangs on few customers, and the ids of the three largest, largest first."""

    figures: Concentration
    largest: tuple[str, ...]


def concentration_of(portfolio: View, customers: Sequence[Customer]) -> Measure[Shares]:
    """Return the concentration of the yearly revenue that is stated for customers.

    A customer without it makes the whole unknown: shares of a part are no shares.

    Source: domain A8; worked example WE-16.
    """
    ids = [each.id for each in customers]

    def shares(amounts: Sequence[Money]) -> Measure[Shares]:
        revenue = {each: money.amount for each, money in zip(ids, amounts, strict=True)}
        largest = sorted(revenue, key=lambda each: (-revenue[each], each))[:3]
        return concentration(revenue).map(lambda found: Shares(found, tuple(largest)))

    return every(_yearly_revenue(portfolio, each) for each in customers).then(shares)


def _yearly_revenue(portfolio: View, customer: Customer) -> Measure[Money]:
    if customer.annual_value is None:
        return unknown("no_data", f"the yearly revenue of {customer.label} is not stated")
    return at_home(portfolio, customer.annual_value)


@dataclass(frozen=True, slots=True)
class Receivables:
    """What customers owe: all of it, what is overdue and not disputed, what is disputed."""

    owed: Money
    overdue: Money
    disputed: Money
    overdue_count: int
    days_of_sales: Measure[Decimal]


def receivables(portfolio: View, contracts: Iterable[Contract]) -> Measure[Receivables]:
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
    disputed = [(each, on) for each, on in open_ if each.disputed]
    billed = [(each, on) for each, on in bills if on > recent]

    def known(sums: Sequence[Money]) -> Receivables:
        owed, overdue, argued, new = sums
        quarters = per(owed.amount, new.amount, "nothing was billed in 90 days")
        days = quarters.map(lambda share: share * _QUARTER)
        return Receivables(owed, overdue, argued, len(late), days)

    return every(
        total_at_home(portfolio, ((each.amount, on) for each, on in part))
        for part in (open_, late, disputed, billed)
    ).map(known)


def pipeline(portfolio: View, opportunities: Iterable[Opportunity]) -> Measure[Money]:
    """Return the sum of probability x value of open opportunities: it is no backlog.

    Won and lost ones are out; one without a value or probability makes the whole unknown.

    Source: domain A8.
    """

    def weighted(each: Opportunity) -> Measure[tuple[Decimal, Decimal]]:
        if each.value is None or each.probability is None:
            return unknown("no_data", f"{each.label} has no value or no probability")
        probability = each.probability
        return at_home(portfolio, each.value).map(lambda money: (money.amount, probability))

    pairs = every(weighted(each) for each in opportunities if is_open(each))
    return in_currency(pairs.map(weighted_pipeline), portfolio.settings.organisation.currency)
