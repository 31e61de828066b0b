"""Rows of `pmo show` as CSV and as a Markdown table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from portfolio.characters import neutral, visible
from portfolio.exchange.tables.workbook import known
from portfolio.measure.table import cell_text
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.measure.table import Rows


def as_csv(table: Rows) -> str:
    """Write rows as CSV; texts that a spreadsheet would run as a formula are neutralised."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return target.getvalue()


def _csv_cell(value: object) -> str:
    text = cell_text(value)
    return neutral(text) if isinstance(value, str) or not _is_number(value) else text


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return isinstance(known(value), int | float | Decimal | Money)


def as_markdown(table: Rows) -> str:
    """Write rows as a Markdown table; texts cannot break out of their cell."""
    lines = [_line(table.columns), _line(["---"] * len(table.columns))]
    lines += [_line([escaped(cell_text(value)) for value in row]) for row in table.rows]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Escape what Markdown or HTML would read as markup."""
    for character in "\\`*_[]<>|#~&":
        text = text.replace(character, f"\\{character}")
    return visible(" ".join(text.split()))
