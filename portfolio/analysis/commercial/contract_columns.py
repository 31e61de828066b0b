"""The computed columns of contracts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.commercial.contract_margin import (
    ErosionSplit,
    contract_margin,
    erosion_split,
    margin_erosion,
)
from portfolio.analysis.commercial.contract_position import (
    WE_BUY,
    burn_of,
    contract_position,
    fee_of,
)
from portfolio.analysis.commercial.contract_renewal import (
    committed_by_silence,
    contract_notice,
    renewal_step,
)
from portfolio.analysis.commercial.liquidated_damages import (
    damages_exposures,
    expected_damages,
    total_owed,
)
from portfolio.analysis.commercial.service_credits import credit_money
from portfolio.analysis.commercial.unbilled_work import (
    effective_rate_of,
    realisation_of,
    unbilled_since,
)
from portfolio.measure.currency import in_currency
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract, Variation
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from portfolio.view.view import View

T = TypeVar("T")


@column(Contract)
def margin(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the margin at completion, 0..1 of the price with signed variations."""
    if not contract.is_sale:
        return unknown("no_data", WE_BUY)
    return contract_margin(contract, portfolio.related(contract, Variation, "contract")).then(
        lambda found: found.margin
    )


@column(Contract)
def erosion(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return how much of the margin has gone since the bid, 0..1; positive is adverse."""
    if not contract.is_sale:
        return unknown("no_data", WE_BUY)
    return margin_erosion(contract, portfolio.related(contract, Variation, "contract"))


@column(Contract)
def notice_deadline(contract: Contract, portfolio: View) -> Measure[date]:
    """Return the last working day on which notice can be given."""
    return contract_notice(portfolio, contract).map(lambda found: found.deadline)


@column(Contract)
def decision_due(contract: Contract, portfolio: View) -> Measure[date]:
    """Return the day on which the decision about the renewal is due."""
    return contract_notice(portfolio, contract).map(lambda found: found.decision_due)


@column(Contract)
def renewal_position(contract: Contract, portfolio: View) -> Measure[str]:
    """Return what is left to do about the renewal: to decide, notice to serve, settled, passed."""
    return renewal_step(portfolio, contract).map(lambda found: found.position)


@column(Contract)
def committed_if_silent(contract: Contract, _: View) -> Measure[Money]:
    """Return what one more term costs or brings at the price of the first."""
    return committed_by_silence(contract)


@column(Contract)
def complete(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the share that is done, 0..1: by cost, for services by the days of the term."""
    return contract_position(portfolio, contract).then(lambda found: found.complete)


@column(Contract)
def recognised(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the revenue earned until now: the share complete times the price."""
    return contract_position(portfolio, contract).then(lambda found: found.recognised)


@column(Contract)
def billed(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return what was billed until now, credit notes taken off."""
    return contract_position(portfolio, contract).map(lambda found: found.billed)


@column(Contract)
def contract_balance(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return earned less billed: above 0 an asset not yet billed, below 0 a liability."""
    return contract_position(portfolio, contract).then(lambda found: found.balance)


@column(Contract)
def unbilled_days(contract: Contract, portfolio: View) -> Measure[int]:
    """Return for how many days the oldest work that is earned waits to be billed."""
    return unbilled_since(portfolio, contract).map(lambda found: (portfolio.as_of - found).days)


@column(Contract)
def hourly_revenue(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the effective rate: what an hour worked brings, whether it is paid or not."""
    return effective_rate_of(portfolio, contract)


@column(Contract)
def billed_share_of_list_price(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the realisation: what was billed by the list price of all hours worked, 0..1."""
    return realisation_of(portfolio, contract)


@column(Contract)
def service_credits(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return what missed service levels gave back in the last twelve months."""
    return credit_money(portfolio, contract)


@column(Contract)
def backlog(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the signed price that is not yet earned."""
    return contract_position(portfolio, contract).then(lambda found: found.backlog)


@column(Contract)
def provision_needed(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the whole loss that is expected at completion; 0 where none is."""
    return contract_position(portfolio, contract).then(lambda found: found.provision)


@column(Contract)
def erosion_rate(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the margin lost to dearer work, 0..1; unknown where no effort is stated."""
    return _split(contract, portfolio, lambda found: _part(found.rate))


@column(Contract)
def erosion_volume(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the margin lost to more work, 0..1; unknown where no effort is stated."""
    return _split(contract, portfolio, lambda found: _part(found.volume))


@column(Contract)
def erosion_unpaid_scope(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the margin lost to work that nobody has signed for, 0..1."""
    return _split(contract, portfolio, lambda found: Measure(found.unpaid_scope))


@column(Contract)
def erosion_damages(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the margin lost to damages expected at the forecasts, 0..1."""
    return _split(contract, portfolio, lambda found: Measure(found.damages))


@column(Contract)
def damages_to_date(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the damages owed already, up to the caps."""
    return total_owed(contract, damages_exposures(portfolio, contract), to_date=True)


@column(Contract)
def damages_expected(contract: Contract, portfolio: View) -> Measure[Money]:
    """Return the damages owed when its milestones stand on their forecasts, up to the caps."""
    return expected_damages(portfolio, contract)


@column(Contract)
def burn_share(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the share of the authorised days that is used, 0..1."""
    return burn_of(portfolio, contract).then(lambda found: found.consumed)


@column(Contract)
def burn_months_left(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return how many months the authorised days last at the pace of the last three."""
    return burn_of(portfolio, contract).then(lambda found: found.months_left)


@column(Contract)
def burn_overrun_days(contract: Contract, portfolio: View) -> Measure[Decimal]:
    """Return the days of work beyond the authorisation; negative is room."""
    return burn_of(portfolio, contract).map(lambda found: found.overrun)


@column(Contract)
def fee(contract: Contract, _: View) -> Measure[Money]:
    """Return the fee of a target-cost contract at the cost expected now."""
    found = fee_of(contract).map(lambda known: known.fee)
    stated = contract.incentive
    return in_currency(found, stated.target_fee.currency if stated is not None else "")


def _split(
    contract: Contract, portfolio: View, read: Callable[[ErosionSplit], Measure[Decimal]]
) -> Measure[Decimal]:
    if not contract.is_sale:
        return unknown("no_data", WE_BUY)
    return erosion_split(portfolio, contract).then(read)


def _part(share: Decimal | None) -> Measure[Decimal]:
    if share is None:
        return unknown("no_data", "no effort is stated in the bid and now")
    return Measure(share)
