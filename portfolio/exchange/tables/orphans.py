"""Entities that cannot exist are taken out again, with what belongs to them and refers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft, Link
from portfolio.exchange.tables.cells import Outcome
from portfolio.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.tables.field_values import Work
    from portfolio.exchange.tables.tally import TableTally


def prune(work: Work, counts: Mapping[int, TableTally]) -> None:
    """Take out drafts without a required field or without their owner, until all can exist."""
    while gone := [(d, why) for d in work.register.drafts.values() if (why := _lacks(work, d))]:
        for draft, why in gone:
            work.register.remove(draft)
            origin = work.register.origin(draft)
            if origin is not None:
                work.report(
                    origin.plan,
                    origin.row,
                    Outcome("missing"),
                    why,
                    expected=f"{why}",
                    effect=f"the {draft.kind.KIND} is left out",
                )
                if draft.kind is origin.plan.kind:
                    counts[id(origin.plan)].skipped += 1
        ids = {draft.full_id for draft, _ in gone}
        for draft in work.register.drafts.values():
            _forget(work, draft, ids)
    for draft in work.register.drafts.values():
        origin = work.register.origin(draft)
        if origin is not None and draft.kind is origin.plan.kind:
            table = counts[id(origin.plan)]
            if work.register.standing.like(draft) is None:
                table.written += 1
            else:
                table.there += 1


def _lacks(work: Work, draft: Draft) -> str:
    """Return what an entity lacks that it cannot exist without, or an empty text."""
    other = work.register.standing.like(draft)
    if other is not None and other.kind is not draft.kind:
        return f"an id of its own; {other.id} is a {other.kind.KIND} in {other.place}"
    if draft.owner is not None and work.register.known(draft.owner.full_id) is None:
        return f"its {draft.owner.kind.KIND} {draft.owner.full_id}, which is left out"
    for stated in draft.kind.FIELDS.values():
        owned = draft.owner is not None and stated.name == draft.kind.OWNER
        if stated.required and stated.name != "id" and not owned and stated.key not in draft.values:
            return stated.key
    for group in draft.kind.ONE_OF:
        if not any(key in draft.values for key in group):
            return " or ".join(group)
    return ""


def _forget(work: Work, draft: Draft, ids: set[str]) -> None:
    """Take references to entities that are gone out of a draft, and list them."""
    for key, value in list(draft.values.items()):
        if not _refers(value, ids):
            continue
        kept = [item for item in value if not _refers(item, ids)] if isinstance(value, list) else []
        if kept:
            draft.values[key] = kept
        else:
            del draft.values[key]
        origin = work.register.origin(draft)
        if origin is not None:
            written = listed(sorted(ids & set(links(value))))
            work.report(
                origin.plan,
                origin.row,
                Outcome("not_understood", written=written),
                key,
                expected="an entity that can exist",
                effect="the reference is left out",
            )


def _refers(value: Tree, ids: set[str]) -> bool:
    return not ids.isdisjoint(links(value))


def links(value: Tree) -> list[str]:
    """Return the full ids of the entities that a field's value refers to."""
    if isinstance(value, Link):
        return [value]
    if isinstance(value, list):
        return [link for item in value for link in links(item)]
    if isinstance(value, dict):
        return [link for item in value.values() for link in links(item)]
    return []
