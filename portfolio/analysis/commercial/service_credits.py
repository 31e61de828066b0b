"""What is given back under a contract for service levels that were missed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.investment_appraisal import DAYS_PER_YEAR
from portfolio.analysis.service.service_levels import credit_share
from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.service import Sla
from portfolio.values import Money, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Contract
    from portfolio.view.view import View

_MONTHS = 12
_WHOLE = Decimal(100)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one period gives back: percent of its fee, and the levels that were missed in it."""

    period: Period
    pct: Decimal
    missed: tuple[Sla, ...]


def level_credit(level: Sla, value: Decimal) -> Decimal:
    """Return the percent of the fee that a value of a level gives back, 0 where it is kept.

    Source: domain A12; worked example WE-36.
    """
    if not is_missed(level, value):
        return _NONE
    tiers = [(tier.below, tier.pct) for tier in level.credit_tiers]
    return credit_share(value, tiers, level.credit_cap_pct)


def joint_credit(credits_: Iterable[tuple[Sla, Decimal]]) -> Decimal:
    """Return what levels give back together in one period, in percent: their sum, then the cap.

    The cap is the highest that a level of the contract states; without any there is none.

    Source: domain A12.
    """
    listed = list(credits_)
    whole = sum((percent for _, percent in listed), _NONE)
    caps = [level.credit_cap_pct for level, _ in listed if level.credit_cap_pct is not None]
    return min(whole, max(caps)) if caps else whole


def credits_of(portfolio: View, contract: Contract) -> tuple[Credit, ...]:
    """Return the periods of the last twelve months in which a contract gives something back."""
    found = grouped(
        (period, (level, level_credit(level, value)))
        for level in portfolio.related(contract, Sla, "contract")
        if level.credit_tiers
        for period, value in measured_values(portfolio, level)
        if (portfolio.as_of - period.end).days <= DAYS_PER_YEAR
    )
    given = (
        Credit(period, joint_credit(each), tuple(level for level, percent in each if percent))
        for period, each in found.items()
    )
    return tuple(sorted((each for each in given if each.pct), key=lambda each: each.period.end))


def credit_money(portfolio: View, contract: Contract) -> Measure[Money]:
    """Return what the last twelve months give back, of the fee of a month each; 0 where nothing.

    Without levels that give something back, or without a fee of a month: no_data. A contract in
    which we buy brings it in.

    Source: domain A12; worked example WE-36.
    """
    levels = portfolio.related(contract, Sla, "contract")
    if not any(level.credit_tiers for level in levels):
        return unknown("no_data", "no credit is agreed")
    percent = sum((each.pct for each in credits_of(portfolio, contract)), _NONE)
    return given(monthly_fee(contract), "value, start or end is not stated").map(
        lambda fee: Money(fee.amount * percent / _WHOLE, fee.currency)
    )


def monthly_fee(contract: Contract) -> Money | None:
    """Return the price of a contract by month of its term; None where term or price is open."""
    if contract.value is None or contract.start is None or contract.end is None:
        return None
    days = (contract.end - contract.start).days + 1
    if days <= 0:
        return None
    return Money(contract.value.amount * DAYS_PER_YEAR / (days * _MONTHS), contract.value.currency)
