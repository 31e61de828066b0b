"""Ids and keys of rows: the slug that an entity is known by, the text that other rows use."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import PRIVATE
from portfolio.exchange.tables.cells import joined
from portfolio.exchange.tables.mapping import LONGEST_ID, texts
from portfolio.exchange.tables.rows import plain
from portfolio.values import slug

if TYPE_CHECKING:
    from portfolio.exchange.drafts.draft import Draft
    from portfolio.exchange.tables.register import Register
    from portfolio.exchange.tables.resolved_mapping import TablePlan
    from portfolio.exchange.tables.rows import SourceRow


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
