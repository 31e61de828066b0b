"""The computed columns of contracts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.margin import contract_margin, margin_erosion
from portfolio.analysis.measure import Measure, unknown
from portfolio.analysis.renewals import contract_notice
from portfolio.columns import column
from portfolio.model.commercial import Contract, Variation

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
