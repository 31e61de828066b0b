"""Which column of a file a mapping means: by header, by one of several, by pattern, by position."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from portfolio.bounds import quoted
from portfolio.exchange.tables.mapping import Cell, Condition, Table, texts
from portfolio.listing import listed
from portfolio.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from portfolio.loading.findings import Findings


class NoColumn(Exception):  # noqa: N818 - it is a fact about the user's file
    """Why a name leads to no column, with a hint."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the sentence and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def folded(text: str) -> str:
    """Fold white space and case, which differ from one edition of a file to the next."""
    return " ".join(text.split()).casefold()


@cache
def pattern(written: str) -> re.Pattern[str]:
    """Compile a text in which * stands for any text; everything else means itself."""
    parts = (re.escape(part) for part in folded(written).split("*"))
    return re.compile(".*".join(parts), re.DOTALL)


def fits(text: str, patterns: Iterable[str]) -> bool:
    """Tell whether a text is one of several, compared without case and white space."""
    bare = folded(text)
    return any(pattern(written).fullmatch(bare) for written in patterns)


def find_column(names: str | tuple[str, ...], headers: Sequence[str]) -> int:
    """Return the index of the one column that the first fitting name means.

    A name is a header, a pattern with *, or a position such as #3. Raises NoColumn where none or
    several fit.
    """
    for name in texts(names):
        if re.fullmatch(r"#\d+", name) and 0 < int(name[1:]) <= len(headers):
            return int(name[1:]) - 1
        bare = [folded(header) for header in headers]
        exact = [i for i, header in enumerate(bare) if header == folded(name)]
        found = exact or [i for i, header in enumerate(bare) if pattern(name).fullmatch(header)]
        if len(found) == 1:
            return found[0]
        if found:
            places = listed(f"#{index + 1} {quoted(headers[index])}" for index in found)
            message = f"{name!r} fits several columns: {places}"
            raise NoColumn(message, "write more of the header, or its position, for example #3")
    wanted = listed(map(quoted, texts(names)), last=" or ")
    message = f"there is no column {wanted}"
    near = did_you_mean(texts(names)[0], headers)
    known = listed((quoted(header) for header in headers if header), 20)
    raise NoColumn(message, f"did you mean {near!r}?" if near else f"the columns are {known}")


def table_columns(
    table: Table, file: str, headers: Sequence[str], findings: Findings
) -> dict[tuple[str, ...], int]:
    """Find every column that a table names, once; report those that the file lacks."""
    columns: dict[tuple[str, ...], int] = {}
    for names, place, optional in _named(table):
        if texts(names) in columns:
            continue
        try:
            columns[texts(names)] = find_column(names, headers)
        except NoColumn as error:
            if not optional:
                findings.add("MAP-COLUMN", f"{file}: {error.message}", place, hint=error.hint)
    for cell in _cells(table):
        choices = [names for names in (cell.column, cell.otherwise) if names]
        if cell.optional and cell.otherwise and not any(texts(c) in columns for c in choices):
            findings.add("MAP-COLUMN", f"{file} has neither of the two columns", cell.source.place)
    return columns


def _cells(table: Table) -> Iterator[Cell]:
    """Yield every cell that a table's fields are read from."""
    for fields in (table.fields or {}, *(child.fields for child in table.children)):
        for stated in fields.values():
            yield from (stated,) if isinstance(stated, Cell) else stated


def _named(table: Table) -> Iterator[tuple[str | tuple[str, ...], int, bool]]:
    """Yield every column's name in a table, where it is written, and whether it may be absent."""
    if table.id:
        for names in (table.id.column, *table.id.columns, table.id.distinguish):
            if names:
                yield names, table.id.source.place, False
    for name in texts(table.key):
        yield name, table.source.fields["key"], False
    for conditions in (table.where_, table.skip):
        for name, stated in (conditions or {}).items():
            holder = stated if isinstance(stated, Condition) else table
            yield name, holder.source.place, False
    for cell in _cells(table):
        for names in (cell.column, cell.otherwise, cell.currency, *cell.columns,
                      *(cell.between or ())):  # fmt: skip
            if names:
                yield names, cell.source.place, cell.optional
