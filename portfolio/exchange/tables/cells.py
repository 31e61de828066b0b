"""The cells of a row that a field is read from, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.exchange.tables.columns import fits
from portfolio.exchange.tables.notation import days_between
from portfolio.exchange.tables.rows import SourceRow, plain
from portfolio.exchange.tables.typed_values import Notation
from portfolio.exchange.tables.workbook_reader import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.exchange.tables.mapping import Cell, ImportMapping
    from portfolio.exchange.tables.resolved_mapping import FieldPlan, TablePlan

State = Literal["converted", "missing", "exempt", "not_understood", "set_aside", "constant"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a cell: its state, the field's text, and which column held what."""

    state: State
    text: str = ""
    column: str = ""
    written: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads cells as a mapping says, into a portfolio with one currency."""

    mapping: ImportMapping
    currency: str
    as_of: str = ""

    def outcomes(
        self, plan: TablePlan, wanted: FieldPlan, cell: Cell, row: SourceRow
    ) -> list[Outcome]:
        """Read one cell of a row for a field; several outcomes where it is split into items."""
        if cell.value is not None:
            return [Outcome("constant", cell.value)]
        if cell.between:
            return [self._between(plan, cell, row)]
        state: State = "missing"
        column: str = ""
        raw: Raw = ""
        for column, raw in self._candidates(plan, cell, row):  # noqa: B007 - the last one stays
            state = self.state(cell, plain(raw))
            if state != "missing":
                break
        if state != "converted":
            return [Outcome(state, column=column, written=plain(raw))]
        notation = self._notation(plan, cell, row)
        return [self._read(notation, wanted, column, item) for item in _items(cell, raw)]

    def state(self, cell: Cell, text: str) -> State:
        """Tell whether a cell holds a value at all."""
        if not text or fits(text, (*self.mapping.missing, *cell.missing)):
            return "missing"
        if fits(text, (*self.mapping.exempt, *cell.exempt)):
            return "exempt"
        return "converted"

    def _candidates(self, plan: TablePlan, cell: Cell, row: SourceRow) -> Iterator[tuple[str, Raw]]:
        """Yield the column that a cell is read from, then the one read in its place."""
        if cell.columns:
            header = " + ".join(plan.header(name) for name in cell.columns)
            texts = (joined(plan, row, (name,), "") for name in cell.columns)
            kept = (text for text in texts if self.state(cell, text) != "missing")
            yield header, cell.separator.join(kept)
        for names in (cell.column, cell.otherwise):
            index = plan.index(names) if names else None
            if index is not None:
                yield plan.sheet.headers[index], row.cells[index]

    def _notation(self, plan: TablePlan, cell: Cell, row: SourceRow) -> Notation:
        index = plan.index(cell.currency) if cell.currency else None
        stated = plain(row.cells[index]) if index is not None else ""
        return Notation(self.mapping, cell, self.currency, stated)

    def _read(self, notation: Notation, wanted: FieldPlan, column: str, raw: Raw) -> Outcome:
        try:
            text = notation.read(raw, wanted.shape, wanted.stated)
        except ValueError as error:
            return Outcome("not_understood", "", column, plain(raw), str(error))
        when = notation.cell.when
        if when and (text <= self.as_of) != (when == "past"):
            return Outcome("set_aside", "", column, plain(raw))
        return Outcome("converted", text, column, plain(raw))

    def _between(self, plan: TablePlan, cell: Cell, row: SourceRow) -> Outcome:
        """Count the days from one column's date to another's."""
        names = cell.between or ()
        column = " … ".join(plan.header(name) for name in names)
        cells = [row.cells[index] for name in names if (index := plan.index(name)) is not None]
        written = " … ".join(plain(raw) for raw in cells)
        states = {self.state(cell, plain(raw)) for raw in cells}
        if states != {"converted"}:
            state: State = "exempt" if "exempt" in states else "missing"
            return Outcome(state, column=column, written=written)
        notation = self._notation(plan, cell, row)
        try:
            days = days_between(*(notation.day(raw) for raw in cells))
        except ValueError as error:
            return Outcome("not_understood", "", column, written, str(error))
        if days < 1:
            return Outcome("not_understood", "", column, written, "an end on or after the start")
        return Outcome("converted", f"{days}cd", column, written)


def joined(plan: TablePlan, row: SourceRow, names: tuple[str, ...], separator: str) -> str:
    """Join the texts of several columns, leaving out empty ones."""
    indices = (plan.index(name) for name in names)
    parts = (plain(row.cells[index]) for index in indices if index is not None)
    return separator.join(part for part in parts if part)


def _items(cell: Cell, raw: Raw) -> list[Raw]:
    if not cell.split or not isinstance(raw, str):
        return [raw]
    return [part.strip() for part in raw.split(cell.split) if part.strip()]
