"""Both directions of the graph as trees: what something waits for, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.network.graph import graph_of

if TYPE_CHECKING:
    from portfolio.view.view import View

Direction = Literal["above", "below"]

# Deeper than any plan that a person wrote; a generated chain is cut instead of filling the screen.
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Branch:
    """One entity in a tree, with the field that ties it to the one above it.

    An entity stands at its nearest place with everything behind it; wherever else it occurs it is
    ``repeated``, without what is behind it.
    """

    id: str
    kind: str
    name: str
    by: str
    repeated: bool
    children: tuple[Branch, ...] = ()

    def lines(self, indent: str = "") -> Iterator[tuple[str, Branch]]:
        """Yield every branch below this one that has its place here, with the strokes to it."""
        placed = [child for child in self.children if not child.repeated]
        for place, child in enumerate(placed):
            last = place == len(placed) - 1
            yield f"{indent}{'└─ ' if last else '├─ '}", child
            yield from child.lines(indent + ("   " if last else "│  "))


def tree(portfolio: View, id_: str, direction: Direction, depth: int | None = None) -> Branch:
    """Return what an entity waits for (`above`), or what waits for it (`below`)."""
    graph = graph_of(portfolio)
    edges = graph.givers if direction == "above" else graph.waiters
    limit = _DEEPEST if depth is None else min(depth, _DEEPEST)
    distances = (graph.above if direction == "above" else graph.below)(id_, limit)
    steps = {
        each: [(edge.giver if direction == "above" else edge.waiter, edge.field) for edge in found]
        for each, found in edges.items()
        if each == id_ or each in distances
    }
    return _Growing(portfolio, steps, {**distances, id_: 0}, limit).branch(id_, "", 0)


class _Growing:
    """A tree while it grows: which entities have found their place."""

    def __init__(
        self,
        portfolio: View,
        steps: Mapping[str, Sequence[tuple[str, str]]],
        distances: Mapping[str, int],
        limit: int,
    ) -> None:
        self.portfolio, self.steps = portfolio, steps
        self.distances, self.limit = distances, limit
        self.placed: set[str] = set()

    def branch(self, id_: str, by: str, level: int) -> Branch:
        entity = self.portfolio.entities[id_]
        here = id_ not in self.placed and self.distances.get(id_) == level
        if not here or level >= self.limit:
            return Branch(id_, entity.kind, entity.label, by, not here)
        self.placed.add(id_)
        following = dict(reversed(self.steps.get(id_, ())))
        children = tuple(
            self.branch(child, field, level + 1)
            for child, field in sorted(following.items())
            if self.distances.get(child, self.limit + 1) <= self.limit
        )
        return Branch(id_, entity.kind, entity.label, by, False, children)
