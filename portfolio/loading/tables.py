"""Long tables: a CSV file whose stem names a kind and whose header names its fields."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portfolio.bounds import quoted
from portfolio.diagnostic import Severity
from portfolio.loading.rows import CURRENCY, Column, RowReader, cell_place, column_of
from portfolio.model.kinds import kind_named, kind_names
from portfolio.place import packed
from portfolio.record import Nested, Record
from portfolio.spelling import did_you_mean, only_near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.loading.findings import Findings
    from portfolio.model.entity import Entity

_ID = ("id",)


def read_table(path: str, content: bytes, findings: Findings) -> Iterator[Entity]:
    """Read one CSV file: a row an entity, an empty cell an absent field."""
    kind = _kind_of(path, findings)
    text = _decoded(content, findings) if kind else None
    if kind is None or text is None:
        return
    rows = _numbered_rows(text)
    first, header = next(
        ((line, cells) for line, cells in rows if any(map(str.strip, cells))), (0, [])
    )
    if not header:
        findings.add(
            "CSV-EMPTY",
            "the file is empty",
            packed(1, 1),
            hint=f"the first line names fields of {kind.KIND}",
            severity=Severity.WARNING,
        )
        return
    columns = _columns(kind, header, first, findings)
    reader = RowReader(kind, columns, findings)
    for line, cells in rows:
        if len(cells) > len(columns):
            _report_cells(cells, line, len(columns), findings)
            continue
        entity = reader.read(cells, line)
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


def _numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the number of the line that each starts on; lines of nothing are none."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # of the whole process
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _report_cells(cells: Sequence[str], line: int, width: int, findings: Findings) -> None:
    """Report a row with more cells than the header, unless it holds nothing at all."""
    if not any(map(str.strip, cells)):
        return
    start = 1 + sum(len(cell) + 1 for cell in cells[:width])
    findings.entity = ""
    findings.add(
        "CSV-CELLS",
        f"the row has {len(cells)} cells; the header has {width}",
        cell_place(cells[width], line, start),
        hint="put quotes around a cell that contains the separator",
    )


def _columns(
    kind: type[Entity], header: Sequence[str], line: int, findings: Findings
) -> list[Column | None]:
    columns: list[Column | None] = []
    seen: set[str] = set()
    start = 1
    for cell in header:
        name, place = cell.strip(), cell_place(cell, line, start)
        start += len(cell) + 1
        column = _column(kind, name)
        if column is None:
            known = list(_headers(kind))
            near = did_you_mean(name, known)
            findings.add(
                "CSV-UNKNOWN-FIELD",
                f"{kind.KIND} has no field {quoted(name)}",
                place,
                hint=f"did you mean {near}?" if near else f"`pmo explain {kind.KIND}` lists them",
                fix=findings.instead(place, name, only_near(name, known)),
            )
        elif name in seen:
            findings.add(
                "CSV-DUPLICATE-FIELD",
                f"the column {quoted(name)} is there twice",
                place,
                hint="keep one of the two",
            )
            column = None
        seen.add(name)
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
    return column_of(path, final) if final is not None else None
