"""Since when work under a contract waits to be billed, and what an hour of it brings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import billing_realisation, effective_rate
from portfolio.analysis.commercial.contract_position import (
    contract_position,
    costs_under,
    hours_under,
)
from portfolio.measure.currency import convert, in_currency
from portfolio.measure.measure import Measure, unknown
from portfolio.model.resources import Person, Timesheet
from portfolio.network.calendars import named_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.commercial.contract_position import ContractPosition
    from portfolio.model.commercial.contracts import Contract
    from portfolio.view.view import View

_MINUTES = 60
_NONE = Decimal(0)
_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
_HOURS_MISSING = "the hours since the contract began are not booked"


def unbilled_since(portfolio: View, contract: Contract) -> Measure[date]:
    """Return the day since which work is earned and not billed: the age of a contract asset.

    Billed is what is billed now, so the first in is the first out. Where a contract is earned with
    its days, the day is exact; where it is earned with its cost, it is the end of the period whose
    cost passed it. Nothing to be billed: finished. Cost stated as one sum: no_data.

    Source: domain A8 (contract balance, age the asset).
    """

    def since(position: ContractPosition, balance: Money) -> Measure[date]:
        if balance.amount <= 0:
            return unknown("finished", "everything earned is billed")
        if position.method == "time elapsed":
            return _by_days(contract, position)
        return _by_cost(portfolio, contract, position)

    return contract_position(portfolio, contract).then(
        lambda position: position.balance.then(lambda balance: since(position, balance))
    )


def _by_days(contract: Contract, position: ContractPosition) -> Measure[date]:
    if contract.start is None or contract.end is None:
        return unknown("no_data", "the start or the end is not stated")
    term = (contract.end - contract.start).days + 1
    billed_days = int(position.billed.amount * term // position.price.amount)
    # With credits it may be any number; work is neither earned before the term nor after it.
    return Measure(contract.start + min(max(0, billed_days), term) * _DAY)


def _by_cost(portfolio: View, contract: Contract, position: ContractPosition) -> Measure[date]:
    if contract.cost_to_date is not None or contract.eac_cost is None:
        return unknown("no_data", "the cost is stated as one sum")
    rates = portfolio.settings.exchange_rates
    booked = sorted(costs_under(portfolio, contract), key=lambda each: each.period.end)
    cost = _NONE
    for actual in booked:
        day = actual.period.end
        amount = convert(actual.amount, contract.eac_cost.currency, day, rates)
        if amount.value is None:
            return unknown(amount.code, amount.reason)
        cost += amount.value.amount
        if cost / contract.eac_cost.amount * position.price.amount > position.billed.amount:
            return Measure(min(day, portfolio.as_of))
    return unknown("no_data", "no cost is booked under it")


def _is_whole(contract: Contract, sheets: Sequence[Timesheet]) -> bool:
    """Tell whether hours were booked from the first month of a contract on."""
    first = min((sheet.period.start for sheet in sheets), default=None)
    return first is not None and contract.start is not None and first <= contract.start + _MONTH


def effective_rate_of(portfolio: View, contract: Contract) -> Measure[Money]:
    """Return what an hour brings: revenue earned / all approved hours, paid or not.

    Hours that begin later than the contract's first month are not all of them: no_data.

    Source: domain A8.
    """

    def rate(earned: Money) -> Measure[Money]:
        sheets = hours_under(portfolio, contract)
        if not _is_whole(contract, sheets):
            return unknown("no_data", _HOURS_MISSING)
        hours = sum((sheet.hours for sheet in sheets), _NONE)
        return in_currency(effective_rate(earned.amount, hours), earned.currency)

    return contract_position(portfolio, contract).then(lambda found: found.recognised).then(rate)


def realisation_of(portfolio: View, contract: Contract) -> Measure[Decimal]:
    """Return what was billed by the list price of all approved hours, 0..1 and above.

    The list price is the charge rate of each person, a day being the calendar's. A person without
    one, or a rate in another currency: no_data.

    Source: domain A8.
    """
    found = contract_position(portfolio, contract)
    if found.value is None:
        return unknown(found.code, found.reason)
    sheets = hours_under(portfolio, contract)
    if not _is_whole(contract, sheets):
        return unknown("no_data", _HOURS_MISSING)
    listed = _NONE
    day = Decimal(named_calendar(portfolio).minutes_per_day) / _MINUTES
    for sheet in sheets:
        person = portfolio.find(sheet.person, Person)
        rate = person.charge_rate_per_day if person is not None else None
        if rate is None or rate.currency != found.value.billed.currency:
            return unknown("no_data", "no charge rate is stated for everybody who worked")
        listed += rate.amount / day * sheet.hours
    hours = sum((sheet.hours for sheet in sheets), _NONE)
    return billing_realisation(found.value.billed.amount, listed / hours if hours else _NONE, hours)
