"""What belongs to an entity, part of part."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.model.index import Index


def belonging(portfolio: Index, ids: Collection[str]) -> frozenset[str]:
    """Return ids with those of everything that is part of them or names them as its project."""
    named = [portfolio.entities[id_] for id_ in ids if id_ in portfolio.entities]
    parts = (
        used.holder.id
        for entity in named
        for used in portfolio.references_to(entity)
        if used.field.key in {"project", used.holder.OWNER}
    )
    return frozenset([*(entity.id for entity in named), *parts])
