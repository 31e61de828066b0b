"""Where a budget lands: outturn, variance and its causes, burn, runway, what is still free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, per, ratio, unknown
from portfolio.model.finance import Actual, BudgetLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portfolio.model.delivery.projects import Project
    from portfolio.values import Money
    from portfolio.view.view import View

_BURN_PERIODS = 3


def outturn(actual: Mapping[str, Decimal], expected: Mapping[str, Decimal]) -> Decimal:
    """Return actual cost + forecast of the periods without one; a period with both counts once.

    Source: domain A2; worked example WE-09.

    >>> outturn({"2026-01": Decimal(90)}, {"2026-01": Decimal(80), "2026-02": Decimal(100)})
    Decimal('190')
    """
    rest = (amount for period, amount in expected.items() if period not in actual)
    return sum(actual.values(), Decimal(0)) + sum(rest, Decimal(0))


@dataclass(frozen=True, slots=True)
class Variance:
    """A difference to the budget in money and as a share of it; negative is adverse."""

    amount: Decimal
    share: Measure[Decimal]


def cost_variance(budget: Decimal, forecast: Decimal) -> Variance:
    """Return budget - forecast of a cost; the share is of the budget's size. Budget 0: no share.

    Source: domain A2; worked example WE-09.
    """
    amount = budget - forecast
    return Variance(amount, ratio(amount, abs(budget), "the budget is 0"))


@dataclass(frozen=True, slots=True)
class PriceVolume:
    """What of a variance comes from dearer or cheaper units, and what from more or fewer."""

    price: Decimal
    volume: Decimal


def price_volume(planned: tuple[Decimal, Decimal], actual: tuple[Decimal, Decimal]) -> PriceVolume:
    """Split a cost variance; each side is (rate, quantity). The parts add to the whole exactly.

    price = (planned rate - actual rate) x actual quantity; volume = (planned quantity - actual
    quantity) x planned rate.

    Source: domain A2.

    >>> price_volume((Decimal(10), Decimal(100)), (Decimal(12), Decimal(90)))
    PriceVolume(price=Decimal('-180'), volume=Decimal('100'))
    """
    return PriceVolume((planned[0] - actual[0]) * actual[1], (planned[1] - actual[1]) * planned[0])


def burn(costs: Sequence[Decimal]) -> Measure[Decimal]:
    """Return the mean cost of the last three periods, oldest first; fewer: of those there are.

    No period: no_data.

    Source: domain A2; worked example WE-09.

    >>> burn([Decimal(95), Decimal(120), Decimal(105), Decimal(135)]).value
    Decimal('120')
    """
    last = costs[-_BURN_PERIODS:]
    return ratio(sum(last, Decimal(0)), len(last), "nothing was spent yet", "no_data")


def runway(left: Decimal, per_period: Measure[Decimal]) -> Measure[Decimal]:
    """Return how many periods the money left lasts at a burn.

    No burn, or none that spends: no value. Nothing left: 0.

    Source: domain A2; worked example WE-09.
    """
    rest = max(left, Decimal(0))
    return per_period.then(lambda spent: per(rest, spent, "nothing is spent at present"))


def free_budget(budget: Decimal, actual: Decimal, committed: Decimal) -> Decimal:
    """Return budget - actual cost - open commitment, the commitment net of what was invoiced.

    Source: domain A2.

    >>> free_budget(Decimal(1000), Decimal(400), Decimal(250))
    Decimal('350')
    """
    return budget - actual - committed


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


def price_and_volume(portfolio: View, project: Project) -> Measure[PriceVolume]:
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


def _categories(portfolio: View, project: Project) -> Iterator[tuple[_Side, _Side]]:
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


def _unit(portfolio: View, side: _Side, currency: str) -> tuple[Decimal, Decimal] | None:
    """Return rate and quantity; None where the quantity or an exchange rate is missing."""
    amount = total(side.amounts, currency, portfolio.settings.exchange_rates).value
    if amount is None or not side.is_counted or not side.quantity:
        return None
    return amount.amount / side.quantity, side.quantity
