"""The files given to an import, matched with the tables of its mapping and read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.tables.columns import fits
from portfolio.exchange.tables.mapping import ImportMapping, Table, texts
from portfolio.exchange.tables.resolved_mapping import TablePlan, plan_table
from portfolio.exchange.tables.rows import Shape, Sheet, read_sheet
from portfolio.place import packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.loading.findings import Findings


def open_tables(
    mapping: ImportMapping, paths: Sequence[Path], findings: Findings
) -> tuple[TablePlan, ...]:
    """Read every file that a table of the mapping names; what does not fit becomes a finding."""
    sheets: dict[tuple[Path, Shape], Sheet | None] = {}
    plans: list[TablePlan] = []
    taken: set[Path] = set()
    for table in mapping.tables:
        wanted = texts(table.file)
        chosen = [path for path in paths if not wanted or fits(path.name, wanted)]
        taken.update(chosen)
        if not chosen and not table.optional:
            names = " or ".join(wanted) or "any file"
            findings.add(
                "MAP-FILE",
                f"none of the given files is {names}",
                table.source.fields.get("file", table.source.place),
                hint="give it on the command line, or state `optional: true`",
            )
        shape = _shape(mapping, table)
        for path in chosen:
            if (path, shape) not in sheets:
                sheets[path, shape] = _read(path, shape, mapping, table, findings)
            sheet = sheets[path, shape]
            plan = plan_table(table, sheet, findings) if sheet is not None else None
            if plan is not None:
                plans.append(plan)
    for path in paths:
        if path not in taken:
            findings.add(
                "MAP-FILE",
                f"no table of the mapping takes {path.name}",
                packed(1, 1),
                hint="add a table with its name as `file:`, or do not give it",
            )
    return tuple(plans)


def _read(
    path: Path, shape: Shape, mapping: ImportMapping, table: Table, findings: Findings
) -> Sheet | None:
    try:
        return read_sheet(path, shape, mapping.replace or {})
    except Unreadable as error:
        findings.add("MAP-SOURCE", error.message, table.source.place, hint=error.hint)
        return None


def _shape(mapping: ImportMapping, table: Table) -> Shape:
    """Return how a table's file is laid out: its own words before the mapping's."""

    def stated(name: str) -> object:
        own = getattr(table, name)
        return own if own is not None else getattr(mapping, name)

    default = Shape()
    return Shape(
        encoding=str(stated("encoding") or default.encoding),
        delimiter=str(stated("delimiter") or default.delimiter),
        header_row=int(str(head)) if (head := stated("header_row")) is not None else 1,
        transpose=bool(stated("transpose")),
        sheet=table.sheet or "",
    )
