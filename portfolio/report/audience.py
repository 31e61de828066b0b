"""What a report may show: confidential projects, and all that belongs to them, stay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.model.delivery import Project
from portfolio.model.portfolio import Portfolio
from portfolio.record import Ref

if TYPE_CHECKING:
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
