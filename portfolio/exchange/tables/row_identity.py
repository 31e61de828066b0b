"""The entity that a row is: its id, its owner, the key by which others refer to it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import PRIVATE, Draft
from portfolio.exchange.tables.cells import Outcome, joined
from portfolio.exchange.tables.field_values import resolved
from portfolio.exchange.tables.mapping import LONGEST_ID, texts
from portfolio.exchange.tables.register import Origin
from portfolio.exchange.tables.rows import plain
from portfolio.values import slug

if TYPE_CHECKING:
    from portfolio.exchange.tables.field_values import Work
    from portfolio.exchange.tables.register import Register
    from portfolio.exchange.tables.resolved_mapping import TablePlan
    from portfolio.exchange.tables.rows import SourceRow
    from portfolio.exchange.tables.tally import TableTally

SKIPPED = "the row is left out"


def draft_of(work: Work, plan: TablePlan, counts: TableTally, row: SourceRow) -> Draft | None:
    """Make the entity of a row with its id and its owner; None, listed, where it has none."""
    owner, known = _owner(work, plan, row)
    if not known:
        return None
    draft = Draft(plan.kind, made_id(plan, row), owner)
    if not draft.id:
        outcome = Outcome("missing", column=id_header(plan))
        work.report(plan, row, outcome, "id", expected="a text to make an id of", effect=SKIPPED)
        return None
    taken = work.register.drafts.get(draft.full_id)
    if taken is not None:
        origin = work.register.origin(taken)
        if plan.table.once and origin is not None and origin.plan is plan:
            counts.repeated += 1
            return taken
        _settle_double(work, plan, row, draft, origin)
    return draft if draft.id else None


def _settle_double(
    work: Work, plan: TablePlan, row: SourceRow, draft: Draft, taken: Origin | None
) -> None:
    """Give a row whose id is taken another one by the mapping's rule; list it without a rule.

    A row that repeats another cell by cell is listed in any case.
    """
    repeats = taken is not None and taken.plan is plan and taken.row.cells == row.cells
    where = f"row {taken.row.place}" if taken else "the mapping"
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


def _owner(work: Work, plan: TablePlan, row: SourceRow) -> tuple[Draft | None, bool]:
    """Find the entity that a row belongs to; the second value is False where that is unknown."""
    wanted = next((f for f in plan.fields if f.path == (plan.kind.OWNER,)), None)
    if wanted is None:
        return None, True
    outcome = work.reader.outcomes(plan, wanted, wanted.cells[0], row)[0]
    found = resolved(work, wanted, wanted.cells[0], outcome)
    owner = work.register.known(found.text)
    if owner is None and found.state not in {"constant", "converted"}:
        expected = found.expected or f"the key of the {plan.kind.OWNER} it belongs to"
        work.report(plan, row, found, plan.kind.OWNER, expected=expected, effect=SKIPPED)
        return None, False
    return owner, True


def enter(work: Work, plan: TablePlan, row: SourceRow, draft: Draft) -> None:
    """Enter a draft under its key; list a key that another row of the kind has already."""
    key = key_of(plan, row)
    known = work.register.keys.get((plan.kind.KIND, key))
    work.register.add(draft, key, Origin(plan, row))
    if known is not None and known is not draft and plan.table.key is not None:
        outcome = Outcome("not_understood", column=key_header(plan), written=key)
        expected = f"a key of its own; it is that of {known.full_id}"
        work.report(plan, row, outcome, "key", expected=expected,
                    effect=f"what refers to it means {known.full_id}")  # fmt: skip


def made_id(plan: TablePlan, row: SourceRow) -> str:
    """Make the id of a row's entity; one of a kind that goes by its values gets a private mark."""
    identifier = plan.table.id
    if identifier is None:
        return f"{PRIVATE}{plan.sheet.file}:{row.place}"
    text = id_text(plan, row)
    return slug(f"{identifier.prefix or ''}{text}", identifier.length) if text else ""


def key_of(plan: TablePlan, row: SourceRow) -> str:
    """Return the text by which other rows refer to this one."""
    names = texts(plan.table.key)
    return joined(plan, row, names, " ") if names else id_text(plan, row)


def key_header(plan: TablePlan) -> str:
    """Return the headers of the columns that the key is made of."""
    return " + ".join(plan.header(name) for name in texts(plan.table.key)) or id_header(plan)


def id_text(plan: TablePlan, row: SourceRow) -> str:
    """Return the text that the id is made of."""
    return " ".join(text for index in _columns(plan) if (text := plain(row.cells[index])))


def id_header(plan: TablePlan) -> str:
    """Return the headers of the columns that the id is made of."""
    return " + ".join(plan.sheet.headers[index] for index in _columns(plan))


def _columns(plan: TablePlan) -> list[int]:
    identifier = plan.table.id
    if identifier is None:
        return []
    names: list[str | tuple[str, ...] | None] = [identifier.column, *identifier.columns]
    return [index for name in names if name and (index := plan.index(name)) is not None]


def free_id(register: Register, plan: TablePlan, row: SourceRow, draft: Draft) -> str:
    """Return another id for a row whose id is taken, by the mapping's rule; empty without one."""
    identifier = plan.table.id
    if identifier is None:
        return ""
    before = f"{draft.owner.full_id}." if draft.owner else ""
    made = draft.id
    if identifier.distinguish:
        index = plan.index(identifier.distinguish)
        more = slug(plain(row.cells[index]), LONGEST_ID) if index is not None else ""
        made = f"{made}-{more}" if more else made
        if before + made not in register.drafts:
            return made
    if identifier.doubles == "list":
        return ""
    numbered = (f"{made}-{number}" for number in count(2))
    return next(name for name in numbered if before + name not in register.drafts)
