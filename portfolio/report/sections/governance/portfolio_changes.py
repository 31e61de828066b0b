"""What changed since the last time: computed from the two portfolios, never remembered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portfolio.analysis.governance.portfolio_changes import Change, Earlier, changes
from portfolio.report.blocks import (
    Cell,
    Column,
    Link,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Table,
)
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.table_layout import trimmed

if TYPE_CHECKING:
    from portfolio.analysis.governance.portfolio_changes import Direction
    from portfolio.report.blocks import Block, Colour, Inline
    from portfolio.report.pack import Pack
    from portfolio.view.view import View

_ROWS = 25
_FIRST = 3
_SHOWN: dict[Direction, Colour] = {
    "worse": "red", "new": "amber", "changed": "grey", "better": "green", "over": "blue",
}  # fmt: skip


@section("board", order=7)
def since(pack: Pack) -> Section | None:
    """Show what changed since an earlier commit, the worse first; nothing where nobody asked."""
    return _since(pack)


@section("project", order=16)
def since_for_project(pack: Pack) -> Section | None:
    """Show what changed in one project."""
    return _since(pack)


def _since(pack: Pack) -> Section | None:
    earlier = pack.earlier
    if earlier is None:
        return None
    title = "What changed"
    if earlier.portfolio is None:
        nothing = Paragraph(Missing(f"not yet measured: {earlier.reason}"))
        return Section("since", title, (nothing,))
    found = _found(pack, earlier.portfolio)
    table = Table.of(
        Column("Area"),
        Column("What", wide=True),
        Column("Project"),
        Column("Change", wide=True, formula="The value now against the value then."),
        rows=(_row(pack, each) for each in found),
        caption=f"Since {in_words(earlier.day)}, commit {earlier.commit}.",
        empty=f"Nothing of note changed since {in_words(earlier.day)}, commit {earlier.commit}.",
    )
    return Section("since", title, tuple(trimmed(table, _ROWS)), _lead(earlier, found))


def in_brief(pack: Pack) -> tuple[Block, ...]:
    """Say in a line what changed, with the first of it; nothing where nobody asked."""
    earlier = pack.earlier
    if earlier is None:
        return ()
    said: tuple[Inline, ...] = (Missing(f"not yet measured: {earlier.reason}"),)
    if earlier.portfolio is not None:
        found = _found(pack, earlier.portfolio)
        first = "; ".join(f"{each.entity.label}: {in_words(each.said)}" for each in found[:_FIRST])
        lead = _lead(earlier, found) or f"Nothing of note since {in_words(earlier.day)}."
        said = (f"{lead} {first}. ", Link("All of it", "#since")) if first else (lead,)
    return (Paragraph(Strong("What changed: "), *said),)


def _found(pack: Pack, before: View) -> list[Change]:
    found = [each for each in changes(before, pack.portfolio) if _concerns(pack, each)]
    return sorted(found, key=lambda each: list(_SHOWN).index(each.direction))


def _concerns(pack: Pack, change: Change) -> bool:
    return pack.selected is None or change.entity.id in pack.selected


def _lead(earlier: Earlier, found: list[Change]) -> str:
    counts = Counter(each.direction for each in found)
    words = ", ".join(f"{counts[each]} {each}" for each in _SHOWN if counts[each])
    return f"Since {in_words(earlier.day)}: {words}." if words else ""


def _row(pack: Pack, change: Change) -> tuple[Cell, ...]:
    project = pack.project_of(change.entity)
    return (
        change.area,
        change.entity.label,
        project.label if project is not None else None,
        Status(_SHOWN[change.direction], in_words(change.said)),
    )
