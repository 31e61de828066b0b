"""Tables about the money of contracts: what eroded margins, what is earned, owed and at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import erosion_split
from portfolio.analysis.commercial.contract_position import contract_position
from portfolio.analysis.commercial.profitability import TREND_MONTHS, profitability
from portfolio.analysis.commercial.unbilled_work import unbilled_since
from portfolio.model.commercial.contracts import Contract
from portfolio.report.blocks import Cell, Chart, Column, Missing, Share, Table, shown
from portfolio.report.charts.cost import Step, waterfall
from portfolio.report.table_layout import cells_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.commercial.contract_position import ContractPosition
    from portfolio.report.pack import Pack

SINCE_THE_BID = Column.number(
    "Since the bid", "Margin now - margin of the bid, in percentage points."
)
_POINTS = 100


def billed_cell(pack: Pack, contract: Contract) -> Cell:
    """Return what was billed until now, or why nobody can add it up."""
    found = contract_position(pack.portfolio, contract)
    return shown(found.map(lambda known: known.billed))


def points_cell(share: Decimal | None) -> Cell:
    """Return a share of a margin in percentage points, negative lost; a dash where not split."""
    if share is None:
        return None
    points = round(-_POINTS * share, 1)
    return f"{points:+.1f}" if points else "0.0"


def erosion_table(pack: Pack, contracts: Iterable[Contract]) -> Table:
    """Show why margins are not what was bid, part by part."""
    rows: list[tuple[Cell, ...]] = []
    for each in contracts:
        found = erosion_split(pack.portfolio, each)
        if not each.is_sale or found.value is None:
            continue
        split = found.value
        parts = (
            split.rate, split.volume, split.unsplit or None, split.unpaid_scope, split.damages,
            split.variations,
        )  # fmt: skip
        why = each.commentary or Missing("no commentary")
        rows.append(
            (each.label, points_cell(split.whole), *(points_cell(part) for part in parts), why)
        )
    return Table.of(
        Column("Contract"),
        SINCE_THE_BID,
        Column.number("Dearer work", "Cost per hour above the bid x hours, by the price."),
        Column.number("More work", "Hours above the bid x cost per hour of the bid, by the price."),
        Column.number("Both, not split", "Cost above the bid that nobody split, by the price."),
        Column.number("Unpaid scope", "Cost of work outside the contract, by the price."),
        Column.number("Damages", "Damages owed or expected, by the price."),
        Column.number("Signed variations", "Margin that signed variations add, by the price."),
        Column("Why", wide=True),
        rows=rows,
        caption="In percentage points of the price; negative is lost. Dearer and more work are "
        "told apart where the bid and the estimate state the effort.",
        empty="No contract states a bid and a cost at completion.",
    )


def cost_waterfall(pack: Pack, contract: Contract) -> Chart | None:
    """Draw what lies between the cost as bid and the cost now; nothing where nothing does."""
    found = erosion_split(pack.portfolio, contract).value
    if found is None:
        return None
    price, bid = found.price.amount, found.bid_cost
    parts = (
        ("Dearer work", found.rate),
        ("More work", found.volume),
        ("Dearer and more work", found.unsplit),
        ("Unpaid scope", found.unpaid_scope),
        ("Damages expected", found.damages),
    )
    changes = [Step(words, share * price) for words, share in parts if share]
    if not changes:
        return None
    now = bid.amount + sum((step.amount for step in changes), Decimal(0))
    steps = [Step("Cost as bid", bid.amount, True), *changes, Step("Cost now", now, True)]
    question = f"What lies between the cost as bid and now: {contract.label}?"
    rows = tuple((step.label, Money(step.amount, bid.currency)) for step in steps)
    table = Table.of(
        Column("Step"), Column.number("Amount", "The step in points of margin."), rows=rows
    )
    return Chart(question, waterfall(steps, bid.currency, question), table)


def position_table(pack: Pack, contracts: Iterable[Contract]) -> Table:
    """Show what is done, earned, billed and left under the contracts in which we sell."""

    def told(contract: Contract, known: ContractPosition) -> tuple[Cell, ...]:
        return (
            Share.of(known.complete),
            known.method,
            shown(known.recognised),
            known.billed,
            shown(known.balance),
            _age(pack, contract),
            shown(known.backlog),
            shown(known.provision),
        )

    rows = tuple(
        (each.label, *cells_of(contract_position(pack.portfolio, each), partial(told, each), 8))
        for each in contracts
        if each.is_sale
    )
    return Table.of(
        Column("Contract"),
        Column.number("Done", "Cost until now / expected cost at completion."),
        Column("By"),
        Column.number("Earned", "Done x price with signed variations."),
        Column.number("Billed", "Invoices issued until now, summed."),
        Column.number("Balance", "Earned - billed; above 0 we have not billed it yet."),
        Column("Unbilled since"),
        Column.number("Backlog", "Signed value - earned."),
        Column.number(
            "Expected loss",
            "The whole loss of a contract that will lose money, provided for at once.",
        ),
        rows=rows,
        caption="Earned: the share done of the price with signed variations. Balance: earned less "
        "billed, above 0 not yet billed, and since when; below 0 billed in advance. An expected "
        "loss is provided for at once and in full.",
        empty="There is no contract in which we sell.",
    )


def _age(pack: Pack, contract: Contract) -> Cell:
    """Return since when earned work waits to be billed; a dash where none does."""
    found = unbilled_since(pack.portfolio, contract)
    return None if found.code == "finished" else shown(found)


def profit_table(pack: Pack, groups: Mapping[str, Sequence[Contract]], heading: str) -> Table:
    """Show the pooled margin of groups of contracts, now and over the last year."""
    rows: list[tuple[Cell, ...]] = []
    for each in profitability(pack.portfolio, groups):
        left = f"{each.contracts} and {each.left_out} without a cost" if each.left_out else None
        trend = tuple(Share(share.value, "–") for share in each.trend[:-1])
        rows.append(
            (
                pack.name(each.group) or each.group,
                left or each.contracts,
                each.price,
                *trend,
                Share.of(each.margin),
            )
        )
    months = [
        Column.number(f"{months} months ago", "The same with what was known then.")
        for months in TREND_MONTHS[:-1]
    ]
    return Table.of(
        Column(heading, formula="The same with what was known then."),
        Column.number("Contracts", "Contracts in the group."),
        Column.number("Price", "Prices with signed variations, summed."),
        *months,
        Column.number("Margin now", "(prices - expected costs) / prices, pooled."),
        rows=rows,
        caption="Margins at completion as expected on the day, pooled: the sum of price less cost "
        "by the sum of price.",
        empty="There is no contract in which we sell.",
    )
