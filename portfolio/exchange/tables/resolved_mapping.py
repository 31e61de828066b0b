"""A mapping held against the model and the files: every name in it resolved, every mistake told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.exchange.tables.columns import table_columns
from portfolio.exchange.tables.mapping import Cell, Child, Table, texts
from portfolio.exchange.tables.notation import date_pattern
from portfolio.loading.findings import Findings
from portfolio.model.kinds import kind_named, kind_names
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar
from portfolio.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from portfolio.exchange.tables.rows import Sheet, SourceRow
    from portfolio.model.entity import Entity

Single = Scalar | Reference


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field to fill: the keys that lead to it, its type, and the cells it is read from.

    ``items`` is the number of leading keys that name a list of records, of which each row gives
    one; 0 where there is none. ``listed`` tells that the value is a list.
    """

    path: tuple[str, ...]
    stated: Field
    shape: Single
    cells: tuple[Cell, ...]
    items: int = 0
    listed: bool = False

    @property
    def name(self) -> str:
        """Return the path as it is written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """An entity that each row holds besides its own."""

    kind: type[Entity]
    id: str
    fields: tuple[FieldPlan, ...]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table of the mapping against one sheet."""

    table: Table
    sheet: Sheet
    kind: type[Entity]
    fields: tuple[FieldPlan, ...]
    children: tuple[ChildPlan, ...]
    columns: Mapping[tuple[str, ...], int]

    @property
    def adds(self) -> bool:
        """Tell whether rows add to entities of other tables instead of being some."""
        return self.table.adds_to is not None

    def index(self, names: str | tuple[str, ...] | None) -> int | None:
        """Return the column that a name means, or None where the file lacks an optional one."""
        return self.columns.get(texts(names))

    def header(self, names: str | tuple[str, ...] | None) -> str:
        """Return the header of the column that a name means."""
        index = self.index(names)
        return self.sheet.headers[index] if index is not None else ""

    def rows(self) -> tuple[SourceRow, ...]:
        """Return the sheet's rows."""
        return self.sheet.rows


def plan_table(table: Table, sheet: Sheet, findings: Findings) -> TablePlan | None:
    """Resolve a table of the mapping; None after findings about it."""
    before = len(findings.found)
    kind = _kind(table, table.kind or table.adds_to or "", findings)
    if kind is None:
        return None
    fields = tuple(_fields(kind, table.fields or {}, findings))
    children = tuple(_children(kind, table.children, findings))
    columns = table_columns(table, sheet.file, sheet.headers, findings)
    if table.kind is not None and table.id is None and not kind.IDENTITY:
        findings.add(
            "MAP-ID",
            f"the table does not say how a {kind.KIND}'s id is made",
            table.source.place,
            hint="add `id:` with the column it is made of",
        )
    if table.adds_to is not None and table.key is None:
        findings.add(
            "MAP-KEY",
            f"the table does not say which {kind.KIND} a row adds to",
            table.source.place,
            hint="add `key:` with the column that names it",
        )
    if len(findings.found) > before:
        return None
    return TablePlan(table, sheet, kind, fields, children, columns)


def _kind(holder: Record, name: str, findings: Findings) -> type[Entity] | None:
    kind = kind_named(name)
    if kind is None:
        near = did_you_mean(name, kind_names())
        place = holder.source.fields.get("kind") or holder.source.fields.get("adds_to")
        findings.add(
            "MAP-KIND",
            f"{name!r} is not a kind",
            place or holder.source.place,
            hint=f"did you mean {near}?" if near else "`pmo explain kinds` lists them",
        )
    return kind


def _children(
    parent: type[Entity], children: Sequence[Child], findings: Findings
) -> Iterator[ChildPlan]:
    for child in children:
        kind = _kind(child, child.kind, findings)
        if kind is None:
            continue
        if parent.KIND not in {to for f in kind.FIELDS.values() for to in f.to}:
            findings.add(
                "MAP-KIND",
                f"a {kind.KIND} does not belong to a {parent.KIND}",
                child.source.fields["kind"],
            )
            continue
        yield ChildPlan(kind, child.id, tuple(_fields(kind, child.fields, findings)))


