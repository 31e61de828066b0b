"""Rows to entities: which row is which entity, what its fields are, which rows cannot exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft, Link, Standing
from portfolio.exchange.tables.cells import CellReader, Outcome
from portfolio.exchange.tables.columns import fits
from portfolio.exchange.tables.field_values import Work, add_to, fill
from portfolio.exchange.tables.mapping import Condition, texts
from portfolio.exchange.tables.orphans import links, prune
from portfolio.exchange.tables.register import Origin, Register
from portfolio.exchange.tables.row_identity import SKIPPED, draft_of, enter, key_header, key_of
from portfolio.exchange.tables.rows import plain
from portfolio.exchange.tables.tally import TableTally, Tally, merged
from portfolio.loading.findings import with_article
from portfolio.model.kinds import kind_named, owner_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.tables.mapping_file import MappingFile
    from portfolio.exchange.tables.resolved_mapping import ChildPlan, TablePlan
    from portfolio.exchange.tables.rows import SourceRow


@dataclass(frozen=True, slots=True)
class Converted:
    """The result of an import before it is written."""

    drafts: tuple[Draft, ...]
    tally: Tally


@dataclass(slots=True)
class _Table:
    """A table while its rows are converted."""

    plan: TablePlan
    counts: TableTally
    taken: list[tuple[SourceRow, Draft]] = field(default_factory=list)


def convert(
    file: MappingFile,
    plans: Sequence[TablePlan],
    currency: str,
    as_of: str = "",
    standing: Standing | None = None,
) -> Converted:
    """Convert every row that a table of the mapping takes, as a portfolio judged on a day.

    What stands in the portfolio already can be referred to, and is not made again.
    """
    register = Register(standing or Standing())
    work = Work(CellReader(file.mapping, currency, as_of), register, Tally())
    for kind, tree in file.entities:
        _add_constant(work.register, kind, tree)
    tables = [_Table(plan, TableTally(plan.sheet.file, plan.kind.KIND)) for plan in plans]
    _note_sheets(tables)
    work.tally.tables += [table.counts for table in tables]
    claimed: dict[int, set[str]] = {}
    owned = sorted((t for t in tables if not t.plan.adds), key=lambda t: bool(t.plan.kind.OWNER))
    for table in owned:
        _enter(work, table, claimed.setdefault(id(table.plan.sheet), set()))
    for table in owned:
        for row, draft in table.taken:
            _fill(work, table, row, draft)
    for table in tables:
        if table.plan.adds:
            _add(work, table, claimed.setdefault(id(table.plan.sheet), set()))
    _list_unclaimed(work, tables, claimed)
    prune(work, {id(table.plan): table.counts for table in tables})
    work.tally.problems[:] = merged(work.tally.problems)
    new, work.tally.there = register.standing.beside(register.drafts.values())
    wanted = {link for draft in new for value in draft.values.values() for link in links(value)}
    kept = [draft for draft in new if not draft.created or draft.full_id in wanted]
    work.tally.made.update(draft.kind.KIND for draft in kept if draft.created)
    return Converted(tuple(kept), work.tally)


def _note_sheets(tables: Sequence[_Table]) -> None:
    """Note blank rows and columns that nothing takes with the last table that reads a sheet."""
    last = {id(table.plan.sheet): table for table in tables}
    for key, table in last.items():
        sheet = table.plan.sheet
        plans = [other.plan for other in tables if id(other.plan.sheet) == key]
        used = {index for plan in plans for index in plan.columns.values()}
        ignored = [name for plan in plans for name in plan.table.ignore]
        table.counts.blank = sheet.blank
        table.counts.unused = tuple(
            header
            for index, header in enumerate(sheet.headers)
            if index not in used and header and not fits(header, ignored)
        )


def _add_constant(register: Register, kind: str, tree: Mapping[str, object]) -> None:
    known = kind_named(kind)
    if known is not None:
        values = {key: value for key, value in tree.items() if key != "id"}
        draft = Draft(known, str(tree.get("id", "")), values=values)  # type: ignore[arg-type]
        register.add(draft, draft.id)


def _enter(work: Work, table: _Table, claimed: set[str]) -> None:
    """Give every row that a table takes its id, so that all others can refer to it."""
    for row in table.plan.rows():
        if not _is_taken(work, table, row, claimed):
            continue
        draft = draft_of(work, table.plan, table.counts, row)
        if draft is None:
            table.counts.skipped += 1
            continue
        enter(work, table.plan, row, draft)
        table.taken.append((row, draft))


def _is_taken(work: Work, table: _Table, row: SourceRow, claimed: set[str]) -> bool:
    """Tell whether a row meets the table's conditions; count it where it does."""
    plan = table.plan
    if plan.table.skip and _meets(work, plan, row, plan.table.skip):
        claimed.add(row.place)
        table.counts.rows += 1
        table.counts.left_out += 1
        return False
    if plan.table.where_ and not _meets(work, plan, row, plan.table.where_):
        return False
    claimed.add(row.place)
    table.counts.rows += 1
    if row.surplus:
        expected = f"{len(plan.sheet.headers)} cells; the row has {row.surplus}"
        work.report(plan, row, Outcome("not_understood"), "", expected=expected, effect=SKIPPED)
        table.counts.skipped += 1
        return False
    return True


