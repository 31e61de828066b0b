"""From the rows of a long table to entities: there are many, so nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from portfolio.loading.cells import CellReader, cell_reader
from portfolio.loading.entities import finished
from portfolio.loading.findings import INVALID, Findings
from portfolio.loading.records import require
from portfolio.place import PLACE_LIMIT, Source, packed
from portfolio.record import Field, Nested, Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.entity import Entity

CURRENCY = Field("The currency of the plain amounts in its row.", "currency")
"""The column that a table of any kind may have, though the kind has no such field."""


@dataclass(frozen=True, slots=True)
class Column:
    """The path of keys that a header names (`current.p`), the field at its end, its reader."""

    path: tuple[str, ...]
    field: Field
    read: CellReader
    is_nested: bool
    is_money: bool
    """Whether its plain amounts take the currency of their row."""


def column_of(path: tuple[str, ...], stated: Field) -> Column:
    """Return the column of a field, the last of the keys in the path."""
    is_money = isinstance(stated.shape, Scalar) and stated.shape.name == "money"
    return Column(path, stated, cell_reader(stated), len(path) > 1, is_money)


class FilledCell(NamedTuple):
    """A cell of a nested record that is not empty, and the column it stands in."""

    column: Column
    text: str
    place: int


class CellPlaces(Mapping[str, int]):
    """Where the values of one row stand, by key; worked out when somebody asks.

    The position of a cell is where its value would start if no cell before it were quoted, which
    is exact for what spreadsheets write unless a cell contains quotes.
    """

    __slots__ = ("_cells", "_columns", "_line")

    def __init__(self, columns: Sequence[Column | None], cells: Sequence[str], line: int) -> None:
        """Keep the row as it was read, and the number of its line."""
        self._columns, self._cells, self._line = columns, cells, line

    def __getitem__(self, key: str) -> int:
        """Return the packed position of the first cell that states something of a field."""
        return self._stated()[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of the fields that the row states."""
        return iter(self._stated())

    def __len__(self) -> int:
        """Return how many fields the row states."""
        return len(self._stated())

    def _stated(self) -> dict[str, int]:
        places: dict[str, int] = {}
        start = 1
        for column, cell in zip(self._columns, self._cells, strict=False):
            if column is not None and column.field is not CURRENCY and cell.strip():
                places.setdefault(column.path[0], cell_place(cell, self._line, start))
            start += len(cell) + 1
        return places


def cell_place(cell: str, line: int, start: int) -> int:
    """Return the packed position of a cell's text, given where the cell itself starts."""
    text = cell.strip()
    lead = cell.find(text) if len(text) < len(cell) else 0
    return packed(line, start + lead, len(text))


class RowReader:
    """Reads the rows of one table, whose columns never change."""

    def __init__(
        self, kind: type[Entity], columns: Sequence[Column | None], findings: Findings
    ) -> None:
        """Find once what does not depend on the row."""
        self._kind, self._columns, self._findings = kind, columns, findings
        at = {column.path: number for number, column in enumerate(columns) if column is not None}
        self._id_at = at.get(("id",))
        is_own = CURRENCY.key in kind.FIELDS  # then it is read like any other
        self._currency_at = None if is_own else at.get((CURRENCY.key,))

    def read(self, cells: Sequence[str], line: int) -> Entity | None:
        """Read one row; an empty cell is an absent field, an empty row nothing."""
        findings = self._findings
        findings.entity = ""
        already = len(findings.found)
        values: dict[str, Any] = {}
        nested: list[FilledCell] = []
        for column, text, place in self._filled(cells, line):
            if column.is_nested:
                nested.append(FilledCell(column, text, place))
                continue
            value = column.read(text, place, findings)
            if value is not INVALID:
                values[column.field.name] = value
        if not values and not any(map(str.strip, cells)):
            return None
        if nested:
            _fill_nested(self._kind, values, nested, findings)
        if len(findings.found) > already and self._id_at is not None:
            findings.name_since(already, _text(cells, self._id_at))
        places = CellPlaces(self._columns, cells, line)
        source = Source(findings.path, packed(line, 1, len(cells[0])), places)
        return finished(self._kind, values, source, findings)

    def _filled(self, cells: Sequence[str], line: int) -> Iterator[tuple[Column, str, int]]:
        """Yield the cells that state something: their column, their text, where that stands."""
        currency = "" if self._currency_at is None else _text(cells, self._currency_at)
        start, before = 1, line << 32
        for column, cell in zip(self._columns, cells, strict=False):
            text = cell.strip()
            if text and column is not None and column.field is not CURRENCY:
                length = len(text)
                if length < len(cell) or start + length > PLACE_LIMIT:
                    place = cell_place(cell, line, start)
                else:  # `packed`, written out for the usual cell
                    place = before | start << 16 | length
                if currency and column.is_money and " " not in text:
                    text = f"{text} {currency}"
                yield column, text, place
            start += len(cell) + 1


def _text(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""


def _fill_nested(
    record: type[Record],
    values: dict[str, Any],
    cells: Sequence[FilledCell],
    findings: Findings,
    depth: int = 0,
) -> None:
    """Add the nested records that dotted headers state to the values of the record around them.

    ``depth`` is how many keys of the columns' paths lead to that record.
    """
    parts: dict[str, list[FilledCell]] = {}
    for cell in cells:
        parts.setdefault(cell.column.path[depth], []).append(cell)
    for key, inside in parts.items():
        stated = record.FIELDS[key]
        assert isinstance(stated.shape, Nested)  # noqa: S101 - the header's columns made it so
        inner, inner_values = stated.shape.record, dict[str, Any]()
        places: dict[str, int] = {}
        deeper: list[FilledCell] = []
        for cell in inside:
            column, text, place = cell
            places.setdefault(column.path[depth + 1], place)
            if len(column.path) > depth + 2:
                deeper.append(cell)
                continue
            value = column.read(text, place, findings)
            if value is not INVALID:
                inner_values[column.field.name] = value
        _fill_nested(inner, inner_values, deeper, findings, depth + 1)
        source = Source(findings.path, inside[0].place, places)
        if require(inner, inner_values, source, findings):
            values[stated.name] = inner.build(inner_values, source)
