"""Why the margin of a contract is not what was bid: rate, volume, unpaid scope, damages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import contract_margin, margin_erosion
from portfolio.analysis.commercial.liquidated_damages import expected_damages
from portfolio.analysis.finance.cost_variance import price_volume
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract, Variation
from portfolio.model.governance import ChangeRequest
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


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


def erosion_split(portfolio: Portfolio, contract: Contract) -> Measure[ErosionSplit]:
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


def unpaid_scope(portfolio: Portfolio, variations: Sequence[Variation], currency: str) -> Decimal:
    """Return the cost of work under variations that nobody signed, in one currency.

    A variation's own cost, else that of its change request; one without either costs nothing yet.
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
