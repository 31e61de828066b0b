"""What a report may show: confidential projects, and all that belongs to them, stay out."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Project
from portfolio.model.portfolio import Portfolio
from portfolio.record import Ref, Scalar
from portfolio.references import references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.entity import Entity


@dataclass(frozen=True, slots=True)
class Shown:
    """A portfolio as a report shows it, and how many projects are left out of it."""

    portfolio: Portfolio
    confidential: int = 0
    hidden: frozenset[str] = frozenset()
    """The ids of everything that is left out."""


def shown(portfolio: Portfolio, *, include_confidential: bool = False) -> Shown:
    """Leave confidential projects out, with everything that is part of them or names them."""
    hidden = {p.id for p in portfolio.all(Project) if p.confidential}
    if include_confidential or not hidden:
        return Shown(portfolio)
    kept = [e for e in portfolio.entities.values() if not _belongs(e, hidden)]
    remaining = Portfolio(portfolio.settings, portfolio.as_of, kept, portfolio.files)
    left_out = portfolio.entities.keys() - remaining.entities.keys()
    return Shown(remaining, len(hidden), frozenset(left_out))


def _belongs(entity: Entity, hidden: set[str]) -> bool:
    """Tell whether an entity is hidden, part of something hidden, or waits for or gives to it."""
    if entity.id in hidden or entity.owner_id in hidden:
        return True
    near = (getattr(entity, key, None) for key in ("project", "from_", "to", "work"))
    return any(
        isinstance(ref, Ref) and (ref.id in hidden or ref.id.partition(".")[0] in hidden)
        for ref in near
    )


def masked(portfolio: Portfolio) -> Shown:
    """Give everything confidential another id and no words, so that figures stay and names go.

    ``hidden`` are the ids as they were. Texts that others wrote about it are theirs to keep quiet.
    """
    hidden = shown(portfolio).hidden
    if not hidden:
        return Shown(portfolio)
    projects = [p.id for p in portfolio.all(Project) if p.confidential]
    names = {id_: f"confidential-{number}" for number, id_ in enumerate(projects, 1)}
    numbers: Counter[str] = Counter()
    for id_ in sorted(hidden - names.keys()):
        owner = names.get(id_.partition(".")[0], "confidential")
        numbers[owner] += 1
        names[id_] = f"{owner}.{numbers[owner]}"
    entities = [_masked(entity, names) for entity in portfolio.entities.values()]
    changed = Portfolio(portfolio.settings, portfolio.as_of, entities, portfolio.files)
    return Shown(changed, len(projects), hidden)


def _masked(entity: Entity, names: Mapping[str, str]) -> Entity:
    concerned = entity.id in names or any(ref.id in names for _, _, ref in references(entity))
    if not concerned:
        return entity
    clone = deepcopy(entity)
    for _, _, ref in references(clone):
        ref.id = ref.written = names.get(ref.id, ref.id)
    written = clone.__dict__
    if entity.id in names:
        for stated in entity.FIELDS.values():
            is_text = isinstance(stated.shape, Scalar) and stated.shape.name == "text"
            if is_text and stated.name != "id" and written.get(stated.name):
                written[stated.name] = "confidential"
        written["id"] = names[entity.id]
    return clone
