"""The entities of an import while it grows, beside those that stand in the portfolio already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.tables.mapping import LONGEST_ID
from portfolio.model.kinds import kind_named, kinds
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from portfolio.exchange.tables.mapping_file import Tree
    from portfolio.exchange.tables.resolved_mapping import TablePlan
    from portfolio.exchange.tables.rows import SourceRow
    from portfolio.model.entity import Entity


PRIVATE = "#"
"""What the ids begin with of those that are known by their values, and are not written."""


class Link(str):
    """The full id of an entity of this import, inside a field's value."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Draft:
    """An entity to be written: its kind, its id inside its owner, and its fields by key.

    ``place`` is the file and line of one that stands in the portfolio already; ``created`` tells
    that it is only made because others refer to it.
    """

    kind: type[Entity]
    id: str
    owner: Draft | None = None
    values: dict[str, Tree] = field(default_factory=dict)
    plan: TablePlan | None = None
    row: SourceRow | None = None
    key: str = ""
    place: str = ""
    created: bool = False

    @property
    def full_id(self) -> str:
        """Return the id as other entities refer to it."""
        return f"{self.owner.full_id}.{self.id}" if self.owner else self.id

    @property
    def known_as(self) -> str:
        """Return the full id under which it is loaded: made of its values where none is written."""
        if not self.id.startswith(PRIVATE):
            return self.full_id
        texts = (self.values.get(self.kind.FIELDS[name].key) for name in self.kind.IDENTITY)
        return "/".join((self.kind.KIND, *(text for text in texts if isinstance(text, str))))


@dataclass(frozen=True, slots=True)
class Standing:
    """The entities of files that an import leaves as they are, by full id, and by kind and name.

    ``unread`` tells of a full id whether it stands in what could not be read.
    """

    drafts: Mapping[str, Draft] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Sequence[Draft]] = field(default_factory=dict)
    unread: Callable[[str], bool] = field(default=lambda _: False)

    def like(self, draft: Draft) -> Draft | None:
        """Return the entity that has a draft's id already, or None."""
        found = self.drafts.get(draft.known_as)
        if found is None and self.unread(draft.known_as):
            return Draft(draft.kind, draft.known_as, place="in what cannot be read")
        return found

    def find(self, targets: Sequence[str], text: str) -> list[Draft]:
        """Return the entities of these kinds (of any, where none is named) with an id or name."""
        known = self.drafts.get(text)
        if known is not None and (not targets or known.kind.KIND in targets):
            return [known]
        named = (self.names.get((kind, text.casefold()), ()) for kind in targets or kinds())
        return [draft for found in named for draft in found]

    def beside(self, drafts: Iterable[Draft]) -> tuple[list[Draft], list[Draft]]:
        """Return the drafts that are new, and the standing entities that others would repeat."""
        new: list[Draft] = []
        there: dict[str, Draft] = {}
        for draft in drafts:
            standing = self.like(draft)
            if standing is None:
                new.append(draft)
            else:
                there[standing.id] = standing
        return new, [*there.values()]


@dataclass(slots=True)
class Register:
    """All drafts by full id, and which draft a key of the source means.

    A text that is no key of the source may be the id or the name of an entity that stands in the
    portfolio already.
    """

    standing: Standing = field(default_factory=Standing)
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
        found = list(dict.fromkeys(draft for draft in candidates if draft is not None))
        return found or self.standing.find(targets, key)

    def known(self, full_id: str) -> Draft | None:
        """Return the entity with this full id: the import's, else the portfolio's."""
        return self.drafts.get(full_id) or self.standing.drafts.get(full_id)

    def create(
        self, kind: str, name: str, prefix: str, constants: Mapping[str, str]
    ) -> Draft | None:
        """Make the entity that a text refers to; None where its id is another kind's already."""
        target = kind_named(kind)
        made = prefix + slug(name, LONGEST_ID)
        if target is None or not made:
            return None
        known = self.known(made)
        if known is not None:
            return known if known.kind is target else None
        draft = Draft(target, made, values={target.NAME_FIELD: name, **constants}, created=True)
        self.add(draft, name)
        return draft

    def remove(self, draft: Draft) -> None:
        """Take a draft out again."""
        self.drafts.pop(draft.full_id, None)
        self.keys.pop((draft.kind.KIND, draft.key), None)
