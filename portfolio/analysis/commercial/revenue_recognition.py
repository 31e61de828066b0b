"""What a contract earns: revenue as work is done, losses at once, what is left and what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.measure.measure import Measure, ratio, unknown

_NOTHING = Decimal(0)


def percent_complete(cost_to_date: Decimal, cost_at_completion: Decimal) -> Measure[Decimal]:
    """Return cost to date / estimated cost at completion, 0..1; an estimate of 0: no value.

    Material that is bought and not yet built in is not cost to date here.

    Source: IFRS 15, cost-to-cost; worked example WE-10.

    >>> percent_complete(Decimal(3), Decimal(12)).value
    Decimal('0.25')
    """
    return ratio(cost_to_date, cost_at_completion, "no cost is expected").map(
        lambda share: min(share, Decimal(1))
    )


def onerous_provision(price: Decimal, cost_at_completion: Decimal) -> Decimal:
    """Return the expected loss that has to be provided for now; 0 where none is expected.

    Source: IAS 37; worked example WE-11.

    >>> onerous_provision(Decimal(3900), Decimal(4200))
    Decimal('300')
    """
    return max(cost_at_completion - price, _NOTHING)


def backlog(signed_value: Decimal, recognised_to_date: Decimal) -> Decimal:
    """Return signed value - revenue recognised. Options that have lapsed are no signed value.

    Source: domain A8; worked example WE-12.
    """
    return signed_value - recognised_to_date


def weighted_pipeline(opportunities: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the sum of value x probability (0..1); it is no backlog and stands apart.

    Source: domain A8; worked example WE-12.

    >>> weighted_pipeline([(Decimal(100), Decimal("0.5")), (Decimal(40), Decimal("0.25"))])
    Decimal('60.00')
    """
    return sum((value * probability for value, probability in opportunities), _NOTHING)


def contract_balance(recognised_to_date: Decimal, billed: Decimal) -> Decimal:
    """Return revenue recognised - billed: above 0 an asset not yet billed, below 0 a liability.

    Source: IFRS 15; worked example WE-12.
    """
    return recognised_to_date - billed


@dataclass(frozen=True, slots=True)
class Burn:
    """How the authorised work of a time-and-materials contract is used up, in days.

    ``overrun`` is what is still to be done beyond the authorisation; negative is room.
    """

    consumed: Measure[Decimal]
    remaining: Decimal
    per_month: Measure[Decimal]
    months_left: Measure[Decimal]
    overrun: Decimal


def authorised_burn(
    authorised: Decimal, used: Decimal, last_months: Sequence[Decimal], to_do: Decimal
) -> Burn:
    """Return how fast authorised days burn: the mean of the last three months, oldest first.

    used / authorised; months left = remaining / mean; overrun = used + to do - authorised. Nothing
    authorised, or no burn: no value.

    Source: domain A8; worked example WE-13.

    >>> found = authorised_burn(Decimal(800), Decimal(560), [Decimal(80)], Decimal(310))
    >>> found.months_left.value, found.overrun
    (Decimal('3'), Decimal('70'))
    """
    last = last_months[-3:]
    mean = ratio(sum(last, _NOTHING), len(last), "no month yet", "no_data")
    remaining = authorised - used
    room = max(remaining, _NOTHING)
    left = mean.then(lambda used_up: ratio(room, used_up, "nothing is used at present"))
    share = ratio(used, authorised, "nothing is authorised")
    return Burn(share, remaining, mean, left, used + to_do - authorised)


@dataclass(frozen=True, slots=True)
class Account:
    """What a customer brought at the opening, after losses and reductions, and after growth."""

    opening: Decimal
    kept: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class Retention:
    """Shares of the opening revenue, 0..1, kept and kept with growth, and of customers kept.

    Growth can hide losses: gross stands beside net.
    """

    gross: Decimal
    net: Decimal
    customers: Decimal


def retention(accounts: Iterable[Account]) -> Measure[Retention]:
    """Return what of the opening revenue and of the customers stayed. Nothing to open: no value.

    Source: domain A8; worked example WE-16.
    """
    opened = [account for account in accounts if account.opening > 0]
    whole = sum((account.opening for account in opened), _NOTHING)
    if not whole:
        return unknown("zero_denominator", "there was no revenue to keep")
    kept = sum((min(account.kept, account.opening) for account in opened), _NOTHING)
    closing = sum((account.closing for account in opened), _NOTHING)
    stayed = Decimal(sum(account.kept > 0 for account in opened))
    return Measure(Retention(kept / whole, closing / whole, stayed / len(opened)))


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on few customers: the sum of squared shares, and the share of three."""

    index: Decimal
    top_three: Decimal


def concentration(revenue: Mapping[str, Decimal]) -> Measure[Concentration]:
    """Return the concentration of revenue by customer, 0..1. No revenue: no value.

    Source: Herfindahl and Hirschman; worked example WE-16.

    >>> concentration({"a": Decimal(3), "b": Decimal(1)}).value.index
    Decimal('0.6250')
    """
    whole = sum(revenue.values(), _NOTHING)
    if whole <= 0:
        return unknown("zero_denominator", "no revenue")
    shares = sorted((amount / whole for amount in revenue.values()), reverse=True)
    return Measure(
        Concentration(sum((each**2 for each in shares), _NOTHING), sum(shares[:3], _NOTHING))
    )


@dataclass(frozen=True, slots=True)
class IncentiveFee:
    """The fee of a target-cost contract, the price with it, and the cost at which it stops falling.

    ``floor_cost`` is None where no lowest fee is agreed.
    """

    fee: Decimal
    price: Decimal
    floor_cost: Decimal | None


def incentive_fee(
    target_cost: Decimal,
    target_fee: Decimal,
    contractor_share: Decimal,
    actual_cost: Decimal,
    min_fee: Decimal | None = None,
    max_fee: Decimal | None = None,
) -> IncentiveFee:
    """Return target fee + share x (target cost - actual cost), between the lowest and highest fee.

    ``contractor_share`` is 0..1.

    Source: FAR 16.304 cost-plus-incentive-fee; worked example WE-17.

    >>> incentive_fee(*map(Decimal, ("1000", "75", "0.2", "900"))).fee
    Decimal('95.0')
    """
    fee = target_fee + contractor_share * (target_cost - actual_cost)
    fee = fee if min_fee is None else max(fee, min_fee)
    fee = fee if max_fee is None else min(fee, max_fee)
    floor = None
    if min_fee is not None and contractor_share > 0:
        floor = target_cost + (target_fee - min_fee) / contractor_share
    return IncentiveFee(fee, actual_cost + fee, floor)
