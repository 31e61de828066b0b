"""Tables that can be read: no column that nobody has filled, no hundred rows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from portfolio.report.blocks import Block, Cell, Details, Missing, Paragraph, Row, Section, Table
from portfolio.report.formatting import is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from portfolio.measure.measure import Measure

C = TypeVar("C")
LONGEST = 40
"""Rows of a table that nobody has to fold: folding away five would hide more than it clears."""
ROWS_FIRST = 25


def cells_of(
    found: Measure[C], written: Callable[[C], tuple[Cell, ...]], count: int
) -> tuple[Cell, ...]:
    """Return the cells that a computed value fills, or why there is none and dashes behind it."""
    if found.value is None:
        return (Missing(found.reason), *[None] * (count - 1))
    return written(found.value)


def trimmed(table: Table, rows_first: int = 0) -> Iterator[Block]:
    """Yield a table without its unknown columns, a sentence that names them, and the rows beyond.

    ``rows_first`` is how many rows stand open, the others being folded away; 0 means all.
    """
    kept = [
        index
        for index, _ in enumerate(table.columns)
        if index == 0 or not all(is_unknown(row[index]) for row in table.rows)
    ]
    dropped = [c.words for index, c in enumerate(table.columns) if index not in kept]
    narrow = replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(_cells(row, kept) for row in table.rows),
    )
    if dropped and table.rows:
        yield Paragraph(f"Not yet measured for any of them: {', '.join(dropped).lower()}.")
    yield from _opened(narrow, rows_first or len(narrow.rows))


def _opened(table: Table, rows_first: int) -> Iterator[Block]:
    rest = table.rows[rows_first:]
    yield replace(table, rows=table.rows[:rows_first])
    if rest:
        folded_away = (replace(table, rows=rest, caption=""),)
        yield Details(f"The other {len(rest)}", folded_away, on_paper=False)


def _cells(row: tuple[Cell, ...], kept: list[int]) -> tuple[Cell, ...]:
    cells = tuple(row[index] for index in kept)
    return Row(cells, row.trail) if isinstance(row, Row) else cells


def folded(section: Section) -> Section:
    """Return a section whose long tables show their first rows and fold the others away."""
    return replace(section, blocks=tuple(part for block in section.blocks for part in _fold(block)))


def _fold(block: Block) -> Iterator[Block]:
    if isinstance(block, Details):
        yield replace(block, blocks=tuple(part for inner in block.blocks for part in _fold(inner)))
    elif isinstance(block, Table) and len(block.rows) > LONGEST:
        yield from _opened(block, ROWS_FIRST)
    else:
        yield block
