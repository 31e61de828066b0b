"""Long tables: a CSV file whose stem names a kind and whose header names its fields."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from portfolio.diagnostic import Severity
from portfolio.loading.cells import CellReader, cell_reader
from portfolio.loading.entities import finished
from portfolio.loading.findings import INVALID, Findings
from portfolio.loading.reading import require
from portfolio.loading.suggestion import did_you_mean
from portfolio.model.kinds import kind_named, kind_names
from portfolio.place import Source, packed
from portfolio.record import Field, Nested, Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.model.entity import Entity

_ID = ("id",)

CURRENCY = Field("The currency of the plain amounts in its row.", "currency")
"""The column that a table of any kind may have, though the kind has no such field."""


@dataclass(frozen=True, slots=True)
class Column:
    """The path of keys that a header names (`current.p`), the field at its end, its reader."""

    path: tuple[str, ...]
    field: Field
    read: CellReader

    @property
    def is_money(self) -> bool:
        """Tell whether its plain amounts take the currency of their row."""
        return isinstance(self.field.shape, Scalar) and self.field.shape.name == "money"


class FilledCell(NamedTuple):
    """A cell that is not empty, and the column it stands in."""

    column: Column
    text: str
    place: int


def read_table(path: str, content: bytes, findings: Findings) -> Iterator[Entity]:
    """Read one CSV file: a row an entity, an empty cell an absent field."""
    kind = _kind_of(path, findings)
    text = _decoded(content, findings) if kind else None
    if kind is None or text is None:
        return
    rows = located_rows(text)
    header = next(rows, None)
    if header is None:
        findings.add(
            "CSV-EMPTY",
            "the file is empty",
            packed(1, 1),
            hint=f"the first line names fields of {kind.KIND}",
            severity=Severity.WARNING,
        )
        return
    columns = _columns(kind, header, findings)
    for cells in rows:
        if len(cells) > len(columns):
            findings.add(
                "CSV-CELLS",
                f"the row has {len(cells)} cells; the header has {len(columns)}",
                cells[len(columns)][1],
                hint="put quotes around a cell that contains the separator",
            )
            continue
        entity = _read_row(kind, columns, cells, findings)
        if entity is not None:
            yield entity


def _kind_of(path: str, findings: Findings) -> type[Entity] | None:
    stem = PurePosixPath(path).name.partition(".")[0]
    kind = kind_named(stem)
    if kind is None:
        near = did_you_mean(stem, kind_names())
        findings.add(
            "CSV-UNKNOWN-KIND",
            f"the file's name {stem!r} names no kind",
            packed(1, 1),
            hint=f"did you mean {near}.csv?" if near else "name it after a kind, or exclude it",
            severity=Severity.WARNING,
        )
    return kind


def _decoded(content: bytes, findings: Findings) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        findings.add(
            "CSV-ENCODING",
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            packed(line, 1),
            hint="save the file as UTF-8, or import it with `pmo import csv`",
        )
        return None


def located_rows(text: str) -> Iterator[list[tuple[str, int]]]:
    """Yield the rows as lists of cell text and packed position; empty lines are left out.

    The position of a cell is where its value would start if no cell before it were quoted, which
    is exact for what spreadsheets write unless a cell contains quotes.
    """
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if any(map(str.strip, cells)):
            yield _located(cells, line)
        line = reader.line_num + 1


def _located(cells: Sequence[str], line: int) -> list[tuple[str, int]]:
    located, column = [], 1
    for cell in cells:
        stripped = cell.strip()
        lead = cell.find(stripped) if len(stripped) < len(cell) else 0
        located.append((stripped, packed(line, column + lead, len(stripped))))
        column += len(cell) + 1
    return located


def _columns(
    kind: type[Entity], header: Sequence[tuple[str, int]], findings: Findings
) -> list[Column | None]:
    columns: list[Column | None] = []
    seen: dict[str, int] = {}
    for name, place in header:
        column = _column(kind, name)
        if column is None:
            known = list(_headers(kind))
            near = did_you_mean(name, known)
            findings.add(
                "CSV-UNKNOWN-FIELD",
                f"{kind.KIND} has no field {name!r}",
                place,
                hint=f"did you mean {near}?" if near else f"`pmo explain {kind.KIND}` lists them",
            )
        elif name in seen:
            findings.add(
                "CSV-DUPLICATE-FIELD",
                f"the column {name!r} is there twice",
                place,
                hint="keep one of the two",
            )
            column = None
        seen[name] = place
        columns.append(column)
    return columns


def _headers(record: type[Record], before: str = "") -> Iterator[str]:
    for key, stated in record.FIELDS.items():
        if isinstance(stated.shape, Nested):
            yield from _headers(stated.shape.record, f"{before}{key}.")
        yield before + key


def _column(kind: type[Entity], name: str) -> Column | None:
    """Follow a header such as `current.p` to its field; None where it leads nowhere."""
    record: type[Record] = kind
    path = tuple(name.split("."))
    for key in path[:-1]:
        stated = record.FIELDS.get(key)
        if stated is None or not isinstance(stated.shape, Nested):
            return None
        record = stated.shape.record
    final = record.FIELDS.get(path[-1])
    if final is None and path == (CURRENCY.key,):
        final = CURRENCY
    return Column(path, final, cell_reader(final)) if final is not None else None


def _read_row(
    kind: type[Entity],
    columns: Sequence[Column | None],
    cells: Sequence[tuple[str, int]],
    findings: Findings,
) -> Entity | None:
    """Read one row; an empty cell is an absent field."""
    findings.entity = currency = ""
    filled: list[FilledCell] = []
    for (text, place), column in zip(cells, columns, strict=False):
        if column is None or not text:
            continue
        if column.field is CURRENCY:
            currency = text
            continue
        if column.path == _ID:
            findings.entity = text
        filled.append(FilledCell(column, text, place))
    values, places = _fill(kind, filled, 0, currency, findings)
    return finished(kind, values, Source(findings.path, cells[0][1], places), findings)


def _fill(
    record: type[Record],
    cells: Sequence[FilledCell],
    depth: int,
    currency: str,
    findings: Findings,
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read the cells of one record: its own fields, and nested records from dotted headers.

    ``depth`` is how many keys of the columns' paths lead to this record.
    """
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    nested: dict[str, list[FilledCell]] = {}
    for cell in cells:
        column, text, place = cell
        key = column.path[depth]
        places.setdefault(key, place)
        if len(column.path) > depth + 1:
            nested.setdefault(key, []).append(cell)
            continue
        plain = currency and column.is_money and " " not in text
        value = column.read(f"{text} {currency}" if plain else text, place, findings)
        if value is not INVALID:
            values[column.field.name] = value
    for key, parts in nested.items():
        stated = record.FIELDS[key]
        assert isinstance(stated.shape, Nested)  # noqa: S101 - _column made it so
        inner = stated.shape.record
        inner_values, inner_places = _fill(inner, parts, depth + 1, currency, findings)
        source = Source(findings.path, places[key], inner_places)
        if require(inner, inner_values, source, findings):
            values[stated.name] = inner.build(inner_values, source)
    return values, places
