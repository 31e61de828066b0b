"""What of the budgets is left: spent, ordered, free, how long it lasts, and who pays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.budget_columns import allotted, unallotted
from portfolio.analysis.finance.cost_variance import price_and_volume
from portfolio.analysis.finance.expenditure import cost_by_category, spending
from portfolio.analysis.risk.contingency_reserve import reserve
from portfolio.measure.currency import in_currency
from portfolio.model.finance import Funding
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Index,
    Missing,
    Section,
    Subheading,
    Table,
    shown,
)
from portfolio.report.formatting import listed
from portfolio.report.section import section
from portfolio.report.table_layout import trimmed
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.finance.expenditure import Spending
    from portfolio.analysis.risk.contingency_reserve import Reserve
    from portfolio.model.delivery.projects import Project
    from portfolio.report.pack import Pack

_ROWS = 15
_SHORT = 2
"""Months of money that are worth a sentence."""


@section("board", order=42)
def budgets(pack: Pack) -> Section | None:
    """Show what is free of each budget, how long it lasts, and what the funds have left."""
    found = [
        (project, money)
        for project in pack.live_projects
        if (money := spending(pack.portfolio, project).value) is not None
    ]
    funds = pack.all(Funding)
    if not found and not funds:
        return None
    found.sort(key=lambda each: (_lasts(each[1]), each[0].id))
    blocks: list[Block] = [*trimmed(_left(pack, found), _ROWS)] if found else []
    blocks += _price_and_volume(pack)
    if funds:
        blocks += [Subheading("Funding"), _funding(pack, funds)]
    return Section("budgets", "Budgets and funding", tuple(blocks), _lead(found))


def _lasts(money: Spending) -> Decimal:
    return money.runway.value if money.runway.value is not None else Decimal("Infinity")


def _lead(found: list[tuple[Project, Spending]]) -> str:
    short = [project.label for project, money in found if _lasts(money) < _SHORT]
    if not short:
        return ""
    return f"At the present burn the budget lasts less than {_SHORT} months: {listed(short)}."


def _left(pack: Pack, found: list[tuple[Project, Spending]]) -> Table:
    columns = (
        Column("Project"),
        Column.number("Spent", "Costs booked until now, summed."),
        Column.number("Ordered", "Open commitments, summed."),
        Column.number("Free", "Budget - spent - ordered."),
        Column.number("A month", "Mean spend of the last three months."),
        Column.number("Months left", "Free budget / spend a month."),
        Column.number("Capex", "Budget lines that are capital, summed."),
        Column.number("Contingency left", "Contingency budget - draws."),
        Column.number("Covers", "Contingency left / exposure to open threats."),
    )
    caption = (
        "The shortest first, in the currency of each project. A month is the mean of the last "
        "three; covers is the contingency left by the residual exposure of open threats."
    )
    return Table(columns, tuple(_row(pack, *each) for each in found), caption=caption)


def _row(pack: Pack, project: Project, money: Spending) -> tuple[Cell, ...]:
    spare = reserve(pack.portfolio, project)
    burn, lasts = money.burn, money.runway
    return (
        project.label,
        *(Money(each, money.currency) for each in (money.actual, money.committed, money.free)),
        shown(in_currency(burn, money.currency)),
        Index.of(lasts),
        _capital(pack, project),
        *_reserve(spare.value, money.currency, spare.reason),
    )


def _capital(pack: Pack, project: Project) -> Cell:
    """Return the budget that is capital expenditure only."""
    found = cost_by_category(pack.portfolio, project)
    capital = found.map(lambda parts: sum((each.capital for each in parts), Decimal(0)))
    return shown(in_currency(capital, project.bac.currency if project.bac is not None else ""))


def _reserve(found: Reserve | None, currency: str, reason: str) -> tuple[Cell, Cell]:
    if found is None:
        return Missing(reason), Missing(reason)
    return Money(found.left, currency), Index.of(found.cover)


def _price_and_volume(pack: Pack) -> list[Block]:
    """Tell dearer units from more of them, where plan and cost state their quantities."""
    rows: list[tuple[Cell, ...]] = []
    for project in pack.live_projects:
        split = price_and_volume(pack.portfolio, project).value
        if split is not None and project.bac is not None:
            currency = project.bac.currency
            parts = (split.price, split.volume, split.price + split.volume)
            rows.append((project.label, *(Money(round(part, 0), currency) for part in parts)))
    if not rows:
        return []
    columns = (
        Column("Project"),
        Column.number(
            "Dearer or cheaper units", "(planned price - actual price) x actual quantity."
        ),
        Column.number(
            "More or fewer units", "(planned quantity - actual quantity) x planned price."
        ),
        Column.number("In all", "Price effect + volume effect."),
    )
    caption = "Until now, of the categories that state quantities; negative is dearer than planned."
    return [Subheading("Price and volume"), Table(columns, tuple(rows), caption=caption)]


def _funding(pack: Pack, funds: tuple[Funding, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for fund in funds:
        used = allotted(fund, pack.portfolio)
        left = unallotted(fund, pack.portfolio)
        rows.append(
            (
                fund.name or fund.source_,
                fund.amount,
                shown(used),
                shown(left),
                fund.available_to or Missing("no end"),
                fund.conditions or Missing("none"),
            )
        )
    columns = (
        Column("Fund"),
        Column.number("Amount", "As stated."),
        Column.number("In budgets", "Budget lines that the fund pays, summed."),
        Column.number("Left", "Amount - what stands in budgets."),
        Column("Ends", formula="As stated."),
        Column("Conditions", wide=True),
    )
    return Table(columns, tuple(rows))
