"""The tables of a Primavera export (XER): rows of named fields, divided by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.source_file import Unreadable, check_cells
from portfolio.values import read_number

if TYPE_CHECKING:
    from portfolio.exchange.drafts.account import Account

CUT_OFF = "the end of the file: missing, it may be cut off"
ODD_ROWS = "rows with more cells than their table has fields: read as far as it goes"
UNREADABLE = "values that cannot be read: left out"
_MINUTES = 60
_MOST = Decimal(10) ** 12
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?\Z")


@dataclass(frozen=True, slots=True)
class XerRow:
    """A row of a table, and the line it stands on."""

    table: str
    line: int
    values: Mapping[str, str]
    account: Account

    def text(self, key: str) -> str:
        """Return a value, nothing where there is none."""
        return self.values.get(key, "")

    def number(self, key: str) -> Decimal | None:
        """Return a number; one that cannot be read, or that no plan can hold, is noted."""
        text = self.text(key).replace(",", ".")
        if not text:
            return None
        try:
            found = read_number(text)
        except ValueError:
            found = None
        if found is None or abs(found) > _MOST:
            self._note_unread(key)
            return None
        return found

    def minutes(self, key: str) -> Decimal | None:
        """Return a number of hours as minutes."""
        hours = self.number(key)
        return None if hours is None else (hours * _MINUTES).to_integral_value()

    def moment(self, key: str) -> datetime | None:
        """Return a point in time; one that cannot be read is noted."""
        text = self.text(key)
        if not text:
            return None
        try:
            if _DATE.match(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        self._note_unread(key)
        return None

    def _note_unread(self, key: str) -> None:
        self.account.note(UNREADABLE, f"line {self.line}: {key} is {self.text(key)!r}")


Tables = Mapping[str, list[XerRow]]


def read_tables(content: bytes, account: Account) -> Tables:
    """Return the rows by the name of their table; raise Unreadable where it is no such export."""
    text = _decoded(content)
    if not text.startswith("ERMHDR"):
        message = "the file is no export of Primavera P6: it does not begin with ERMHDR"
        raise Unreadable(message, "in P6, File > Export > Primavera PM (XER)")
    check_cells("the file", text, "\t")
    tables: dict[str, list[XerRow]] = {}
    table, fields, ended = "", list[str](), False
    for line, (mark, cells) in _marked(text):
        if mark == "%T":
            table, fields = cells[0].strip() if cells else "", []
            tables.setdefault(table, [])
        elif mark == "%F":
            fields = [cell.strip() for cell in cells]
        elif mark == "%R":
            if not fields:
                message = f"line {line} is a row of {table or 'no table'} before its fields (%F)"
                raise Unreadable(message, "the file is damaged: export it again")
            if len(cells) > len(fields) and any(cells[len(fields) :]):
                account.note(ODD_ROWS, f"line {line} of {table}")
            values = {key: _clean(cell) for key, cell in zip(fields, cells, strict=False)}
            tables.setdefault(table, []).append(XerRow(table, line, values, account))
        ended = ended or mark == "%E"
    if not ended:
        account.note(CUT_OFF, "the file")
    return tables


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


def _marked(text: str) -> Iterator[tuple[int, tuple[str, list[str]]]]:
    """Yield the number of each line with its mark and its cells; others go on with the last row."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.startswith("%"):
            mark, *cells = line.split("\t")
            yield number, (mark.strip(), cells)


def _clean(cell: str) -> str:
    # P6 writes line breaks inside a value as two of these.
    return cell.replace("\x7f\x7f", "\n").replace("\x7f", "").strip()
