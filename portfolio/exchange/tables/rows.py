"""CSV files and workbooks as rows under headers, each row with the place a reader finds it at."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.source_file import Unreadable, check_cells, check_count, content_of
from portfolio.exchange.tables.workbook_reader import WORKBOOKS, Raw, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_LETTERS = 26
# What Python knows as an encoding, and no text file is written in.
_NO_TEXTS = {"idna", "punycode", "undefined"}
# Marks that spreadsheets and web pages leave in texts: no width, no meaning.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is laid out; ``sheet`` is the first where it is empty."""

    encoding: str = "utf-8-sig"
    delimiter: str = ""
    header_row: int = 1
    transpose: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The cells of one row; ``place`` is its row number, or its column's letters when turned."""

    place: str
    cells: tuple[Raw, ...]
    surplus: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headers in order, and its rows that hold anything."""

    file: str
    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    blank: int = 0


def read_sheet(path: Path, shape: Shape, replace: Mapping[str, str]) -> Sheet:
    """Read one file; raise Unreadable where it is no table of this shape."""
    matrix: Sequence[Sequence[Raw]]
    try:
        if path.suffix.lower() in WORKBOOKS:
            matrix = read_workbook(path, shape.sheet)
        else:
            matrix = _separated(path, shape)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise Unreadable(message) from None
    name = f"{path.name} [{shape.sheet}]" if shape.sheet else path.name
    return _sheet(name, [tuple(_cleaned(cell, replace) for cell in row) for row in matrix], shape)


def _separated(path: Path, shape: Shape) -> list[Sequence[Raw]]:
    content = content_of(path)
    encoding = "utf-8-sig" if shape.encoding.lower() in {"utf-8", "utf8"} else shape.encoding
    try:
        if codecs.lookup(encoding).name in _NO_TEXTS:
            raise LookupError  # noqa: TRY301 - as of those that Python does not know
        text = content.decode(encoding)
    except LookupError:
        message = f"{shape.encoding!r} is no encoding"
        raise Unreadable(message, "write utf-8, cp1252 or latin-1") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path.name}:{line}: byte 0x{content[error.start]:02x} is not {encoding}"
        raise Unreadable(message, "state another `encoding:`, for example cp1252") from None
    delimiter = {"tab": "\t", "": _delimiter(text)}.get(shape.delimiter, shape.delimiter)
    if len(delimiter) != 1:
        message = f"the delimiter {delimiter!r} is not one character"
        raise Unreadable(message, "write `;`, `,`, `|` or tab")
    check_cells(path.name, text, delimiter)
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # of the whole process
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"{path.name}: {error}"
        raise Unreadable(message, "state the `encoding:` and the `delimiter:`") from None


def _delimiter(text: str) -> str:
    """Tell the separator from the first line: the one that stands there most often."""
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _cleaned(cell: Raw, replace: Mapping[str, str]) -> Raw:
    if not isinstance(cell, str):
        return cell
    for old, new in replace.items():
        cell = cell.replace(old, new)
    return _INVISIBLE.sub("", cell).replace("\r", "\n").replace("\xa0", " ").strip()


def _sheet(name: str, matrix: list[tuple[Raw, ...]], shape: Shape) -> Sheet:
    if shape.transpose:
        check_count(name, len(matrix) * max(map(len, matrix), default=0))
        matrix = list(zip_longest(*matrix, fillvalue=""))
    head = shape.header_row
    if len(matrix) < max(head, 1):
        message = f"{name} has {len(matrix)} rows; the header was expected in row {head}"
        raise Unreadable(message, "state the `header_row:`")
    width = max(len(row) for row in matrix)
    headers = matrix[head - 1] if head else tuple(f"#{n}" for n in range(1, width + 1))
    below = enumerate(matrix[head:], head + 1)
    held = [(number, row) for number, row in below if any(cell != "" for cell in row)]
    check_count(name, len(held) * len(headers))
    rows = tuple(_rows(held, len(headers), shape))
    return Sheet(name, tuple(plain(h) for h in headers), rows, len(matrix) - head - len(rows))


def _rows(
    held: Iterable[tuple[int, tuple[Raw, ...]]], width: int, shape: Shape
) -> Iterator[SourceRow]:
    for number, cells in held:
        place = _letters(number) if shape.transpose else str(number)
        extra = sum(cell != "" for cell in cells[width:])
        padded = (*cells[:width], *[""] * (width - len(cells)))
        yield SourceRow(place, padded, len(cells) if extra else 0)


def _letters(number: int) -> str:
    """Return a column's letters as spreadsheets show them: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(cell: Raw) -> str:
    """Return a cell as text, with white space folded to single spaces."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())
