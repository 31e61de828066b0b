"""Who looks, and what follows for them: what of a portfolio is confidential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from portfolio.model.delivery.projects import Project
from portfolio.record import Ref
from portfolio.references import per_class

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from portfolio.model.entity import Entity
    from portfolio.model.portfolio import Portfolio

_NEAR = (
    "project",
    "from_",
    "to",
    "work",
    "subject",
    "change",
    "change_request",
    "survey",
    "milestone",
    "risk",
    "source_",
    "if_false",
    "from_risk",
)
"""The fields by which something belongs to a project that it is not a part of."""
_ABOUT = ("affects", "steers", "projects")
"""The fields by which it does so where all that they name is hidden, and it names no project."""

Edition = Literal["internal", "customer"]
"""For us, or for a customer to read, who sees only what is listed for them."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who looks: whether they have asked for what is confidential, and for whom it is written.

    ``also_hidden`` are ids that another state of the files hides.
    """

    include_confidential: bool = False
    edition: Edition = "internal"
    also_hidden: frozenset[str] = frozenset()

    def without(self, hidden: frozenset[str]) -> Audience:
        """Return an audience that does not see these either."""
        return replace(self, also_hidden=self.also_hidden | hidden)


EVERYBODY = Audience()
CONFIDANTS = Audience(include_confidential=True)


def hidden_from(audience: Audience, portfolio: Portfolio) -> frozenset[str]:
    """Return the ids of what an audience does not see."""
    if audience.include_confidential:
        return frozenset()
    aside = portfolio.aside
    entities = (*portfolio.entities.values(), *aside.entities)
    return confidential_ids(entities, audience.also_hidden | aside.confidential)


def confidential_ids(
    entities: Iterable[Entity], also: AbstractSet[str] = frozenset()
) -> frozenset[str]:
    """Return the ids of confidential projects, and of ``also``, with all that belongs to them.

    That is what is part of them, what names them as what it belongs to, what hands over to or
    takes from them, and what concerns nothing else.
    """
    every = tuple(entities)
    found = {e.id for e in every if isinstance(e, Project) and _is_confidential(e)} | also
    grown = bool(found)
    while grown:
        more = {e.id for e in every if e.id not in found and _belongs(e, found)}
        found |= more
        grown = bool(more)
    return frozenset(found)


def _is_confidential(project: Project) -> bool:
    """Tell whether a project says so; what it says there and cannot be read may mean it."""
    is_unread = project.wrote("confidential") and "confidential" not in project.__dict__
    return project.confidential or is_unread


def _belongs(entity: Entity, hidden: AbstractSet[str]) -> bool:
    near, about = _ways(type(entity))
    written = entity.__dict__
    for key in near:
        ref = written.get(key)
        if isinstance(ref, Ref) and is_hidden(ref.id, hidden):
            return True
    if written.get("project") is not None:
        return False
    lists = (written.get(key) for key in about)
    return any(refs and all(is_hidden(ref.id, hidden) for ref in refs) for refs in lists)


@per_class
def _ways(kind: type[Entity]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a kind by which it belongs to a project, those of lists apart."""
    names = {stated.name for stated in kind.FIELDS.values()}
    return (
        tuple(key for key in (kind.OWNER, *_NEAR) if key in names),
        tuple(key for key in _ABOUT if key in names),
    )


def is_hidden(id_: str, hidden: AbstractSet[str]) -> bool:
    """Tell whether an id is hidden, or that of a part, there or not, of something hidden."""
    return id_ in hidden or id_.partition(".")[0] in hidden
