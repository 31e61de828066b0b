"""Long tables: a CSV file whose stem names a kind and whose header names its fields."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from portfolio.diagnostic import Severity
from portfolio.loading.entities import finished
from portfolio.loading.findings import INVALID, Findings, report_value
from portfolio.loading.reading import require
from portfolio.loading.suggestion import did_you_mean
from portfolio.loading.texts import read_text
from portfolio.model.kinds import kind_named, kind_names
from portfolio.place import Source, packed
from portfolio.record import Field, Many, Nested, Record, Ref, Reference, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.model.entity import Entity

Column = tuple[tuple[str, ...], Field]
"""The path of keys that a header names (`current.p`), and the field at its end."""


CURRENCY = Field("The currency of the plain amounts in its row.", "currency")
"""The column that a table of any kind may have, though the kind has no such field."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell that is not empty: the path of keys it fills, the field at its end, its text."""

    path: tuple[str, ...]
    field: Field
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
        if any(cell.strip() for cell in cells):
            yield _located(cells, line)
        line = reader.line_num + 1


def _located(cells: Sequence[str], line: int) -> list[tuple[str, int]]:
    located, column = [], 1
    for cell in cells:
        stripped = cell.strip()
        lead = len(cell) - len(cell.lstrip()) if stripped else 0
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
    return (path, final) if final is not None else None


def _read_row(
    kind: type[Entity],
    columns: Sequence[Column | None],
    cells: Sequence[tuple[str, int]],
    findings: Findings,
) -> Entity | None:
    """Read one row; an empty cell is an absent field."""
    filled = [
        FilledCell(column[0], column[1], text, place)
        for (text, place), column in zip(cells, columns, strict=False)
        if column is not None and text
    ]
    findings.entity = next((cell.text for cell in filled if cell.path == ("id",)), "")
    currency = next((cell.text for cell in filled if cell.field is CURRENCY), "")
    filled = [cell for cell in filled if cell.field is not CURRENCY]
    values, places = _fill(kind, filled, currency, findings)
    return finished(kind, values, Source(findings.path, cells[0][1], places), findings)


def _fill(
    record: type[Record], cells: Sequence[FilledCell], currency: str, findings: Findings
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read the cells of one record: its own fields, and nested records from dotted headers."""
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    nested: dict[str, list[FilledCell]] = {}
    for cell in cells:
        head, *rest = cell.path
        places.setdefault(head, cell.place)
        if rest:
            nested.setdefault(head, []).append(replace(cell, path=tuple(rest)))
            continue
        text = _with_currency(cell, currency)
        value = read_cell(cell.field, text, cell.place, findings)
        if value is not INVALID:
            values[cell.field.name] = value
    for key, parts in nested.items():
        stated = record.FIELDS[key]
        assert isinstance(stated.shape, Nested)  # noqa: S101 - _column made it so
        inner = stated.shape.record
        inner_values, inner_places = _fill(inner, parts, currency, findings)
        source = Source(findings.path, places[key], inner_places)
        if require(inner, inner_values, source, findings):
            values[stated.name] = inner.build(inner_values, source)
    return values, places


def _with_currency(cell: FilledCell, currency: str) -> str:
    """Return a cell's text, an amount of money with the currency of its row."""
    plain = currency and isinstance(cell.field.shape, Scalar) and cell.field.shape.name == "money"
    return f"{cell.text} {currency}" if plain and " " not in cell.text else cell.text


def read_cell(stated: Field, text: str, place: int, findings: Findings) -> Any:  # noqa: ANN401
    """Read one cell by its field's shape; INVALID after a diagnostic.

    References in a list are separated by spaces, other values by semicolons; a predecessor may be
    written `build:SS+2d`.
    """
    shape = stated.shape
    if isinstance(shape, Many):
        return _read_list(stated, shape, text, place, findings)
    if isinstance(shape, Reference):
        return Ref(text, place)
    if isinstance(shape, Nested) and shape.record.SHORTHAND:
        return _read_short(shape.record, text, place, findings)
    if isinstance(shape, Scalar):
        try:
            return read_text(shape, stated, text)
        except ValueError as error:
            report_value(stated, f"{error}; other forms: `pmo import csv`", place, findings)
            return INVALID
    findings.add(
        "CSV-FIELD",
        f"{stated.key} cannot be written in a table",
        place,
        hint="write this entity in YAML",
    )
    return INVALID


def _read_list(
    stated: Field, shape: Many, text: str, place: int, findings: Findings
) -> tuple[Any, ...]:
    refers = isinstance(shape.item, Reference | Nested)
    parts = text.split() if refers else [part.strip() for part in text.split(";")]
    item = Field(
        stated.doc,
        stated.name,
        shape.item,
        to=stated.to,
        flow=stated.flow,
        minimum=stated.minimum,
        maximum=stated.maximum,
    )
    values = (read_cell(item, part, place, findings) for part in parts if part)
    return tuple(value for value in values if value is not INVALID)


def _read_short(record: type[Record], text: str, place: int, findings: Findings) -> Any:  # noqa: ANN401
    """Read a record from its shorthand, with `:TYPE` and `+LAG` behind it where it has them."""
    short, _, rest = text.partition(":")
    texts = {record.SHORTHAND: short}
    if rest and {"type", "lag"} <= record.FIELDS.keys():
        sign = next((s for s in "+-" if s in rest), "")
        link, _, lag = rest.partition(sign) if sign else (rest, "", "")
        texts |= {"type": link or "FS"} | ({"lag": f"{sign.strip('+')}{lag}"} if lag else {})
    values, places = {}, {}
    for key, part in texts.items():
        stated = record.FIELDS[key]
        value = read_cell(stated, part, place, findings)
        places[key] = place
        if value is INVALID:
            return INVALID
        values[stated.name] = value
    return record.build(values, Source(findings.path, place, places))
