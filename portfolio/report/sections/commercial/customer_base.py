"""What all contracts and customers together mean, in six figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_position import contract_position
from portfolio.analysis.commercial.customer_base import (
    concentration_of,
    pipeline,
    receivables,
    retention_of_year,
)
from portfolio.model.commercial.contracts import Contract, Customer, Opportunity
from portfolio.report.blocks import Cell, Days, Metric, Metrics, Missing, Share, shown
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.report.pack import Pack


def base_metrics(pack: Pack, contracts: Sequence[Contract]) -> Metrics:
    """Show what all contracts together mean: backlog, pipeline, receivables, retention, shares."""
    return Metrics(
        _backlog(pack, contracts),
        _pipeline(pack),
        *_owed(pack, contracts),
        *_retention(pack),
        _concentration(pack),
    )


def _backlog(pack: Pack, contracts: Sequence[Contract]) -> Metric:
    sums: dict[str, Decimal] = {}
    unknown = 0
    for each in contracts:
        found = contract_position(pack.portfolio, each).value if each.is_sale else None
        left = found.backlog.value if found is not None else None
        unknown += each.is_sale and left is None
        if left is not None:
            sums[left.currency] = sums.get(left.currency, Decimal(0)) + left.amount
    shown: Cell = Missing("no contract can be measured")
    if sums:
        shown = tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
    note = f"{unknown} contracts not measured" if unknown else "signed and not yet earned"
    return Metric("Backlog", shown, note)


def _pipeline(pack: Pack) -> Metric:
    listed = pack.all(Opportunity)
    found = pipeline(pack.portfolio, listed)
    open_ = sum(map(is_open, listed))
    note = f"{open_} opportunities, by probability; it is no backlog"
    return Metric("Weighted pipeline", shown(found) if open_ else "none", note)


def _owed(pack: Pack, contracts: Sequence[Contract]) -> tuple[Metric, ...]:
    found = receivables(pack.portfolio, contracts)
    if found.value is None:
        return (Metric("Owed by customers", Missing(found.reason)),)
    known = found.value
    bills = "bill" if known.overdue_count == 1 else "bills"
    days = known.days_of_sales.value
    outstanding = round(days) if days is not None else None
    return (
        Metric(
            "Days of sales outstanding",
            Days(outstanding, reason=known.days_of_sales.reason),
            ("owed ", known.owed),
        ),
        Metric(
            "Invoices overdue",
            known.overdue if known.overdue_count else "none",
            f"{known.overdue_count} {bills}" if known.overdue_count else None,
        ),
    )


def _retention(pack: Pack) -> tuple[Metric, ...]:
    found = retention_of_year(pack.portfolio)
    if found.value is None:
        return (Metric("Recurring revenue kept in a year", Missing(found.reason)),)
    return (
        Metric(
            "Recurring revenue kept in a year",
            Share(found.value.gross),
            f"with growth {found.value.net:.0%}; customers {found.value.customers:.0%}",
        ),
    )


def _concentration(pack: Pack) -> Metric:
    found = concentration_of(pack.portfolio, pack.all(Customer))
    if found.value is None:
        return Metric("Three largest customers", Missing(found.reason))
    names = ", ".join(pack.name(each) for each in found.value.largest)
    index = found.value.figures.index
    return Metric(
        "Three largest customers",
        Share(found.value.figures.top_three),
        f"{names}; sum of squared shares {index:.2f}",
    )
