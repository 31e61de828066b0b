"""Who looks, and what follows for them: what of a portfolio is confidential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from portfolio.model.delivery.projects import Project
from portfolio.record import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.entity import Entity
    from portfolio.model.index import Index

_NEAR = ("project", "from_", "to", "work", "subject", "change", "survey")
"""The fields by which something belongs to a project that it is not a part of."""

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


def hidden_from(audience: Audience, portfolio: Index) -> frozenset[str]:
    """Return the ids of what an audience does not see."""
    if audience.include_confidential:
        return frozenset()
    return confidential_ids(portfolio.entities, audience.also_hidden)


def confidential_ids(
    entities: Mapping[str, Entity], also: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the ids of confidential projects, and of ``also``, with all that belongs to them.

    That is what is part of them, what names them as what it belongs to, and what hands over to or
    takes from them.
    """
    hidden = {id_ for id_, e in entities.items() if isinstance(e, Project) and _is_confidential(e)}
    hidden |= also & entities.keys()
    found = set(hidden)
    while hidden:
        hidden = {id_ for id_, e in entities.items() if id_ not in found and _belongs(e, found)}
        found |= hidden
    return frozenset(found)


def _is_confidential(project: Project) -> bool:
    """Tell whether a project says so; what it says there and cannot be read may mean it."""
    is_unread = project.wrote("confidential") and "confidential" not in project.__dict__
    return project.confidential or is_unread


def _belongs(entity: Entity, hidden: set[str]) -> bool:
    if entity.owner_id in hidden:
        return True
    near = (getattr(entity, key, None) for key in _NEAR)
    return any(
        isinstance(ref, Ref) and (ref.id in hidden or ref.id.partition(".")[0] in hidden)
        for ref in near
    )
