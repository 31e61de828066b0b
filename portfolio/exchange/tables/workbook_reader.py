"""Workbooks of other tools as rows of cells: read by a child process with limits.

A few kilobytes can claim a sheet of seventeen billion cells, and a few megabytes unpack to as many
gigabytes. So the file is read here as bytes only; a child says what is in it, or ends.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.source_file import Unreadable, content_of
from portfolio.limited_process import Limits, Refused, Stopped, run_limited

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
LIMITS = Limits(seconds=60, memory=2 << 30, answer=256 << 20)

Raw = str | Decimal | date | bool
"""A cell: text, or what a workbook knows to be a number, a day, a time or a truth value."""

_SMALLER = "delete the empty rows and columns around the data, or save the sheet as CSV"
_AGAIN = "open it in a spreadsheet program and save it again, as xlsx or CSV"


def read_workbook(path: Path, sheet: str, limits: Limits = LIMITS) -> list[list[Raw]]:
    """Return the cells of a sheet, of the first where none is named, from its first row on."""
    content = content_of(path)
    try:
        asked = json.dumps(sheet).encode() + b"\n" + content
        answered = run_limited("portfolio.exchange.tables.workbook_cells", asked, limits)
    except Refused as error:
        message = f"{path.name} {error.message}"
        raise Unreadable(message, error.hint) from None
    except Stopped as error:
        message = f"{path.name} cannot be read: reading it {error.words}"
        raise Unreadable(message, _AGAIN if error.at == "failure" else _SMALLER) from None
    rows = json.loads(answered, parse_float=_number, parse_int=Decimal, parse_constant=str)
    return [[_moment(*cell) if isinstance(cell, list) else cell for cell in row] for row in rows]


def _number(written: str) -> Decimal:
    """Return a number as the workbook holds it; whole ones lose their `.0`."""
    number = Decimal(written)
    return Decimal(int(number)) if number == number.to_integral_value() else number


def _moment(written: str) -> date:
    day = len("2026-03-31")
    return (date if len(written) == day else datetime).fromisoformat(written)
