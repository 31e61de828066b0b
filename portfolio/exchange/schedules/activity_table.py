"""Many activities as one table, where a table can hold all that they say."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from portfolio.characters import neutral
from portfolio.model.delivery.projects import Activity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.drafts.draft import Draft, Tree

LONG = 300
"""From how many activities on they are written as a table."""


def activity_table(drafts: Sequence[Draft]) -> str | None:
    """Return activities as CSV; None where they are few, or say what a cell cannot hold."""
    if len(drafts) < LONG:
        return None
    rows = [_row(draft) for draft in drafts]
    cells = [row for row in rows if row is not None]
    if len(cells) < len(rows):
        return None
    order = ["id", "project", *_columns()]
    used = {column for row in cells for column in row}
    text = io.StringIO()
    writer = csv.DictWriter(text, [c for c in order if c in used], lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells)
    return text.getvalue()


def _columns() -> list[str]:
    names = [name for name in Activity.FIELDS if name not in {"id", "project"}]
    names.insert(names.index("constraint"), "constraint.type")
    names[names.index("constraint")] = "constraint.date"
    return names


def _row(draft: Draft) -> dict[str, str] | None:
    owner = draft.owner.full_id if draft.owner else ""
    row = {"id": draft.id, "project": owner}
    for key, value in draft.values.items():
        cells = _cells(key, value)
        if cells is None or any(neutral(text) != text for text in cells.values()):
            return None
        row |= cells
    return row


def _cells(key: str, value: Tree) -> dict[str, str] | None:
    if isinstance(value, str):
        return {f"{key}.type" if key == "constraint" else key: value}
    if isinstance(value, dict):
        return {f"{key}.{name}": str(text) for name, text in value.items()}
    if key == "predecessors":
        return {key: " ".join(map(_predecessor, value))}
    texts = [item for item in value if isinstance(item, str)]
    if len(texts) < len(value) or any(";" in text for text in texts):
        return None
    return {key: (" " if key == "resources" else ";").join(texts)}


def _predecessor(value: Tree) -> str:
    if not isinstance(value, dict):
        return str(value)
    return f"{value['id']}:{value.get('type', 'FS')}{_signed(value)}"


def _signed(value: Mapping[str, Tree]) -> str:
    lag = str(value.get("lag", ""))
    return lag if not lag or lag.startswith("-") else f"+{lag}"
