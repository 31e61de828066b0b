"""Finance: what a benefit brings in a year, and what its delay costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.measure import Measure, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.finance import Benefit
    from portfolio.values import Period

DAYS_PER_YEAR = 365
_MONTHS_PER_YEAR = 12


def benefit_per_year(benefit: Benefit) -> Measure[Money]:
    """Return what a benefit brings in an average year of its plan.

    planned values added up / years of the periods that state one. Whole months count as twelfths
    of a year, other periods by their days / 365. No planned value, or amounts in different
    currencies: no_data.

    Source: domain convention of this toolkit.

    >>> from portfolio.model.finance import Benefit, BenefitInPeriod
    >>> from portfolio.values import read_period
    >>> plan = [("2026-Q4", 90000), ("2027", 420000)]
    >>> gain = Benefit(id="gain", title="Gain", value_by_period=tuple(
    ...     BenefitInPeriod(period=read_period(text), planned=Money(Decimal(amount), "GBP"))
    ...     for text, amount in plan))
    >>> benefit_per_year(gain).value.amount == (90000 + 420000) / Decimal("1.25")
    True
    """
    planned = [(each.period, each.planned) for each in benefit.value_by_period if each.planned]
    if not planned:
        return unknown("no_data", "no planned value")
    currencies = {money.currency for _, money in planned}
    if len(currencies) > 1:
        return unknown("no_data", f"planned in {' and '.join(sorted(currencies))}")
    amount = sum((money.amount for _, money in planned), Decimal(0))
    return Measure(Money(amount / sum(_years(period) for period, _ in planned), currencies.pop()))


def deferred_benefit(per_year: Decimal, days: int) -> Decimal:
    """Return what is not harvested when a benefit starts some calendar days later.

    value = benefit per year x days / 365. Earlier is negative: a gain.

    Source: worked example WE-24.

    >>> round(deferred_benefit(Decimal(1200000), 14), 1)
    Decimal('46027.4')
    """
    return per_year * days / DAYS_PER_YEAR


def _years(period: Period) -> Decimal:
    after: date = period.end + timedelta(days=1)
    if period.start.day == after.day == 1:
        months = (after.year - period.start.year) * 12 + after.month - period.start.month
        return Decimal(months) / _MONTHS_PER_YEAR
    return Decimal((after - period.start).days) / DAYS_PER_YEAR
