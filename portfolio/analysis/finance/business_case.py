"""The business case of a project today: forecast cost, benefits as late as they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.estimate_at_completion import cost_estimate
from portfolio.analysis.finance.investment_appraisal import (
    benefit_cost_ratio,
    benefit_per_year,
    deferred_benefit,
    net_present_value,
    payback_years,
)
from portfolio.measure.currency import convert
from portfolio.measure.measure import Measure, every, unknown
from portfolio.model.delivery.projects import Milestone
from portfolio.model.finance import Benefit
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """What a project is worth now, and what goes into that; money in the budget's currency.

    ``cost`` and ``benefits`` are undiscounted; ``deferred`` is the part of the planned benefits
    that the delay has cost already. ``ratio`` is present benefits by cost, ``payback`` the years
    from the start until benefits have paid for the cost.
    """

    value: Money
    cost: Money
    benefits: Money
    deferred: Money
    ratio: Measure[Decimal]
    payback: Measure[Decimal]


def business_case(portfolio: View, project: Project) -> Measure[BusinessCase]:
    """Return the net present value of a project with its current cost and its current dates.

    Cost: the estimate at completion, in the year of the start (year 0, undiscounted). Benefits:
    what is planned by period x attribution, dis-benefits negative, in the year the period begins;
    less what is not harvested because the milestone they start after is later than its baseline,
    taken from the first year of the benefit: the horizon is fixed. Rate: `discount_rate_pct`.

    No estimate, no benefit with planned values, or a missing exchange rate: no_data.

    Source: HM Treasury, The Green Book; worked examples WE-24 and WE-46.
    """
    estimate = cost_estimate(portfolio, project)
    if estimate.value is None:
        return unknown(estimate.code, estimate.reason)
    cost = estimate.value.amount
    flows: dict[int, Decimal] = defaultdict(Decimal)
    deferred = Decimal(0)
    for benefit in portfolio.related(project, Benefit, "project"):
        planned = _by_year(portfolio, benefit, cost.currency)
        if planned.value is None:
            return unknown(planned.code, planned.reason)
        for year, amount in planned.value.items():
            flows[year] += amount
        if planned.value:
            late = _deferred(portfolio, benefit, cost.currency)
            flows[min(planned.value)] -= late
            deferred += late
    if not flows:
        return unknown("no_data", "no benefit states what it should bring")
    first = min(project.start.year if project.start else min(flows), *flows)
    years = range(first, max(flows) + 1)
    yearly = [flows[year] - (cost.amount if year == first else 0) for year in years]
    rate = portfolio.settings.organisation.discount_rate_pct / 100
    worth = net_present_value(yearly, rate)
    if worth.value is None:
        return unknown(worth.code, worth.reason)
    benefits = sum(flows.values(), Decimal(0))
    value, spent, whole, lost = (
        Money(part, cost.currency) for part in (worth.value, cost.amount, benefits, deferred)
    )
    costs = [cost.amount if year == first else Decimal(0) for year in years]
    ratio = benefit_cost_ratio([flows[year] for year in years], costs, rate)
    return Measure(BusinessCase(value, spent, whole, lost, ratio, payback_years(yearly)))


def _by_year(portfolio: View, benefit: Benefit, currency: str) -> Measure[dict[int, Decimal]]:
    sign = -1 if benefit.kind_ == "dis_benefit" else 1
    rates = portfolio.settings.exchange_rates
    planned = [
        (part.period.start.year, part.planned)
        for part in benefit.value_by_period
        if part.planned is not None
    ]

    def by_year(amounts: Sequence[Money]) -> dict[int, Decimal]:
        found: dict[int, Decimal] = defaultdict(Decimal)
        for (year, _), money in zip(planned, amounts, strict=True):
            signed = -abs(money.amount) if sign < 0 else money.amount
            found[year] += benefit.attribution * signed
        return dict(found)

    converted = (convert(money, currency, portfolio.as_of, rates) for _, money in planned)
    return every(converted).map(by_year)


def _deferred(portfolio: View, benefit: Benefit, currency: str) -> Decimal:
    """Return what a benefit has lost by the delay of the milestone it starts after."""
    milestone = portfolio.find(benefit.starts_after, Milestone)
    yearly = benefit_per_year(benefit).value
    if milestone is None or milestone.baseline is None or yearly is None:
        return Decimal(0)
    stands = milestone.actual or milestone.forecast or milestone.baseline
    days = (stands - milestone.baseline).days
    if benefit.kind_ == "dis_benefit" or days <= 0:
        return Decimal(0)
    lost = Money(deferred_benefit(yearly.amount, days) * benefit.attribution, yearly.currency)
    converted = convert(lost, currency, portfolio.as_of, portfolio.settings.exchange_rates)
    return converted.map(lambda money: money.amount).value or Decimal(0)
