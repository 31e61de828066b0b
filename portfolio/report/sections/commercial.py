"""Contracts: margin now against the bid, notice dates, bills that are late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.contracts import NoticeDates, notice_dates
from portfolio.analysis.margin import contract_margin, margin_erosion
from portfolio.model.commercial import Contract, Invoice, Variation
from portfolio.network.calendars import project_calendar
from portfolio.report.report import (
    Block,
    Cell,
    Column,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Table,
    section,
)
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.report.pack import Pack
    from portfolio.report.report import Colour

_SOON = timedelta(days=180)
_POINTS = Decimal(3)
_ROWS = 20


@section("board", order=75)
def commercial(pack: Pack) -> Section | None:
    """Show contracts by the attention they need: margin against the bid, and what is to decide."""
    contracts = [each for each in pack.all(Contract) if _runs(pack, each)]
    if not contracts:
        return None
    notices = [
        (dates, contract)
        for contract in contracts
        if (dates := _notice(pack, contract)) is not None
        and dates.decision_due <= pack.as_of + _SOON
    ]
    blocks: tuple[Block, ...] = (
        _totals(pack, contracts, [contract for _, contract in notices]),
        _contracts(pack, contracts),
    )
    return Section("commercial", "Contracts", blocks, _lead(notices))


def _runs(pack: Pack, contract: Contract) -> bool:
    ended = contract.end is not None and contract.end < pack.as_of
    rolls = contract.renewal is not None and contract.renewal.mode == "auto"
    return not ended or rolls


def _notice(pack: Pack, contract: Contract) -> NoticeDates | None:
    """Return the dates of notice of a contract whose renewal nobody has decided."""
    renewal = contract.renewal
    if renewal is None or renewal.decision != "undecided" or renewal.notice_served_on is not None:
        return None
    return notice_dates(contract, pack.as_of, project_calendar(pack.portfolio, None)).value


def _lead(notices: list[tuple[NoticeDates, Contract]]) -> str:
    if not notices:
        return ""
    from portfolio.report.formatting import in_words

    dates, contract = min(notices, key=lambda each: (each[0].decision_due, each[1].id))
    number = len(notices)
    count = "1 renewal has" if number == 1 else f"{number} renewals have"
    return (
        f"{count} to be decided within 180 days, first {contract.label} by "
        f"{in_words(dates.decision_due)}."
    )


def _totals(pack: Pack, contracts: list[Contract], undecided: list[Contract]) -> Metrics:
    overdue = [
        each
        for each in pack.all(Invoice)
        if each.paid_on is None and not each.disputed and each.due and each.due < pack.as_of
    ]
    sums: dict[str, Decimal] = {}
    for invoice in overdue:
        amount = invoice.amount
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.amount
    owed: list[Cell] = [Money(amount, currency) for currency, amount in sorted(sums.items())]
    shown: Cell = owed[0] if len(owed) == 1 else "none" if not owed else "in several currencies"
    sold = [each for each in contracts if each.is_sale]
    return Metrics(
        (
            Metric("Contracts that run", len(contracts), f"{len(sold)} of them with customers"),
            Metric("Renewals undecided, next 180 days", len(undecided)),
            Metric(
                "Invoices overdue",
                shown,
                f"{len(overdue)} {'bill' if len(overdue) == 1 else 'bills'}" if overdue else None,
            ),
        )
    )


def _contracts(pack: Pack, contracts: list[Contract]) -> Table:
    shown = sorted(contracts, key=lambda each: _attention(pack, each))[:_ROWS]
    cut = len(contracts) > _ROWS
    more = f" The {_ROWS} that need most attention of {len(contracts)}." if cut else ""
    return Table(
        (
            Column("Contract"),
            Column("With"),
            Column("Value", numeric=True),
            Column("Margin now", numeric=True),
            Column("Since the bid", numeric=True),
            Column("Decide by"),
            Column("Notice by"),
        ),
        tuple(_contract(pack, each) for each in shown),
        caption="Margin at completion of the price with signed variations; since the bid in "
        f"percentage points, negative is lost.{more}",
        empty="There is no contract that runs.",
    )


def _attention(pack: Pack, contract: Contract) -> tuple[object, ...]:
    dates = _notice(pack, contract)
    lost = _erosion(pack, contract)
    return (
        dates.decision_due.isoformat() if dates is not None else "9999",
        -(lost if lost is not None else Decimal(-1)),
        contract.id,
    )


def _erosion(pack: Pack, contract: Contract) -> Decimal | None:
    return margin_erosion(contract, _variations(pack, contract)).value


def _variations(pack: Pack, contract: Contract) -> tuple[Variation, ...]:
    return pack.portfolio.related(contract, Variation, "contract")


def _contract(pack: Pack, contract: Contract) -> tuple[Cell, ...]:
    found = contract_margin(contract, _variations(pack, contract))
    lost = _erosion(pack, contract)
    dates = _notice(pack, contract)
    margin = found.value.margin if found.value is not None else None
    return (
        contract.label,
        pack.name(contract.customer or contract.supplier),
        contract.value or Missing("no value stated"),
        Share(margin.value, margin.reason) if margin else Missing(_why(contract, found.reason)),
        _points(lost) if lost is not None else Missing(_why(contract, "no bid stated")),
        dates.decision_due if dates is not None else Missing(_decided(contract)),
        dates.deadline if dates is not None else None,
    )


def _why(contract: Contract, reason: str) -> str:
    return reason if contract.is_sale else "we buy"


def _decided(contract: Contract) -> str:
    renewal = contract.renewal
    if renewal is None or renewal.mode in {None, "none"}:
        return "does not renew"
    return renewal.decision if renewal.decision != "undecided" else "no notice stated"


def _points(lost: Decimal) -> Status:
    points = -100 * lost
    colour: Colour = "green" if points >= 0 else "red" if -points > _POINTS else "amber"
    return Status(colour, f"{points:+.1f}")