def _fields(
    kind: type[Entity], fields: Mapping[str, Cell | tuple[Cell, ...]], findings: Findings
) -> Iterator[FieldPlan]:
    for name, stated in fields.items():
        cells = (stated,) if isinstance(stated, Cell) else stated
        place = cells[0].source.place if cells else 0
        found = _field(kind, name, cells)
        if isinstance(found, str):
            findings.add("MAP-FIELD", found, place, hint=_near(kind, name))
            continue
        if len(cells) > 1 and not found.listed:
            findings.add(
                "MAP-FIELD",
                f"{name} holds one value, not a list",
                place,
                hint="name one column; `otherwise:` names a second choice",
            )
        for cell in cells:
            _check_cell(cell, findings)
            _check_made(cell, found.stated.to, findings)
        yield found


def _near(kind: type[Entity], name: str) -> str:
    near = did_you_mean(name, kind.FIELDS)
    return f"did you mean {near}?" if near else f"`pmo explain {kind.KIND}` lists the fields"


def _field(kind: type[Entity], name: str, cells: tuple[Cell, ...]) -> FieldPlan | str:
    """Follow a dotted name to its field; a sentence where it leads nowhere."""
    path = tuple(name.split("."))
    record: type[Record] = kind
    items = 0
    for depth, key in enumerate(path[:-1], 1):
        outer = record.FIELDS.get(key)
        shape = outer.shape if outer else None
        if isinstance(shape, Many) and isinstance(shape.item, Nested) and not items:
            items, shape = depth, shape.item
        if not isinstance(shape, Nested):
            return f"{kind.KIND} has no field {name!r}"
        record = shape.record
    stated = record.FIELDS.get(path[-1])
    if stated is None or name == "id":
        return (
            "the id is made by `id:` of the table"
            if stated
            else f"{kind.KIND} has no field {name!r}"
        )
    shape = stated.shape
    if isinstance(shape, Either):
        shape = next(
            (o for o in shape.options if isinstance(o, Scalar | Reference)), shape.options[0]
        )
    listed = isinstance(shape, Many)
    if isinstance(shape, Many):
        shape = shape.item
    if isinstance(shape, Nested) and shape.record.SHORTHAND:
        stated = shape.record.FIELDS[shape.record.SHORTHAND]
        shape = stated.shape
    if not isinstance(shape, Scalar | Reference):
        return f"{name} holds more than one value; name the field inside it"
    return FieldPlan(path, stated, shape, cells, items, listed)


def _check_cell(cell: Cell, findings: Findings) -> None:
    sources = [key for key in ("column", "columns", "between", "value") if cell.wrote(key)]
    if len(sources) != 1:
        found = " and ".join(sources) or "nothing"
        findings.add(
            "MAP-CELL",
            f"the value comes from {found}",
            cell.source.place,
            hint="state one of column, columns, between and value",
        )
    check_dates(cell.dates, cell, findings)


def _check_made(cell: Cell, targets: Sequence[str], findings: Findings) -> None:
    """Report fields that the entity which a cell makes does not have."""
    target = kind_named(cell.kind or next(iter(targets), ""))
    for name in cell.create or {}:
        if target is not None and name not in target.FIELDS:
            findings.add(
                "MAP-FIELD",
                f"{target.KIND} has no field {name!r}",
                cell.source.fields["create"],
                hint=_near(target, name),
            )


def check_dates(formats: Sequence[str], holder: Record, findings: Findings) -> None:
    """Report forms of dates that are none."""
    for written in formats:
        try:
            date_pattern(written)
        except ValueError as error:
            findings.add("MAP-DATES", str(error), holder.source.fields["dates"])
