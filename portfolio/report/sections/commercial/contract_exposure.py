"""Tables about what contracts put at stake: damages, days that run out, fees that depend."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_position import burn_of, fee_of
from portfolio.analysis.commercial.liquidated_damages import damages_exposures
from portfolio.model.commercial.contracts import Contract
from portfolio.report.blocks import Cell, Column, Days, Missing, Share, Table, shown
from portfolio.report.table_layout import cells_of

if TYPE_CHECKING:
    from portfolio.analysis.commercial.liquidated_damages import DamagesExposure
    from portfolio.analysis.commercial.revenue_recognition import Burn
    from portfolio.report.pack import Pack


def exposures_table(pack: Pack, contracts: Iterable[Contract]) -> Table | None:
    """Show damages under contracts: the last free day, what is owed, what is still to come."""
    rows = tuple(
        (each.label, *cells_of(found, partial(_exposure, each), 7))
        for each in contracts
        for found in damages_exposures(pack.portfolio, each)
    )
    if not rows:
        return None
    return Table.of(
        Column("Contract"),
        Column("Milestone"),
        Column("Clause", wide=True),
        Column("Free until", formula="Due day + grace."),
        Column("Stands on", formula="Actual, else forecast."),
        Column.number(
            "Owed to date",
            "Rate x started periods of delay after the grace until today, capped.",
        ),
        Column.number("At the forecast", "The same until the forecast day."),
        Column.number("Liability at most", "What the contract caps all liability at."),
        rows=rows,
        caption="Days are charged from the day after the agreed date, its extension and its grace.",
    )


def _exposure(contract: Contract, found: DamagesExposure) -> tuple[Cell, ...]:
    clause = found.clause
    rate: str = f"{clause.of_value_pct:f} % of the value" if clause.of_value_pct else ""
    if clause.rate is not None:
        rate = clause.rate.in_words()
    cap = f", at most {found.cap.amount:,.0f}" if found.cap is not None else ", no cap"
    grace = f", {clause.grace} free" if clause.grace.amount else ""
    return (
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
    rows = tuple(
        (each.label, str(each.authorised), *cells_of(burn_of(pack.portfolio, each), _burn, 4))
        for each in contracts
        if each.authorised is not None
    )
    if not rows:
        return None
    return Table.of(
        Column("Contract"),
        Column.number("Authorised", "Days that the customer has authorised."),
        Column.number("Used", "Days booked until now."),
        Column.number("A month", "Mean days of the last three months."),
        Column.number("Lasts", "(authorised - used) / days a month."),
        Column.number("Beyond it", "Work left - (authorised - used)."),
        rows=rows,
        caption="A month: the mean of the last three. Beyond it: used and still to do, less what "
        "is authorised; negative is room.",
    )


def _burn(known: Burn) -> tuple[Cell, ...]:
    return (
        Share.of(known.consumed),
        known.per_month.map(lambda days: f"{days:.0f} days").value,
        shown(known.months_left.map(lambda left: f"{left:.1f} months")),
        Days(round(known.overrun), signed=True),
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
