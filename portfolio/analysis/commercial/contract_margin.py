"""What a contract earns at completion, against what was bid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Contract, Variation

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class ContractMargin:
    """Price with signed variations, cost at completion, and what is left of the price.

    ``margin`` is a share of the price; ``upside`` the value of variations that nobody has signed,
    which is no revenue yet.
    """

    price: Money
    cost: Money
    margin: Measure[Decimal]
    upside: Money

    @property
    def loss(self) -> Money:
        """Return by how much the cost exceeds the price; 0 where it does not."""
        return Money(max(Decimal(0), self.cost.amount - self.price.amount), self.price.currency)


def contract_margin(contract: Contract, variations: Iterable[Variation]) -> Measure[ContractMargin]:
    """Return the margin of a contract at completion, 0..1 of its price.

    margin = (price - cost at completion) / price, with price = value + signed variations.
    Unsigned variations stay apart. A loss must be provided for at once and in full.

    No value, no cost at completion, or different currencies: no_data. Price 0: zero_denominator.

    Source: IAS 37 and ASC 605-35 for losses; worked examples WE-11 and WE-12.

    >>> from portfolio.model.commercial.contracts import Contract
    >>> deal = Contract(id="deal", title="Deal", value=Money(Decimal(2400000), "GBP"),
    ...                 eac_cost=Money(Decimal(1860000), "GBP"))
    >>> contract_margin(deal, []).value.margin.value
    Decimal('0.225')
    """
    value, cost = contract.value, contract.eac_cost
    if value is None or cost is None:
        return unknown("no_data", "the value or the cost at completion is not stated")
    stated = [(v, v.value) for v in variations if v.value is not None]
    if any(m.currency != value.currency for m in (cost, *(money for _, money in stated))):
        return unknown("no_data", "the amounts are in different currencies")
    signed = sum((m.amount for v, m in stated if v.status == "signed"), Decimal(0))
    unsigned = sum((m.amount for v, m in stated if v.status != "signed"), Decimal(0))
    price = value.amount + signed
    margin: Measure[Decimal] = (
        Measure((price - cost.amount) / price)
        if price
        else unknown("zero_denominator", "the price is 0")
    )
    return Measure(
        ContractMargin(Money(price, value.currency), cost, margin, Money(unsigned, value.currency))
    )


def margin_erosion(contract: Contract, variations: Iterable[Variation]) -> Measure[Decimal]:
    """Return how much of the margin has gone since the bid, 0..1; positive is adverse.

    erosion = bid margin - margin at completion. The bid margin is as stated, else from the bid's
    cost: (value - cost) / value. No bid, or no margin now: no_data.

    Source: worked example WE-12.

    >>> from portfolio.model.commercial.contracts import Bid, Contract
    >>> deal = Contract(id="deal", title="Deal", value=Money(Decimal(2400000), "GBP"),
    ...                 eac_cost=Money(Decimal(1860000), "GBP"), bid=Bid(margin_pct=Decimal(30)))
    >>> margin_erosion(deal, []).value
    Decimal('0.075')
    """
    now = contract_margin(contract, variations).value
    if now is None or now.margin.value is None:
        return unknown("no_data", "the margin at completion is not known")
    before = _bid_margin(contract)
    if before is None:
        return unknown("no_data", "the bid is not stated")
    return Measure(before - now.margin.value)


def _bid_margin(contract: Contract) -> Decimal | None:
    bid, value = contract.bid, contract.value
    if bid is None:
        return None
    if bid.margin_pct is not None:
        return bid.margin_pct / _WHOLE
    if bid.cost is None or value is None or not value.amount:
        return None
    return (value.amount - bid.cost.amount) / value.amount


def share_of_revenue(revenue: Decimal, cost: Decimal) -> Measure[Decimal]:
    """Return (revenue - cost) / revenue: gross margin by direct, contribution by variable cost.

    No revenue: zero_denominator; a period of credit notes alone shows money, not a share.

    Source: domain A8; worked example WE-12 for the contribution.

    >>> share_of_revenue(Decimal(2400), Decimal(1488)).value
    Decimal('0.38')
    """
    if revenue <= 0:
        return unknown("zero_denominator", "there is no revenue")
    return Measure((revenue - cost) / revenue)


def effective_rate(revenue: Decimal, hours: Decimal) -> Measure[Decimal]:
    """Return revenue / all hours worked, paid or not; no hours: zero_denominator.

    Source: domain A8.

    >>> effective_rate(Decimal(1000), Decimal(16)).value
    Decimal('62.5')
    """
    if not hours:
        return unknown("zero_denominator", "no hours were worked")
    return Measure(revenue / hours)


def billing_realisation(
    billed: Decimal, standard_rate: Decimal, hours: Decimal
) -> Measure[Decimal]:
    """Return billed / (standard rate x hours), the share of the list price that was billed.

    No hours or no rate: zero_denominator.

    Source: domain A8.

    >>> billing_realisation(Decimal(900), Decimal(100), Decimal(10)).value
    Decimal('0.9')
    """
    listed = standard_rate * hours
    if not listed:
        return unknown("zero_denominator", "no hours at a rate")
    return Measure(billed / listed)
