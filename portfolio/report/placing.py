"""Where a row is written that tells about one entity: the entity that its first cell names.

Sections lay the trails of figures that are computed from several records. Most rows tell about one
entity, and that stands in the row itself: so nobody has to write it down a second time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.model.delivery import Project
from portfolio.model.portfolio import per_portfolio
from portfolio.model.resources import Person
from portfolio.report.following import trail, written
from portfolio.report.formatting import in_words
from portfolio.report.report import Block, Callout, Cell, Chart, Details, Row, Section, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.model.entity import Entity
    from portfolio.model.portfolio import Portfolio

    Names = Mapping[str, Sequence[Entity]]

_ENDS = (" (", ", ")
"""What may stand behind a name in the same cell: its kind, its unit."""
_FIRST = 3


def placed(portfolio: Portfolio, section: Section) -> Section:
    """Return a section whose rows about one entity lead to where that is written."""
    names = _named(portfolio)
    return replace(section, blocks=tuple(_block(names, block) for block in section.blocks))


@per_portfolio
def _named(portfolio: Portfolio) -> Names:
    """Return the entities by their names."""
    found: dict[str, list[Entity]] = {}
    for entity in portfolio.entities.values():
        found.setdefault(entity.label, []).append(entity)
    return found


def _block(names: Names, block: Block) -> Block:
    match block:
        case Table():
            return _table(names, block)
        case Chart():
            return replace(block, data=_table(names, block.data))
        case Details():
            return replace(block, blocks=tuple(_block(names, each) for each in block.blocks))
        case Callout():
            return replace(block, body=tuple(_block(names, each) for each in block.body))
    return block


def _table(names: Names, table: Table) -> Table:
    headings = tuple(column.words.lower() for column in table.columns[:_FIRST])
    return replace(table, rows=tuple(_row(names, headings, row) for row in table.rows))


def _row(names: Names, headings: tuple[str, ...], row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if isinstance(row, Row) and row.trail.sources:
        return row
    entity = _about(names, headings, row)
    if entity is None:
        return row
    if isinstance(row, Row):
        return Row(row, replace(row.trail, sources=written(entity)))
    return Row(row, trail(sources=written(entity)))


def _about(names: Names, headings: tuple[str, ...], row: tuple[Cell, ...]) -> Entity | None:
    """Return the entity that one of the first cells names: what a row is about stands there.

    A row names its owner, too, but is about a person only when that stands first.
    """
    for index, heading in enumerate(headings):
        words = in_words(row[index])
        for name in (words, *(words.rpartition(end)[0] for end in _ENDS)):
            found = [e for e in names.get(name, ()) if not index or not isinstance(e, Person)]
            if len(found) > 1:
                found = [e for e in found if e.KIND.replace("_", " ") in heading] or [
                    e for e in found if isinstance(e, Project)
                ]
            if len(found) == 1:
                return found[0]
    return None
