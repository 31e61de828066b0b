"""Finance: what a benefit brings in a year, and what a delay of it, or of a payment, costs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from portfolio.calendar import days_after
from portfolio.measure.measure import Measure, ratio, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def financing_cost(amount: Decimal, rate: Decimal, days: int) -> Decimal:
    """Return what it costs to wait some calendar days longer for an amount.

    cost = amount x rate x days / 365, without compound interest; ``rate`` is a share a year, 0..1.
    Earlier is negative: a gain.

    Source: domain A6, payment milestones.

    >>> financing_cost(Decimal(365000), Decimal("0.06"), 10)
    Decimal('600.00')
    """
    return amount * rate * days / DAYS_PER_YEAR


def present_value_lost(
    flows: Iterable[tuple[date, Decimal]], rate: Decimal, days: int, as_of: date
) -> Decimal:
    """Return by how much the present value of amounts falls when all of them come later.

    sum of amount x ((1 + r)^-t - (1 + r)^-(t + days / 365)), t in years of 365 days from the as-of
    day. ``rate`` is a share a year, 0..1; amounts before the as-of day count undiscounted before
    and after. Earlier is negative: a gain.

    Source: domain A6 and A13 (net present value); worked example WE-46 for the rate.

    >>> flows = [(date(2027, 3, 2), Decimal(100000))]
    >>> round(present_value_lost(flows, Decimal("0.035"), 365, date(2026, 3, 2)), 2)
    Decimal('3267.29')
    """
    growth = 1 + rate

    def worth(day: date, amount: Decimal) -> Decimal:
        return amount / growth ** (Decimal(max(0, (day - as_of).days)) / DAYS_PER_YEAR)

    amounts = list(flows)
    lost = (worth(day, each) - worth(days_after(day, days), each) for day, each in amounts)
    return sum(lost, Decimal(0))


def _years(period: Period) -> Decimal:
    after: date = period.end + timedelta(days=1)
    if period.start.day == after.day == 1:
        months = (after.year - period.start.year) * 12 + after.month - period.start.month
        return Decimal(months) / _MONTHS_PER_YEAR
    return Decimal((after - period.start).days) / DAYS_PER_YEAR


def discount_factors(rate: Decimal, years: int) -> tuple[Decimal, ...]:
    """Return 1 / (1 + rate)^t for t = 0 to years - 1: the first year is not discounted.

    ``rate`` is a share, 0.035 for 3.5 %, real where the flows are real.

    Source: HM Treasury, The Green Book; worked example WE-46.

    >>> [round(factor, 4) for factor in discount_factors(Decimal("0.035"), 2)]
    [Decimal('1.0000'), Decimal('0.9662')]
    """
    return tuple(1 / (1 + rate) ** year for year in range(years))


def net_present_value(flows: Sequence[Decimal], rate: Decimal) -> Measure[Decimal]:
    """Return the sum of yearly flows, each divided by (1 + rate)^t, t = 0 undiscounted.

    No flows: no_data.

    Source: HM Treasury, The Green Book; worked example WE-46.

    >>> flows = [Decimal(each) for each in (-1000, 200, 350, 450, 450)]
    >>> round(net_present_value(flows, Decimal("0.035")).value, 2)
    Decimal('317.99')
    """
    return Measure(_discounted(flows, rate)) if flows else unknown("no_data", "no flows")


def _discounted(flows: Sequence[Decimal], rate: Decimal) -> Decimal:
    factors = discount_factors(rate, len(flows))
    return sum((flow * each for flow, each in zip(flows, factors, strict=True)), Decimal(0))


def benefit_cost_ratio(
    benefits: Sequence[Decimal], costs: Sequence[Decimal], rate: Decimal
) -> Measure[Decimal]:
    """Return present value of benefits / present value of costs; both yearly and positive.

    No costs: zero_denominator.

    Source: HM Treasury, The Green Book; worked example WE-46.

    >>> found = benefit_cost_ratio([Decimal(0), Decimal(207)], [Decimal(100)], Decimal("0.035"))
    >>> round(found.value)
    2
    """
    spent = _discounted(costs, rate)
    return ratio(_discounted(benefits, rate), spent, "nothing is spent")


def payback_years(flows: Sequence[Decimal]) -> Measure[Decimal]:
    """Return the interpolated year in which undiscounted flows have paid for themselves.

    Flows are taken to arrive evenly within a year. Never paid back: unreachable. Nothing spent
    first: not_started.

    Source: domain A13; worked example WE-46.

    >>> payback_years([Decimal(-1000), Decimal(400), Decimal(800)]).value
    Decimal('1.75')
    """
    if not flows or flows[0] >= 0:
        return unknown("not_started", "nothing is spent first")
    totals = list(accumulate(flows))
    for year, (before, after) in enumerate(pairwise(totals)):
        if after >= 0:
            return Measure(year + -before / (after - before))
    return unknown("unreachable", "never pays back")
