"""Rows to entities: which row is which entity, what its fields are, which rows cannot exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.cells import CellReader, Outcome
from portfolio.exchange.columns import fits
from portfolio.exchange.filling import Work, add_to, fill, resolved
from portfolio.exchange.identity import free_id, id_header, id_text, key_of, made_id
from portfolio.exchange.mapping import Condition, texts
from portfolio.exchange.pruning import prune
from portfolio.exchange.register import Draft, Link, Register
from portfolio.exchange.rows import plain
from portfolio.exchange.tally import TableTally, Tally, merged
from portfolio.model.kinds import kind_named, owner_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.mapping_file import MappingFile
    from portfolio.exchange.plan import ChildPlan, TablePlan
    from portfolio.exchange.rows import SourceRow

SKIPPED = "the row is left out"


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
    file: MappingFile, plans: Sequence[TablePlan], currency: str, as_of: str = ""
) -> Converted:
    """Convert every row that a table of the mapping takes, as a portfolio judged on a day."""
    work = Work(CellReader(file.mapping, currency, as_of), Register(), Tally())
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
    return Converted(tuple(work.register.drafts.values()), work.tally)


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
        draft = _draft(work, table, row)
        if draft is None:
            table.counts.skipped += 1
            continue
        work.register.add(draft, key_of(table.plan, row))
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


def _draft(work: Work, table: _Table, row: SourceRow) -> Draft | None:
    """Make the entity of a row with its id and its owner; None, listed, where it has none."""
    plan = table.plan
    owner, known = _owner(work, table, row)
    if not known:
        return None
    draft = Draft(plan.kind, made_id(plan, row), owner, plan=plan, row=row)
    if not draft.id:
        outcome = Outcome("missing", column=id_header(plan))
        work.report(plan, row, outcome, "id", expected="a text to make an id of", effect=SKIPPED)
        return None
    taken = work.register.drafts.get(draft.full_id)
    if taken is not None and plan.table.once and taken.plan is plan:
        table.counts.repeated += 1
        return taken
    if taken is not None:
        _settle_double(work, plan, row, draft, taken)
    return draft if draft.id else None


def _settle_double(work: Work, plan: TablePlan, row: SourceRow, draft: Draft, taken: Draft) -> None:
    """Give a row whose id is taken another one by the mapping's rule; list it without a rule.

    A row that repeats another cell by cell is listed in any case.
    """
    repeats = taken.row is not None and taken.plan is plan and taken.row.cells == row.cells
    where = f"row {taken.row.place}" if taken.row else "the mapping"
    expected = (
        f"a row of its own; it repeats {where}"
        if repeats
        else f"an id of its own; {draft.full_id} is that of {where}"
    )
    draft.id = free_id(work.register, plan, row, draft)
    if repeats or not draft.id:
        effect = f"it is written as {draft.full_id}" if draft.id else SKIPPED
        outcome = Outcome("not_understood", column=id_header(plan), written=id_text(plan, row))
        work.report(plan, row, outcome, "id", expected=expected, effect=effect)


def _owner(work: Work, table: _Table, row: SourceRow) -> tuple[Draft | None, bool]:
    """Find the entity that a row belongs to; the second value is False where that is unknown."""
    plan = table.plan
    wanted = next((f for f in plan.fields if f.path == (plan.kind.OWNER,)), None)
    if not plan.kind.OWNER:
        return None, True
    if wanted is None:
        return None, True
    outcome = work.reader.outcomes(plan, wanted, wanted.cells[0], row)[0]
    found = resolved(work, wanted, wanted.cells[0], outcome)
    owner = work.register.drafts.get(found.text) if isinstance(found.text, Link) else None
    if owner is None and found.state not in {"constant", "converted"}:
        expected = found.expected or f"the key of the {plan.kind.OWNER} it belongs to"
        work.report(plan, row, found, plan.kind.OWNER, expected=expected, effect=SKIPPED)
        return None, False
    return owner, True


def _fill(work: Work, table: _Table, row: SourceRow, draft: Draft) -> None:
    plan = table.plan
    values, _ = fill(work, plan, row, plan.fields, counts=table.counts)
    if draft.owner is not None:
        values.pop(plan.kind.OWNER, None)
    if draft.row is not row:
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
        work.register.add(Draft(child.kind, child.id, parent, values, table.plan, row))
        return
    if stated is not None:
        link = Link(parent.full_id)
        values = {stated.key: [link] if isinstance(stated.default, tuple) else link, **values}
    made = f"{parent.full_id.replace('.', '-')}-{child.id}"
    work.register.add(Draft(child.kind, made, None, values, table.plan, row))


def _add(work: Work, table: _Table, claimed: set[str]) -> None:
    """Add each row's fields to the entity that its key means."""
    plan = table.plan
    for row in plan.rows():
        if not _is_taken(work, table, row, claimed):
            continue
        key = key_of(plan, row)
        found = work.register.find((plan.kind.KIND,), key)
        if len(found) == 1:
            values, _ = fill(work, plan, row, plan.fields, counts=table.counts)
            add_to(work, found[0], values, plan, row)
            table.counts.written += 1
            continue
        column = " + ".join(plan.header(name) for name in texts(plan.table.key))
        outcome = Outcome("not_understood", column=column, written=key)
        work.report(
            plan,
            row,
            outcome,
            "key",
            expected=f"the key of a {plan.kind.KIND} in this import",
            effect=SKIPPED,
        )
        table.counts.skipped += 1


def _list_unclaimed(work: Work, tables: Sequence[_Table], claimed: Mapping[int, set[str]]) -> None:
    """List the rows that no table of the mapping takes: nothing is lost in silence."""
    seen: set[int] = set()
    for table in tables:
        sheet = table.plan.sheet
        if id(sheet) in seen:
            continue
        seen.add(id(sheet))
        for row in sheet.rows:
            if row.place not in claimed.get(id(sheet), set()):
                held = ", ".join(t for cell in row.cells if (t := plain(cell)))
                work.report(
                    table.plan,
                    row,
                    Outcome("not_understood", written=held[:80]),
                    "",
                    expected="a row that a table of the mapping takes",
                    effect=SKIPPED,
                )
