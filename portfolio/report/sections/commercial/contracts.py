"""Contracts: margin now against the bid, what is earned and owed, what is at stake."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import contract_margin, margin_erosion
from portfolio.analysis.commercial.contract_position import WE_BUY
from portfolio.analysis.commercial.contract_renewal import renewal_step
from portfolio.analysis.commercial.profitability import by_customer, by_type, contracts_by_category
from portfolio.model.commercial.contracts import Contract, Variation
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Details,
    Facts,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.commercial.contract_exposure import (
    burn_table,
    exposures_table,
    fee_rows,
)
from portfolio.report.sections.commercial.contract_financials import (
    SINCE_THE_BID,
    erosion_table,
    position_table,
    profit_table,
)
from portfolio.report.sections.commercial.contract_renewal import DECIDE_BY, NOTICE_BY
from portfolio.report.sections.commercial.customer_base import base_metrics

if TYPE_CHECKING:
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

VALUE = Column.number("Value", "The price with signed variations.")
MARGIN_NOW = Column.number("Margin now", "(price - expected cost) / price, at completion.")
_POINTS = Decimal(3)
_ROWS = 20


@section("board", order=75)
def commercial(pack: Pack) -> Section | None:
    """Show contracts by the attention they need: margin against the bid, and what is at stake."""
    contracts = [each for each in pack.all(Contract) if runs(pack, each)]
    if not contracts:
        return None
    exposures = exposures_table(pack, contracts)
    blocks: tuple[Block, ...] = (
        base_metrics(pack, contracts),
        _contracts(pack, contracts),
        *((Subheading("What late milestones cost"), exposures) if exposures else ()),
        *_more(pack, contracts),
    )
    return Section("commercial", "Contracts", blocks, _lead(pack, contracts))


def runs(pack: Pack, contract: Contract) -> bool:
    """Tell whether a contract still runs, or rolls on."""
    ended = contract.end is not None and contract.end < pack.as_of
    rolls = contract.renewal is not None and contract.renewal.mode == "auto"
    return not ended or rolls


def _lead(pack: Pack, contracts: list[Contract]) -> str:
    margins = [
        (margin, each)
        for each in contracts
        if each.is_sale
        and (found := contract_margin(each, _variations(pack, each)).value) is not None
        and (margin := found.margin.value) is not None
        and margin < 0
    ]
    if not margins:
        return ""
    worst, contract = min(margins, key=lambda pair: (pair[0], pair[1].id))
    count = "1 contract loses" if len(margins) == 1 else f"{len(margins)} contracts lose"
    set_aside = "a provision stands" if contract.provision is not None else "nothing is set aside"
    return (
        f"{count} money at completion: {contract.label} with a margin of {worst:.1%}; {set_aside}."
    )


def _more(pack: Pack, contracts: list[Contract]) -> tuple[Block, ...]:
    """Return what is folded away: why, earned and billed, burn, fees, profitability."""
    burn, fees = burn_table(pack, contracts), fee_rows(contracts)
    blocks: tuple[Block, ...] = (
        Subheading("Why margins moved"),
        erosion_table(pack, contracts),
        Subheading("Earned and billed"),
        position_table(pack, contracts),
        *((Subheading("Authorised days"), burn) if burn else ()),
        *((Subheading("Fees of target-cost contracts"), Facts(*fees)) if fees else ()),
    )
    found: list[Block] = [Details("Why margins moved, what is earned and billed", blocks)]
    if any(each.is_sale for each in contracts):
        portfolio = pack.portfolio
        tables = (
            profit_table(pack, by_customer(contracts), "Customer"),
            profit_table(pack, by_type(contracts), "Type"),
            profit_table(
                pack, contracts_by_category(portfolio, contracts), "Category of the projects"
            ),
        )
        found.append(Details("Who and what earns, now and over the last year", tables))
    return tuple(found)


def _contracts(pack: Pack, contracts: list[Contract]) -> Table:
    shown = sorted(contracts, key=lambda each: _attention(pack, each))[:_ROWS]
    cut = len(contracts) > _ROWS
    more = f" The {_ROWS} that need most attention of {len(contracts)}." if cut else ""
    return Table.of(
        Column("Contract"),
        Column("With"),
        VALUE,
        MARGIN_NOW,
        SINCE_THE_BID,
        DECIDE_BY,
        NOTICE_BY,
        rows=(_contract(pack, each) for each in shown),
        caption="Margin at completion of the price with signed variations; since the bid in "
        f"percentage points, negative is lost.{more}",
        empty="There is no contract that runs.",
    )


def _attention(pack: Pack, contract: Contract) -> tuple[object, ...]:
    step = renewal_step(pack.portfolio, contract).value
    lost = _erosion(pack, contract)
    return (
        step.dates.decision_due.isoformat() if step is not None and step.is_open else "9999",
        -(lost if lost is not None else Decimal(-1)),
        contract.id,
    )


def _erosion(pack: Pack, contract: Contract) -> Decimal | None:
    if not contract.is_sale:
        return None
    return margin_erosion(contract, _variations(pack, contract)).value


def _variations(pack: Pack, contract: Contract) -> tuple[Variation, ...]:
    return pack.portfolio.related(contract, Variation, "contract")


def _contract(pack: Pack, contract: Contract) -> tuple[Cell, ...]:
    step = renewal_step(pack.portfolio, contract).value
    ahead = step.dates if step is not None and step.is_open else None
    return (
        contract.label,
        pack.name(contract.customer or contract.supplier),
        contract.value or Missing("no value stated"),
        margin_cell(pack, contract),
        since_the_bid(pack, contract),
        ahead.decision_due if ahead else Missing(_decided(contract)),
        ahead.deadline if ahead else None,
    )


def margin_cell(pack: Pack, contract: Contract) -> Cell:
    """Return the margin at completion, or why there is none."""
    if not contract.is_sale:
        return Missing(WE_BUY)
    found = contract_margin(contract, _variations(pack, contract))
    return shown(found.map(lambda known: Share.of(known.margin)))


def since_the_bid(pack: Pack, contract: Contract) -> Cell:
    """Return how the margin moved since the bid in points, or why nobody knows."""
    if not contract.is_sale:
        return Missing(WE_BUY)
    return shown(margin_erosion(contract, _variations(pack, contract)).map(points))


def _decided(contract: Contract) -> str:
    renewal = contract.renewal
    if renewal is None or renewal.mode in {None, "none"}:
        return "does not renew"
    if renewal.notice is None:
        return "no notice stated"
    return renewal.decision if renewal.decision != "undecided" else "the day has passed"


def points(lost: Decimal) -> Status:
    """Return an erosion in percentage points with its colour, negative is lost."""
    gained = -100 * lost
    colour: Colour = "green" if gained >= 0 else "red" if -gained > _POINTS else "amber"
    return Status(colour, f"{gained:+.1f}")
