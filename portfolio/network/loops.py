"""What waits for itself: loops in schedule logic, between services, benefits and objectives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Activity, Dependency, Milestone
from portfolio.model.kinds import kinds
from portfolio.network.topological_order import shortest_loop, topological_order
from portfolio.references import references
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_MOST_LOOPS = 20
_RANKS = {"parent", "line_manager"}


def find_cycles(portfolio: View) -> tuple[tuple[str, ...], ...]:
    """Return the shortest loop of each knot, as ids in the order in which they wait.

    Looked at are predecessors with hard promises that are open, and every field by which entities
    of one kind need or rank above each other (services, objectives, benefits, units, people). The
    first id is not repeated at the end. At most twenty loops are returned.
    """
    loops = list(_loops(_schedule_links(portfolio)))
    for kind in kinds().values():
        keys = {
            field.key
            for field in kind.FIELDS.values()
            if field.to == (kind.KIND,) or (kind.KIND in field.to and field.flow)
        }
        ranks = {key for key in keys if kind.FIELDS[key].flow or key in _RANKS}
        if ranks:
            loops.extend(_loops(_kindred_links(portfolio.all(kind), ranks)))
    return tuple(loops[:_MOST_LOOPS])


def _schedule_links(portfolio: View) -> Iterator[tuple[str, str]]:
    waiting: Iterator[Activity | Milestone] = chain(
        portfolio.all(Activity), portfolio.all(Milestone)
    )
    for each in waiting:
        for before in each.predecessors:
            yield before.id.id, each.id
    for promise in portfolio.all(Dependency):
        if promise.to is not None and promise.strength == "hard" and is_open(promise):
            yield promise.from_.id, promise.id
            yield promise.id, promise.to.id


def _kindred_links(entities: Iterable[Entity], keys: set[str]) -> Iterator[tuple[str, str]]:
    for entity in entities:
        for _, stated, ref in references(entity):
            if stated.key in keys:
                yield (ref.id, entity.id) if stated.flow != "out" else (entity.id, ref.id)


def _loops(links: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield one shortest loop after the other, each opened where it closes."""
    index: dict[str, int] = {}
    outgoing: list[list[int]] = []
    for link in links:
        tail, head = (_number(end, index, outgoing) for end in link)
        outgoing[tail].append(head)
    names = list(index)
    for node, following in enumerate(outgoing):
        if node in following:
            yield (names[node],)
            outgoing[node] = [each for each in following if each != node]
    order: Sequence[int] = topological_order(outgoing)
    for _ in range(_MOST_LOOPS):
        if len(order) == len(outgoing):
            return
        loop = shortest_loop(outgoing, order)
        yield tuple(names[node] for node in loop)
        outgoing[loop[-1]] = [each for each in outgoing[loop[-1]] if each != loop[0]]
        order = topological_order(outgoing)


def _number(name: str, index: dict[str, int], outgoing: list[list[int]]) -> int:
    number = index.setdefault(name, len(outgoing))
    if number == len(outgoing):
        outgoing.append([])
    return number
