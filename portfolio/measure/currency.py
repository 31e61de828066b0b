"""Money of one currency in another, at a dated rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, every, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.settings import ExchangeRate
    from portfolio.view.view import View


def convert(money: Money, currency: str, on: date, rates: Sequence[ExchangeRate]) -> Measure[Money]:
    """Return an amount in another currency, at the newest rate that holds on a day.

    value = amount x rate, or amount / rate where only the opposite rate is stated. The same
    currency needs no rate. No rate on or before the day: no_data, never an assumed 1.

    Source: domain convention of this toolkit.

    >>> from portfolio.settings import ExchangeRate
    >>> rate = ExchangeRate(date_=date(2026, 1, 1), from_="EUR", to="GBP", rate=Decimal("0.872"))
    >>> str(convert(Money(Decimal(100), "EUR"), "GBP", date(2026, 3, 31), [rate]).value)
    '87.200 GBP'
    """
    if money.currency == currency:
        return Measure(money)
    known = [
        rate
        for rate in rates
        if rate.date_ <= on and {rate.from_, rate.to} == {money.currency, currency}
    ]
    if not known:
        return unknown("no_data", f"no rate from {money.currency} to {currency} holds on {on}")
    newest = max(known, key=lambda rate: (rate.date_, rate.from_ == money.currency))
    if newest.from_ == money.currency:
        return Measure(Money(money.amount * newest.rate, currency))
    if not newest.rate:
        return unknown("zero_denominator", f"the rate from {currency} to {money.currency} is 0")
    return Measure(Money(money.amount / newest.rate, currency))


def total(
    amounts: Iterable[tuple[Money, date]], currency: str, rates: Sequence[ExchangeRate]
) -> Measure[Money]:
    """Return the sum of dated amounts in one currency, each at the rate of its day.

    One amount without a rate makes the whole unknown: a sum that leaves something out is wrong.
    No amounts: 0.

    Source: domain convention of this toolkit.

    >>> str(total([], "GBP", []).value)
    '0 GBP'
    """
    converted = every(convert(money, currency, on, rates) for money, on in amounts)
    return converted.map(
        lambda parts: Money(sum((part.amount for part in parts), Decimal(0)), currency)
    )


def at_home(portfolio: View, money: Money, on: date | None = None) -> Measure[Money]:
    """Return an amount in the organisation's currency, at the rate of a day, else of today.

    Source: domain convention of this toolkit.
    """
    settings = portfolio.settings
    day = on or portfolio.as_of
    return convert(money, settings.organisation.currency, day, settings.exchange_rates)


def total_at_home(portfolio: View, amounts: Iterable[tuple[Money, date]]) -> Measure[Money]:
    """Return the sum of dated amounts in the organisation's currency, as `total` does.

    Source: domain convention of this toolkit.
    """
    settings = portfolio.settings
    return total(amounts, settings.organisation.currency, settings.exchange_rates)


def in_currency(amount: Measure[Decimal], currency: str) -> Measure[Money]:
    """Return a number that is an amount of a currency as money.

    >>> str(in_currency(Measure(Decimal(12)), "GBP").value)
    '12 GBP'
    """
    return amount.map(lambda known: Money(known, currency))
