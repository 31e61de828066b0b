"""The way of a slip as a chart: what it moves, through what, and whom it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.listing import path
from portfolio.report.blocks import Cell, Chart, Column, Days, Table
from portfolio.report.charts.gantt import gantt_chart
from portfolio.report.charts.slip_gantt import ripple_gantt

if TYPE_CHECKING:
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.supposed_slip import Injection
    from portfolio.report.pack import Pack

_QUESTION = "Which way does the slip take? Faint is before, solid is after."


def chain_chart(pack: Pack, injection: Injection, found: Ripple) -> tuple[Chart, ...]:
    """Draw what moves and who is hit; nothing where nothing moves."""
    gantt = ripple_gantt(pack.portfolio, [injection], found)
    if not gantt.rows:
        return ()
    return (Chart(_QUESTION, gantt_chart(gantt), _moved_table(pack, found)),)


def _moved_table(pack: Pack, found: Ripple) -> Table:
    return Table.of(
        Column("What moves", wide=True),
        Column("From", formula="By the plan of today."),
        Column("To", formula="By the plan with the slip."),
        Column.number("Delay", "To - from, in calendar days."),
        Column("Through", wide=True),
        rows=(_row(pack, item) for item in found.moved),
    )


def _row(pack: Pack, item: MovedItem) -> tuple[Cell, ...]:
    return (
        item.name,
        item.old,
        item.new,
        Days(item.days, signed=True),
        path([pack.name(each) for each in item.through]) or None,
    )
