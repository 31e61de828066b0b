"""Which figures of a report cannot be followed to what they are made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Chart,
    Details,
    Facts,
    Metrics,
    Paragraph,
    Report,
    Row,
    Table,
    Traced,
)
from portfolio.report.formatting import in_words, is_figure, parts_of
from portfolio.report.trails.trail import Formula, Trail


def unfollowed(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield section, place and words of each figure whose note would not tell enough.

    A note tells enough when it says how the figure came about and where that is written. For a date
    one of both is enough; what counts nothing has no place.
    """
    for term, value in report.stamp:
        yield from _cell("stamp", term, value, None, "")
    for section in report.sections:
        for block in section.blocks:
            yield from _block(section.id, block)


def _block(section: str, block: Block) -> Iterator[tuple[str, str, str]]:
    match block:
        case Paragraph():
            yield from _cell(section, "sentence", block.parts, None, "")
        case Metrics():
            for metric in block.metrics:
                for value in (metric.value, metric.note):
                    yield from _cell(section, metric.label, value, metric.trail, "")
        case Facts():
            for term, value in block.facts:
                yield from _cell(section, term, value, None, "")
        case Table():
            yield from _table(section, block)
        case Chart():
            yield from _table(section, block.data)
        case _:
            for inner in _inside(block):
                yield from _block(section, inner)


def _inside(block: Block) -> tuple[Block, ...]:
    if isinstance(block, Callout):
        return block.body
    return block.blocks if isinstance(block, Details) else ()


def _table(section: str, table: Table) -> Iterator[tuple[str, str, str]]:
    for row in table.rows:
        trail = row.trail if isinstance(row, Row) else None
        for column, cell in zip(table.columns, row, strict=True):
            place = f"{table.caption or table.columns[0].words}: {column.words}"
            yield from _cell(section, place, cell, trail, column.formula, column.numeric)


def _cell(
    section: str,
    place: str,
    cell: Cell,
    trail: Trail | None,
    formula: Formula,
    counted: bool = False,  # noqa: FBT001, FBT002
) -> Iterator[tuple[str, str, str]]:
    for part in parts_of(cell):
        own = part.trail if isinstance(part, Traced) else trail
        value = part.figure if isinstance(part, Traced) else part
        if isinstance(part, Traced) or is_figure(part, counted=counted):
            found = own or Trail()
            counts_nothing = not any(digit in in_words(value) for digit in "123456789")
            is_told = found.words or found.inputs or formula
            is_placed = found.places or counts_nothing
            is_enough = (is_told or is_placed) if isinstance(value, date) else is_told and is_placed
            if not is_enough:
                yield section, place, in_words(part)
