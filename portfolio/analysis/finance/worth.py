"""What an investment is worth: present value, benefit-cost ratio, payback, and the case today."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from portfolio.measure.measure import Measure, unknown


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
    if not flows:
        return unknown("no_data", "no flows")
    return Measure(_discounted(flows, rate))


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
    if not spent:
        return unknown("zero_denominator", "nothing is spent")
    return Measure(_discounted(benefits, rate) / spent)


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