def _meets(
    work: Work,
    plan: TablePlan,
    row: SourceRow,
    conditions: Mapping[str, Condition | tuple[str, ...]],
) -> bool:
    for name, stated in conditions.items():
        condition = stated if isinstance(stated, Condition) else Condition(is_=stated)
        index = plan.index(name)
        text = plain(row.cells[index]) if index is not None else ""
        if condition.is_ is not None and not fits(text, texts(condition.is_)):
            return False
        if condition.not_ is not None and fits(text, texts(condition.not_)):
            return False
        if condition.key_of is not None and not work.register.find((condition.key_of,), text):
            return False
    return True


def _fill(work: Work, table: _Table, row: SourceRow, draft: Draft) -> None:
    plan = table.plan
    values, _ = fill(work, plan, row, plan.fields, counts=table.counts)
    if draft.owner is not None:
        values.pop(plan.kind.OWNER, None)
    origin = work.register.origin(draft)
    if origin is None or origin.row is not row:
        add_to(work, draft, values, plan, row)
        return
    draft.values |= values
    for child in plan.children:
        _fill_child(work, table, row, draft, child)


def _fill_child(work: Work, table: _Table, row: SourceRow, parent: Draft, child: ChildPlan) -> None:
    """Make the entity that a row holds besides its own, where any of its cells has a value."""
    before = f"{child.kind.PLURAL}.{child.id}."
    values, found = fill(work, table.plan, row, child.fields, counts=table.counts, before=before)
    if not found:
        return
    stated = owner_field(child.kind, parent.kind)
    if stated is not None and stated.name == child.kind.OWNER:
        made = Draft(child.kind, child.id, parent, values)
    else:
        link = Link(parent.full_id)
        held: dict[str, Tree] = {}
        if stated is not None:
            held[stated.key] = [link] if isinstance(stated.default, tuple) else link
        flat = f"{parent.full_id.replace('.', '-')}-{child.id}"
        made = Draft(child.kind, flat, None, {**held, **values})
    if made.full_id in work.register.drafts:
        outcome = Outcome("not_understood", written=made.full_id)
        effect = f"the {child.kind.KIND} is left out"
        expected = "an id that is not taken"
        work.report(table.plan, row, outcome, before[:-1], expected=expected, effect=effect)
        return
    work.register.add(made, origin=Origin(table.plan, row))


def _add(work: Work, table: _Table, claimed: set[str]) -> None:
    """Add each row's fields to the entity that its key means."""
    plan = table.plan
    for row in plan.rows():
        if not _is_taken(work, table, row, claimed):
            continue
        key = key_of(plan, row)
        found = work.register.find((plan.kind.KIND,), key)
        if len(found) == 1 and not found[0].place:
            values, _ = fill(work, plan, row, plan.fields, counts=table.counts)
            add_to(work, found[0], values, plan, row)
            table.counts.written += 1
            continue
        outcome = Outcome("not_understood", column=key_header(plan), written=key)
        where = f"; {found[0].full_id} stands in {found[0].place}" if found else ""
        expected = f"the key of {with_article(plan.kind.KIND)} in this import{where}"
        work.report(plan, row, outcome, "key", expected=expected, effect=SKIPPED)
        table.counts.skipped += 1


def _list_unclaimed(work: Work, tables: Sequence[_Table], claimed: Mapping[int, set[str]]) -> None:
    """List the rows that no table of the mapping takes: nothing is lost in silence."""
    first: dict[int, _Table] = {}
    for table in tables:
        first.setdefault(id(table.plan.sheet), table)
    for key, table in first.items():
        for row in table.plan.sheet.rows:
            if row.place not in claimed.get(key, set()):
                held = ", ".join(t for cell in row.cells if (t := plain(cell)))
                outcome = Outcome("not_understood", written=held[:80])
                expected = "a row that a table of the mapping takes"
                work.report(table.plan, row, outcome, "", expected=expected, effect=SKIPPED)
