"""What somebody may have meant who named something that is not there."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from portfolio.spelling import nearest
from portfolio.view.audience import confidential_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.entity import Entity
    from portfolio.record import Field

_MOST = 3


class Known:
    """What may be suggested: confidential work only to what is part of it."""

    def __init__(self, by_id: Mapping[str, Entity]) -> None:
        """Keep the entities by id."""
        self._by_id = by_id

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return confidential_ids(self._by_id.values())

    def near(self, entity: Entity, stated: Field, written: str) -> list[Entity]:
        """Return the entities whose full or short id is near what an entity's field says."""
        hidden = self._hidden if entity.id not in self._hidden else frozenset()
        fitting = [
            each
            for each in self._by_id.values()
            if (not stated.to or each.KIND in stated.to) and each.id not in hidden
        ]
        short = [e for e in fitting if e.id.rpartition(".")[2] == written and "." in e.id]
        if short:
            return list(islice(short, _MOST))
        return [self._by_id[name] for name in nearest(written, (e.id for e in fitting))]
