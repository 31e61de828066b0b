"""The computed columns of contracts and customers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.accounts import newest_opinion
from portfolio.analysis.margin import contract_margin, margin_erosion
from portfolio.analysis.measure import Measure, unknown
from portfolio.analysis.renewals import contract_notice
from portfolio.analysis.voice import FEWEST_SHOWN
from portfolio.columns import column
from portfolio.model.commercial import Contract, Customer, Variation

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.portfolio import Portfolio


@column(Contract)
def margin(contract: Contract, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the margin at completion, 0..1 of the price with signed variations."""
    found = contract_margin(contract, portfolio.related(contract, Variation, "contract"))
    return found.value.margin if found.value else unknown(found.code, found.reason)


@column(Contract)
def erosion(contract: Contract, portfolio: Portfolio) -> Measure[Decimal]:
    """Return how much of the margin has gone since the bid, 0..1; positive is adverse."""
    return margin_erosion(contract, portfolio.related(contract, Variation, "contract"))


@column(Contract)
def notice_deadline(contract: Contract, portfolio: Portfolio) -> Measure[date]:
    """Return the last working day on which notice can be given."""
    found = contract_notice(portfolio, contract)
    return Measure(found.value.deadline) if found.value else unknown(found.code, found.reason)


@column(Contract)
def decision_due(contract: Contract, portfolio: Portfolio) -> Measure[date]:
    """Return the day on which the decision about the renewal is due."""
    found = contract_notice(portfolio, contract)
    return Measure(found.value.decision_due) if found.value else unknown(found.code, found.reason)


@column(Customer)
def satisfied(customer: Customer, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of the satisfied in the newest survey, 0..1; of few people nothing."""
    found = newest_opinion(portfolio, customer)
    if found.value is None:
        return unknown(found.code, found.reason)
    if found.value.figures.count < FEWEST_SHOWN:
        return unknown("small_sample", f"fewer than {FEWEST_SHOWN} answers")
    return Measure(Decimal(str(found.value.figures.share)))
