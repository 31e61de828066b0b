"""What changed since the last time: computed from the two portfolios, never remembered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portfolio.report.changes import Change, Earlier, changes
from portfolio.report.formatting import in_words
from portfolio.report.report import (
    Cell,
    Column,
    Missing,
    Paragraph,
    Section,
    Status,
    Table,
    section,
)
from portfolio.report.trimming import trimmed

if TYPE_CHECKING:
    from portfolio.report.changes import Direction
    from portfolio.report.pack import Pack
    from portfolio.report.report import Colour

_ROWS = 25
_SHOWN: dict[Direction, Colour] = {
    "worse": "red", "new": "amber", "changed": "grey", "better": "green", "over": "blue",
}  # fmt: skip


@section("board", order=7)
def since(pack: Pack) -> Section | None:
    """Show what changed since an earlier commit, the worse first; nothing where nobody asked."""
    return _since(pack)


@section("project", order=15)
def since_for_project(pack: Pack) -> Section | None:
    """Show what changed in one project."""
    return _since(pack)


def _since(pack: Pack) -> Section | None:
    earlier = pack.earlier
    if earlier is None:
        return None
    title = "What changed"
    if earlier.portfolio is None:
        nothing = Paragraph((Missing(f"not yet measured: {earlier.reason}"),))
        return Section("since", title, (nothing,))
    found = [each for each in changes(earlier.portfolio, pack.portfolio) if _concerns(pack, each)]
    found.sort(key=lambda each: list(_SHOWN).index(each.direction))
    table = Table(
        (
            Column("Area"),
            Column("What", wide=True),
            Column("Project"),
            Column("Change", wide=True, formula="The value now against the value then."),
        ),
        tuple(_row(pack, each) for each in found),
        caption=f"Since {in_words(earlier.day)}, commit {earlier.commit}.",
        empty=f"Nothing of note changed since {in_words(earlier.day)}, commit {earlier.commit}.",
    )
    return Section("since", title, tuple(trimmed(table, _ROWS)), _lead(earlier, found))


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
        Status(_SHOWN[change.direction], change.words),
    )
