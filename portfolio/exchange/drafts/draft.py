"""One entity on its way from another tool into a portfolio's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.loading.document import MappingNode, SequenceNode
from portfolio.model.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from portfolio.loading.document import Node
    from portfolio.model.entity import Entity


Tree = str | list["Tree"] | dict[str, "Tree"]
"""What YAML holds when every scalar stays the text it was written as."""


def tree_of(node: Node) -> Tree:
    """Return a composed node as plain mappings, lists and texts."""
    if isinstance(node, MappingNode):
        return {str(key.value): tree_of(child) for key, child in node.value}
    if isinstance(node, SequenceNode):
        return [tree_of(child) for child in node.value]
    return str(node.value)


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
