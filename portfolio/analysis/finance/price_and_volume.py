"""Whether costs are over because units are dearer or because there are more of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.cost_variance import PriceVolume, price_volume
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Actual, BudgetLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portfolio.model.delivery.projects import Project
    from portfolio.model.portfolio import Portfolio
    from portfolio.values import Money

_NONE = Decimal(0)


@dataclass
class _Side:
    """What was planned or booked of one category: dated amounts, and their quantity if all have."""

    amounts: list[tuple[Money, date]]
    quantity: Decimal = _NONE
    is_counted: bool = True

    def add(self, amount: Money, day: date, quantity: Decimal | None) -> None:
        self.amounts.append((amount, day))
        self.quantity += quantity or _NONE
        self.is_counted = self.is_counted and quantity is not None


def price_and_volume(portfolio: Portfolio, project: Project) -> Measure[PriceVolume]:
    """Split what a project's categories cost more or less than planned until now.

    Planned are the periods of budget lines that are over, actual the costs booked until then; a
    category counts where every one of both states its quantity, such as days of work. Positive is
    cheaper or less than planned. In the currency of the budget. No such category: no_data.

    Source: domain A2 (price, volume split).
    """
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    price = volume = _NONE
    found = False
    for planned, actual in _categories(portfolio, project):
        sides = [_unit(portfolio, each, project.bac.currency) for each in (planned, actual)]
        if sides[0] is None or sides[1] is None:
            continue
        split = price_volume(sides[0], sides[1])
        price, volume, found = price + split.price, volume + split.volume, True
    if not found:
        return unknown("no_data", "no category states its quantity in plan and cost")
    return Measure(PriceVolume(price, volume))


def _categories(portfolio: Portfolio, project: Project) -> Iterator[tuple[_Side, _Side]]:
    """Yield plan and cost of each category that both know."""
    plans: dict[str, _Side] = defaultdict(lambda: _Side([]))
    costs: dict[str, _Side] = defaultdict(lambda: _Side([]))
    for line in portfolio.related(project, BudgetLine, "project"):
        for each in line.periods if line.category is not None else ():
            if each.period.end <= portfolio.as_of:
                plans[str(line.category)].add(each.amount, each.period.start, each.quantity)
    for actual in portfolio.related(project, Actual, "project"):
        if actual.category is not None and actual.period.end <= portfolio.as_of:
            side = costs[str(actual.category)]
            side.add(actual.amount, actual.period.start, actual.quantity)
    for category, plan in plans.items():
        if category in costs:
            yield plan, costs[category]


def _unit(portfolio: Portfolio, side: _Side, currency: str) -> tuple[Decimal, Decimal] | None:
    """Return rate and quantity; None where the quantity or an exchange rate is missing."""
    amount = total(side.amounts, currency, portfolio.settings.exchange_rates).value
    if amount is None or not side.is_counted or not side.quantity:
        return None
    return amount.amount / side.quantity, side.quantity
