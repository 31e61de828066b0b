"""Who and what earns: margin by customer, by contract type and by category, now and before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import share_of_revenue, signed_amounts
from portfolio.calendar import add_months
from portfolio.measure.currency import at_home
from portfolio.measure.measure import Measure, both, every, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Project
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.view.view import View

TREND_MONTHS = (12, 9, 6, 3, 0)
"""How many months before the as-of day a trend is looked at, oldest first."""


@dataclass(frozen=True, slots=True)
class Profit:
    """Price and cost at completion of a group, pooled; ``trend`` the margins of its past.

    ``left_out`` counts contracts without a price or a cost: their margin is not known.
    """

    group: str
    price: Money
    cost: Money
    margin: Measure[Decimal]
    trend: tuple[Measure[Decimal], ...]
    contracts: int
    left_out: int


def profitability(portfolio: View, groups: Mapping[str, Iterable[Contract]]) -> tuple[Profit, ...]:
    """Return the pooled margin of each group of contracts, the largest price first.

    margin = sum(price - cost) / sum(price), never a mean of margins; the trend pools what was
    expected 12, 9, 6 and 3 months ago and now. Amounts are in the home currency at today's rate.

    Source: domain A8; prohibited averages of section 1.
    """
    found = [_profit(portfolio, name, tuple(group)) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda each: (-each.price.amount, each.group)))


def _profit(portfolio: View, name: str, contracts: tuple[Contract, ...]) -> Profit:
    home = portfolio.settings.organisation.currency
    days = [add_months(portfolio.as_of, -months) for months in TREND_MONTHS]
    pools = [_pool(portfolio, contracts, day) for day in days]
    price, cost, counted = pools[-1]
    return Profit(
        name,
        Money(price, home),
        Money(cost, home),
        _margin(pools[-1]),
        tuple(_margin(pool) for pool in pools),
        counted,
        len(contracts) - counted,
    )


def _margin(pool: tuple[Decimal, Decimal, int]) -> Measure[Decimal]:
    price, cost, counted = pool
    return share_of_revenue(price, cost) if counted else unknown("no_data", "no cost is known")


def _pool(
    portfolio: View, contracts: tuple[Contract, ...], day: date
) -> tuple[Decimal, Decimal, int]:
    """Return price and cost of the contracts that were signed by a day, and their number."""
    price = cost = Decimal(0)
    counted = 0
    for contract in contracts:
        pair = _pair(portfolio, contract, day)
        if pair is not None:
            price, cost, counted = price + pair[0], cost + pair[1], counted + 1
    return price, cost, counted


def _pair(portfolio: View, contract: Contract, day: date) -> tuple[Decimal, Decimal] | None:
    began = contract.signed or contract.start
    cost = cost_expected(contract, day, is_now=day >= portfolio.as_of)
    if contract.value is None or cost is None or (began is not None and began > day):
        return None
    signed = signed_amounts(portfolio, contract)
    amounts = every(at_home(portfolio, money) for money in (cost, contract.value, *signed))
    return amounts.map(
        lambda found: (sum((price.amount for price in found[1:]), Decimal(0)), found[0].amount)
    ).value


def cost_expected(contract: Contract, day: date, *, is_now: bool = False) -> Money | None:
    """Return the cost at completion as it was expected on a day: now, by history, else the bid."""
    if is_now and contract.eac_cost is not None:
        return contract.eac_cost
    earlier = [each for each in contract.history if each.as_of <= day]
    if earlier:
        return max(earlier, key=lambda each: each.as_of).eac_cost
    return contract.bid.cost if contract.bid is not None else None


@dataclass(frozen=True, slots=True)
class AgainstBid:
    """The pooled margin of contracts now and as bid, 0..1, and how many contracts that is."""

    now: Decimal
    bid: Decimal
    contracts: int


def margin_against_bid(portfolio: View, contracts: Iterable[Contract]) -> Measure[AgainstBid]:
    """Return the pooled margin of the contracts in which we sell, beside what was bid.

    Only contracts with a price, a bid and a cost at completion count, in both figures alike: the
    bid is pooled over the signed prices, now over those with signed variations. None: no_data.

    Source: domain A8; prohibited averages of section 1.
    """
    price = cost = signed = planned = Decimal(0)
    counted = 0
    for each in contracts:
        known = _pair(portfolio, each, portfolio.as_of) if each.is_sale and each.eac_cost else None
        bid = _as_bid(portfolio, each)
        if known is None or bid is None:
            continue
        price, cost, counted = price + known[0], cost + known[1], counted + 1
        signed, planned = signed + bid[0], planned + bid[1]
    now, before = share_of_revenue(price, cost), share_of_revenue(signed, planned)
    if now.value is None or before.value is None:
        return unknown("no_data", "no contract states a bid and a cost at completion")
    return Measure(AgainstBid(now.value, before.value, counted))


def _as_bid(portfolio: View, contract: Contract) -> tuple[Decimal, Decimal] | None:
    """Return the signed price and the cost as bid, in the home currency."""
    bid, value = contract.bid, contract.value
    if bid is None or value is None:
        return None
    cost = bid.cost
    if bid.margin_pct is not None:
        cost = Money(value.amount * (1 - bid.margin_pct / 100), value.currency)
    if cost is None:
        return None
    price, spent = at_home(portfolio, value), at_home(portfolio, cost)
    return both(price, spent, lambda one, other: (one.amount, other.amount)).value


def by_customer(contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
    """Group the contracts in which we sell by the id of the customer."""
    return grouped(
        (each.customer.id, each) for each in contracts if each.is_sale and each.customer is not None
    )


def by_type(contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
    """Group the contracts in which we sell by their type."""
    return grouped(
        ((each.type or "not stated").replace("_", " "), each) for each in contracts if each.is_sale
    )


def contracts_by_category(
    portfolio: View, contracts: Iterable[Contract]
) -> dict[str, list[Contract]]:
    """Group the contracts in which we sell by the category of the projects under them.

    A contract whose projects are of several categories, or that has none, is in a group of its own
    name: its money must not be counted twice.
    """

    def category(contract: Contract) -> str:
        projects = portfolio.related(contract, Project, "contract")
        names = {project.category or "not stated" for project in projects}
        return "several" if len(names) > 1 else next(iter(names), "no project")

    return grouped((category(each), each) for each in contracts if each.is_sale)
