"""Where the figures of a page are written, as far as the page itself tells.

Sections lay the trails of figures that are computed from several records. Most rows tell about one
entity, whose name stands in them, and most other figures stand beside a term of the glossary: so
nobody has to lay these trails by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Project
from portfolio.model.entity import kind_named
from portfolio.model.index import per_portfolio
from portfolio.model.resources import Person
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Chart,
    Details,
    Facts,
    Inline,
    Metric,
    Metrics,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Traced,
)
from portfolio.report.formatting import in_words, is_figure, parts_of
from portfolio.report.trails.glossary import term_named
from portfolio.report.trails.sources import trail, written
from portfolio.report.trails.trail import Trail
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.diagnostic import Location
    from portfolio.model.entity import Entity
    from portfolio.report.pack import Pack
    from portfolio.view.view import View

    Names = Mapping[str, Sequence[Entity]]

_ENDS = (" (", ", ")
"""What may stand behind a name in the same cell: its kind, its unit."""
_FIRST = 3
_MOST = 6
_FIGURES = (Decimal, date, Money)


def placed(pack: Pack, section: Section) -> Section:
    """Return a section whose figures lead to where they are written."""
    place = _Placing(pack)
    return replace(section, blocks=tuple(place.block(block) for block in section.blocks))


class _Placing:
    """One section's figures, the names of a portfolio, and where its records are written."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._names = _named(pack.portfolio)

    def block(self, block: Block, about: Entity | None = None) -> Block:
        """Return a block whose figures have trails; ``about`` is what stands around it."""
        match block:
            case Table():
                return self._table(block, about)
            case Chart():
                return replace(block, data=self._table(block.data, about))
            case Details():
                return replace(block, blocks=tuple(self.block(b, about) for b in block.blocks))
            case Callout():
                inside = self._about((), (block.title,)) or about
                return replace(block, body=tuple(self.block(b, inside) for b in block.body))
            case Metrics():
                return Metrics(*map(self._metric, block.metrics))
            case Facts():
                return Facts(*((term, self._cell(term, cell)) for term, cell in block.facts))
            case Paragraph():
                return Paragraph(*self._sentence(block.parts, about))
        return block

    def _metric(self, metric: Metric) -> Metric:
        found = metric.trail or self._trail_of(metric.label)
        return replace(metric, trail=found)

    def _cell(self, term: str, cell: Cell) -> Cell:
        found = self._trail_of(term)
        if found is None:
            return cell
        return tuple(_traced(part, found) for part in parts_of(cell)) if cell is not None else None

    def _sentence(self, parts: tuple[Inline, ...], about: Entity | None) -> tuple[Inline, ...]:
        """Follow the figures of a sentence that begins with a term: `Waiting costs: 5,000`."""
        first = parts[0] if parts else ""
        words = first.words if isinstance(first, Strong) else first
        term = words.rstrip(": ") if isinstance(words, str) else ""
        found = self._trail_of(term) if term else None
        if found is None:
            return parts
        found = replace(found, of=term)
        if about is not None:
            found = replace(found, of=f"{term}: {about.label}", sources=written(about))
        return tuple(_traced(part, found) for part in parts)

    def _trail_of(self, words: str) -> Trail | None:
        term = term_named(words)
        if term is None:
            return None
        return trail(term.formula, sources=self._places(term.kinds))

    def _places(self, kinds: str) -> tuple[Location, ...]:
        found = (kind_named(name) for name in kinds.split())
        return tuple(
            place for kind in found if kind is not None for place in written(*self._pack.all(kind))
        )

    def _table(self, table: Table, about: Entity | None) -> Table:
        if not table.rows:
            return table
        headings = tuple(column.words.lower() for column in table.columns[:_FIRST])
        of_all = written(about) if about is not None else None
        if of_all is None:
            term = term_named(table.columns[0].words)
            of_all = self._places(term.kinds) if term is not None else ()
        rows = tuple(self._row(headings, row, of_all) for row in table.rows)
        return replace(table, rows=rows)

    def _row(
        self, headings: tuple[str, ...], row: tuple[Cell, ...], of_all: tuple[Location, ...]
    ) -> tuple[Cell, ...]:
        if isinstance(row, Row) and row.trail.sources:
            return row
        entity = self._about(headings, row)
        sources = written(entity) if entity is not None else of_all
        if not sources:
            return row
        laid = row.trail if isinstance(row, Row) else Trail(inputs=_stated(entity))
        return Row(row, replace(laid, sources=sources))

    def _about(self, headings: tuple[str, ...], row: tuple[Cell, ...]) -> Entity | None:
        """Return the entity that one of the first cells names: what a row is about stands there.

        A row names its owner, too, but is about a person only when that stands first.
        """
        for index, cell in enumerate(row[:_FIRST]):
            words, heading = in_words(cell), headings[index] if headings else ""
            for name in (words, *(words.rpartition(end)[0] for end in _ENDS)):
                found = [
                    e for e in self._names.get(name, ()) if not index or not isinstance(e, Person)
                ]
                if len(found) > 1:
                    found = [e for e in found if e.KIND.replace("_", " ") in heading] or [
                        e for e in found if isinstance(e, Project)
                    ]
                if len(found) == 1:
                    return found[0]
        return None


def _stated(entity: Entity | None) -> tuple[tuple[str, str], ...]:
    """Return the first figures that an entity states; of a person none, they are nobody's news."""
    if entity is None or isinstance(entity, Person):
        return ()
    stated = ((name.strip("_").replace("_", " "), value) for name, value in entity.stated().items())
    figures = [(name, in_words(value)) for name, value in stated if isinstance(value, _FIGURES)]
    return tuple(figures[:_MOST])


def _traced(part: Inline, found: Trail) -> Inline:
    is_ours = is_figure(part) and not isinstance(part, Traced)
    return Traced(part, found) if is_ours else part  # type: ignore[arg-type]


@per_portfolio
def _named(portfolio: View) -> Names:
    """Return the entities by their names."""
    found: dict[str, list[Entity]] = {}
    for entity in portfolio.entities.values():
        found.setdefault(entity.label, []).append(entity)
    return found
