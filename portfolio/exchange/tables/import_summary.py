"""What an import did, in words and as a table of what was not understood."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.characters import neutral
from portfolio.exchange.drafts.account import count_of
from portfolio.listing import listed
from portfolio.rules.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from portfolio.exchange.tables.tally import FieldTally, Problem, TableTally, Tally

SHOWN_PROBLEMS = 20
_VALUE_WIDTH, _ROWS = 60, 2


def summary(tally: Tally) -> Iterator[str]:
    """Yield the counts of every table and field, line by line."""
    for table in tally.tables:
        yield _rows(table)
        yield from _fields(table)
        if table.unused:
            yield f"  columns not taken: {listed(map(_short, table.unused), 20)}"
    for kind, number in sorted(tally.made.items()):
        yield f"made because others refer to them: {count_of(number, kind)}"
    if tally.found:
        counts = sorted(Counter(tally.found.values()).items())
        found = ", ".join(count_of(number, kind) for kind, number in counts)
        yield f"referred to, there already: {found}"
    cells = ", ".join(
        f"{tally.total(what)} {what.replace('_', ' ')}"
        for what in ("converted", "missing", "exempt", "not_understood")
    )
    yield f"cells: {cells}"


def _rows(table: TableTally) -> str:
    parts = [f"{counted(table.rows, 'row')}, {count_of(table.written, table.kind)}"]
    parts += [f"{table.there} there already"] if table.there else []
    parts += [f"{counted(table.left_out, 'row')} left out by the mapping"] if table.left_out else []
    parts += [f"{counted(table.skipped, 'row')} that cannot be taken"] if table.skipped else []
    parts += [f"{table.repeated} rows that repeat one"] if table.repeated else []
    parts += [counted(table.blank, "blank row")] if table.blank else []
    return f"{table.file}: {', '.join(parts)}"


def _fields(table: TableTally) -> Iterator[str]:
    if not table.fields:
        return
    width = max(len(name) for name in table.fields)
    aside = any(field.set_aside for field in table.fields.values())
    heads = ["converted", "missing", "exempt", "not understood", *(["set aside"] * aside)]
    yield f"  {'field':<{width}}  {'  '.join(heads)}  column"
    for name, field in table.fields.items():
        counts = (field.converted, field.missing, field.exempt, field.not_understood,
                  field.set_aside)  # fmt: skip
        cells = "  ".join(f"{n:>{len(head)}}" for n, head in zip(counts, heads, strict=False))
        columns = ", ".join(_short(column) for column in field.columns if column)
        yield f"  {name:<{width}}  {cells}  {columns}"
        if field.values:
            yield f"  {'':<{width}}  {_words(field)}"


def _words(field: FieldTally) -> str:
    return ", ".join(
        f"{theirs} → {ours}: {number}" if theirs != ours else f"{ours}: {number}"
        for (theirs, ours), number in field.values.most_common()
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _VALUE_WIDTH else f"{flat[: _VALUE_WIDTH - 1]}…"


def problem_lines(problems: Sequence[Problem], limit: int = SHOWN_PROBLEMS) -> Iterator[str]:
    """Yield the first problems, equal ones of a column as one, and how many there are in all."""
    equal: dict[Problem, list[str]] = {}
    for found in problems:
        row = "" if found.row.isdigit() else found.row
        equal.setdefault(replace(found, row=row), []).append(found.row)
    groups = list(equal.items())
    for found, rows in groups[:limit]:
        line = f"column {found.row}" if found.row else f"row {rows[0]}"
        place = f"{found.file}: {line}" + (f", {_short(found.column)}" if found.column else "")
        value = f" is {_short(found.value)!r};" if found.value else ":"
        yield f"{place}{value} expected {found.expected} ({found.effect}){_times(rows)}"
    left = sum(len(rows) for _, rows in groups[limit:])
    if left:
        yield f"… and {left:,} more of {len(problems):,}: --problems FILE lists all"
    elif len(groups) < len(problems):
        yield f"--problems FILE lists all {len(problems):,}"


def _times(rows: Sequence[str]) -> str:
    """Say of equal problems how many there are, and in which rows the next ones are."""
    if len(rows) == 1:
        return ""
    others = [row for row in rows[1:] if row.isdigit()]
    also = f", also in row {listed(others, _ROWS)}" if others else ""
    return f": {len(rows):,} times{also}"


def problems_csv(problems: Iterable[Problem]) -> str:
    """Return all problems as CSV; a cell that a spreadsheet would run as a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "row", "column", "field", "value", "expected", "effect"))
    for found in problems:
        cells = (found.file, found.row, found.column, found.field, found.value, found.expected,
                 found.effect)  # fmt: skip
        writer.writerow([neutral(cell) for cell in cells])
    return text.getvalue()
