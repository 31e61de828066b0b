"""Tables about the money of contracts: what eroded margins, what is earned, owed and at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.erosion import erosion_split
from portfolio.analysis.exposures import damages_exposures
from portfolio.analysis.position import burn_of, contract_position, fee_of
from portfolio.analysis.profitability import TREND_MONTHS, profitability
from portfolio.analysis.unbilled import unbilled_since
from portfolio.model.commercial import Contract
from portfolio.report.money_charts import Step, waterfall
from portfolio.report.report import Cell, Chart, Column, Days, Missing, Share, Table
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.exposures import DamagesExposure
    from portfolio.analysis.measure import Measure
    from portfolio.report.pack import Pack

_POINTS = 100


def money_cell(measure: Measure[Money]) -> Cell:
    """Return an amount, or why there is none."""
    return measure.value if measure.value is not None else Missing(measure.reason)


def billed_cell(pack: Pack, contract: Contract) -> Cell:
    """Return what was billed until now, or why nobody can add it up."""
    found = contract_position(pack.portfolio, contract)
    return found.value.billed if found.value is not None else Missing(found.reason)


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
    return Table(
        (
            Column("Contract"),
            Column("Since the bid", numeric=True),
            Column("Dearer work", numeric=True),
            Column("More work", numeric=True),
            Column("Both, not split", numeric=True),
            Column("Unpaid scope", numeric=True),
            Column("Damages", numeric=True),
            Column("Signed variations", numeric=True),
            Column("Why", wide=True),
        ),
        tuple(rows),
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
    table = Table((Column("Step"), Column("Amount", numeric=True)), rows)
    return Chart(question, waterfall(steps, bid.currency, question), table)


def position_table(pack: Pack, contracts: Iterable[Contract]) -> Table:
    """Show what is done, earned, billed and left under the contracts in which we sell."""
    rows: list[tuple[Cell, ...]] = []
    for each in contracts:
        found = contract_position(pack.portfolio, each)
        if not each.is_sale:
            continue
        if found.value is None:
            rows.append((each.label, Missing(found.reason), *[None] * 7))
            continue
        known = found.value
        rows.append(
            (
                each.label,
                Share(known.complete.value, known.complete.reason),
                known.method,
                money_cell(known.recognised),
                known.billed,
                money_cell(known.balance),
                _age(pack, each),
                money_cell(known.backlog),
                money_cell(known.provision),
            )
        )
    return Table(
        (
            Column("Contract"),
            Column("Done", numeric=True),
            Column("By"),
            Column("Earned", numeric=True),
            Column("Billed", numeric=True),
            Column("Balance", numeric=True),
            Column("Unbilled since"),
            Column("Backlog", numeric=True),
            Column("Expected loss", numeric=True),
        ),
        tuple(rows),
        caption="Earned: the share done of the price with signed variations. Balance: earned less "
        "billed, above 0 not yet billed, and since when; below 0 billed in advance. An expected "
        "loss is provided for at once and in full.",
        empty="There is no contract in which we sell.",
    )


def _age(pack: Pack, contract: Contract) -> Cell:
    """Return since when earned work waits to be billed; a dash where none does."""
    found = unbilled_since(pack.portfolio, contract)
    if found.value is None:
        return None if found.code == "finished" else Missing(found.reason)
    return found.value


def exposures_table(pack: Pack, contracts: Iterable[Contract]) -> Table | None:
    """Show damages under contracts: the last free day, what is owed, what is still to come."""
    rows: list[tuple[Cell, ...]] = []
    for each in contracts:
        for found in damages_exposures(pack.portfolio, each):
            if found.value is None:
                rows.append((each.label, Missing(found.reason), *[None] * 6))
            else:
                rows.append(_exposure(each, found.value))
    if not rows:
        return None
    return Table(
        (
            Column("Contract"),
            Column("Milestone"),
            Column("Clause", wide=True),
            Column("Free until"),
            Column("Stands on"),
            Column("Owed to date", numeric=True),
            Column("At the forecast", numeric=True),
            Column("Liability at most", numeric=True),
        ),
        tuple(rows),
        caption="Days are charged from the day after the agreed date, its extension and its grace.",
    )


def _exposure(contract: Contract, found: DamagesExposure) -> tuple[Cell, ...]:
    clause = found.clause
    rate: str = f"{clause.of_value_pct:f} % of the value" if clause.of_value_pct else ""
    if clause.rate is not None:
        rate = f"{clause.rate.amount:,.0f} {clause.rate.currency}"
    cap = f", at most {found.cap.amount:,.0f}" if found.cap is not None else ", no cap"
    grace = f", {clause.grace} free" if clause.grace.amount else ""
    return (
        contract.label,
        found.milestone.label,
        f"{rate} a {clause.per.replace('_', ' ')}{grace}{cap}",
        found.free_until,
        found.forecast,
        found.to_date,
        found.at_forecast,
        contract.liability_cap or Missing("no cap stated"),
    )


def burn_table(pack: Pack, contracts: Iterable[Contract]) -> Table | None:
    """Show how authorised days burn, and the fee of target-cost contracts."""
    rows: list[tuple[Cell, ...]] = []
    for each in contracts:
        if each.authorised is None:
            continue
        found = burn_of(pack.portfolio, each)
        if found.value is None:
            rows.append((each.label, str(each.authorised), Missing(found.reason), *[None] * 3))
            continue
        known = found.value
        left = known.months_left.value
        rows.append(
            (
                each.label,
                str(each.authorised),
                Share(known.consumed.value, known.consumed.reason),
                f"{known.per_month.value:.0f} days" if known.per_month.value is not None else None,
                f"{left:.1f} months" if left is not None else Missing(known.months_left.reason),
                Days(round(known.overrun), signed=True),
            )
        )
    if not rows:
        return None
    return Table(
        (
            Column("Contract"),
            Column("Authorised", numeric=True),
            Column("Used", numeric=True),
            Column("A month", numeric=True),
            Column("Lasts", numeric=True),
            Column("Beyond it", numeric=True),
        ),
        tuple(rows),
        caption="A month: the mean of the last three. Beyond it: used and still to do, less what "
        "is authorised; negative is room.",
    )


def fee_rows(contracts: Iterable[Contract]) -> tuple[tuple[str, Cell], ...]:
    """Return the fee of each target-cost contract with the cost at which it stops falling."""
    found: list[tuple[str, Cell]] = []
    for each in contracts:
        if each.incentive is None:
            continue
        fee = fee_of(each)
        currency = each.incentive.target_fee.currency
        if fee.value is None:
            found.append((each.label, Missing(fee.reason)))
            continue
        floor = fee.value.floor_cost
        stops = f"; stops falling at a cost of {floor:,.0f}" if floor is not None else ""
        found.append((each.label, f"{fee.value.fee:,.0f} {currency}{stops}"))
    return tuple(found)


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
                Share(each.margin.value, each.margin.reason),
            )
        )
    months = [Column(f"{months} months ago", numeric=True) for months in TREND_MONTHS[:-1]]
    return Table(
        (
            Column(heading),
            Column("Contracts", numeric=True),
            Column("Price", numeric=True),
            *months,
            Column("Margin now", numeric=True),
        ),
        tuple(rows),
        caption="Margins at completion as expected on the day, pooled: the sum of price less cost "
        "by the sum of price.",
        empty="There is no contract in which we sell.",
    )
