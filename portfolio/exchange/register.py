"""The entities of an import while it grows, by id and by the keys that the source uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.mapping import LONGEST_ID
from portfolio.model.kinds import kind_named, kinds
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.mapping_file import Tree
    from portfolio.exchange.plan import TablePlan
    from portfolio.exchange.rows import SourceRow
    from portfolio.model.entity import Entity


class Link(str):
    """The full id of an entity of this import, inside a field's value."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Draft:
    """An entity to be written: its kind, its id inside its owner, and its fields by key."""

    kind: type[Entity]
    id: str
    owner: Draft | None = None
    values: dict[str, Tree] = field(default_factory=dict)
    plan: TablePlan | None = None
    row: SourceRow | None = None
    key: str = ""

    @property
    def full_id(self) -> str:
        """Return the id as other entities refer to it."""
        return f"{self.owner.full_id}.{self.id}" if self.owner else self.id


@dataclass(slots=True)
class Register:
    """All drafts by full id, and which draft a key of the source means."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    keys: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def add(self, draft: Draft, key: str = "") -> None:
        """Enter a draft under its full id and its key; the first with a key keeps it."""
        self.drafts[draft.full_id] = draft
        if key and self.keys.setdefault((draft.kind.KIND, key), draft) is draft:
            draft.key = key

    def find(self, targets: Sequence[str], key: str) -> list[Draft]:
        """Return the drafts of these kinds (of any, where none is named) that a key means."""
        candidates = (self.keys.get((kind, key)) for kind in targets or kinds())
        return list(dict.fromkeys(draft for draft in candidates if draft is not None))

    def create(
        self, kind: str, name: str, prefix: str, constants: Mapping[str, str]
    ) -> Draft | None:
        """Make the entity that a text refers to; None where its id is another kind's already."""
        target = kind_named(kind)
        made = prefix + slug(name, LONGEST_ID)
        if target is None or not made:
            return None
        known = self.drafts.get(made)
        if known is not None:
            return known if known.kind is target else None
        draft = Draft(target, made, values={target.NAME_FIELD: name, **constants})
        self.add(draft, name)
        return draft

    def remove(self, draft: Draft) -> None:
        """Take a draft out again."""
        self.drafts.pop(draft.full_id, None)
        self.keys.pop((draft.kind.KIND, draft.key), None)
