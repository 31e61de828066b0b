"""What a contract earns at completion, against what was bid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.liquidated_damages import expected_damages
from portfolio.analysis.finance.cost_variance import price_volume
from portfolio.measure.measure import Measure, given, per, ratio, unknown
from portfolio.model.commercial.contracts import Contract, Variation
from portfolio.model.governance import ChangeRequest
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.view.view import View


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
    margin = ratio(price - cost.amount, price, "the price is 0")
    return Measure(
        ContractMargin(Money(price, value.currency), cost, margin, Money(unsigned, value.currency))
    )


def signed_amounts(portfolio: View, contract: Contract) -> list[Money]:
    """Return what the signed variations of a contract add to its price."""
    variations = portfolio.related(contract, Variation, "contract")
    return [v.value for v in variations if v.status == "signed" and v.value is not None]


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
    after = now.margin.value
    return given(_bid_margin(contract), "the bid is not stated").map(lambda before: before - after)


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
    return per(revenue - cost, revenue, "there is no revenue")


def effective_rate(revenue: Decimal, hours: Decimal) -> Measure[Decimal]:
    """Return revenue / all hours worked, paid or not; no hours: zero_denominator.

    Source: domain A8.

    >>> effective_rate(Decimal(1000), Decimal(16)).value
    Decimal('62.5')
    """
    return ratio(revenue, hours, "no hours were worked")


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
    return ratio(billed, listed, "no hours at a rate")


@dataclass(frozen=True, slots=True)
class ErosionSplit:
    """What eroded a margin, in shares of the price, 0..1; positive is adverse.

    The parts add to the whole exactly. ``rate`` and ``volume`` are None where no effort is stated;
    what they would share then stands in ``unsplit``. ``variations`` is what signed ones gave back.
    ``price`` with signed variations and the ``bid_cost`` turn the shares into money.
    """

    whole: Decimal
    rate: Decimal | None
    volume: Decimal | None
    unsplit: Decimal
    unpaid_scope: Decimal
    damages: Decimal
    variations: Decimal
    price: Money
    bid_cost: Money


def erosion_split(portfolio: View, contract: Contract) -> Measure[ErosionSplit]:
    """Return what eroded the margin since the bid, each part as a share of the price now.

    Cost grew from C0 = value x (1 - bid margin) to C on price P. Unpaid scope: the cost of work
    under variations that nobody signed. Damages: those expected at the forecasts, which the cost
    at completion includes. The rest of C - C0 is rate and volume: with effort stated in the bid
    and now, volume = (effort now - bid) x bid rate and rate = (rate now - bid) x effort now.
    Signed variations: C0 / P - C0 / value, negative where they raised the price.

    No margin now or no bid: no_data. Price or value 0: zero_denominator. Unpriced damages: no_data.

    Source: domain A8; worked example WE-12 for the whole.
    """
    variations = portfolio.related(contract, Variation, "contract")
    lost, found = margin_erosion(contract, variations), contract_margin(contract, variations)
    damages = expected_damages(portfolio, contract)
    for each in (lost, found, damages):
        if each.value is None:
            return unknown(each.code, each.reason)
    assert lost.value is not None  # noqa: S101
    assert found.value is not None  # noqa: S101
    assert damages.value is not None  # noqa: S101
    assert contract.value is not None  # noqa: S101 - else there is no margin
    value, price, cost = contract.value.amount, found.value.price.amount, found.value.cost.amount
    if not value:
        return unknown("zero_denominator", "the signed price is 0")
    margin_now = (price - cost) / price
    bid_cost = value * (1 - (lost.value + margin_now))
    scope = unpaid_scope(portfolio, variations, contract.value.currency)
    rest = cost - bid_cost - scope - damages.value.amount
    split = _by_effort(contract, bid_cost, bid_cost + rest)
    return Measure(
        ErosionSplit(
            lost.value,
            split[0] / price if split else None,
            split[1] / price if split else None,
            Decimal(0) if split else rest / price,
            scope / price,
            damages.value.amount / price,
            bid_cost / price - bid_cost / value,
            found.value.price,
            Money(bid_cost, contract.value.currency),
        )
    )


def _by_effort(
    contract: Contract, bid_cost: Decimal, cost: Decimal
) -> tuple[Decimal, Decimal] | None:
    """Return how much cost dearer work and more work added, None where no effort is stated."""
    planned = contract.bid.effort if contract.bid is not None else None
    now = contract.eac_effort
    if planned is None or now is None or planned.unit != now.unit:
        return None
    if not planned.amount or not now.amount:
        return None
    found = price_volume(
        (bid_cost / planned.amount, planned.amount), (cost / now.amount, now.amount)
    )
    return -found.price, -found.volume


def unpaid_scope(portfolio: View, variations: Sequence[Variation], currency: str) -> Decimal:
    """Return the cost of work under variations that nobody signed, in one currency.

    A variation's own cost, else that of its change request; one without either costs nothing yet.

    Source: domain A8; worked example WE-12.
    """
    whole = Decimal(0)
    for each in variations:
        if each.status == "signed":
            continue
        request = portfolio.find(each.change_request, ChangeRequest)
        impact = request.impact if request is not None else None
        cost = each.cost or (impact.cost if impact is not None else None)
        if cost is not None and cost.currency == currency:
            whole += cost.amount
    return whole
