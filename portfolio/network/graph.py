"""The one graph of everything that waits for something, and what its shape tells.

An edge leads from what gives to what waits: the way a delay travels. References say which way
that is (`flow`), promises lie between giver and receiver, and what ends a project, not every
activity in it, hands its delay on to the project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from portfolio.model.delivery.projects import Activity, Dependency, Milestone
from portfolio.model.entity import Entity
from portfolio.model.index import per_portfolio
from portfolio.references import references
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.view.view import View

# Betweenness is exact up to this many nodes, beyond it estimated from as many of them; in a graph
# of more than the last figure even that would take minutes, and it is left out.
_EXACT_UP_TO = 300
_LARGEST = 5_000
_FEWEST_NODES = 3


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that waits for something else, by a field of one of the two."""

    giver: str
    waiter: str
    field: str


@dataclass(frozen=True, eq=False)
class Graph:
    """Who waits for whom; both mappings hold the same edges."""

    givers: Mapping[str, Sequence[Edge]]
    waiters: Mapping[str, Sequence[Edge]]

    def below(self, id_: str, depth: int | None = None) -> dict[str, int]:
        """Return everything that waits for an entity, however indirectly, with its distance."""
        return _walk(id_, depth, lambda each: (edge.waiter for edge in self.waiters.get(each, ())))

    def above(self, id_: str, depth: int | None = None) -> dict[str, int]:
        """Return everything that an entity waits for, however indirectly, with its distance."""
        return _walk(id_, depth, lambda each: (edge.giver for edge in self.givers.get(each, ())))


def _walk(start: str, depth: int | None, neighbours: Any) -> dict[str, int]:  # noqa: ANN401
    found, level, distance = {start: 0}, [start], 0
    while level and (depth is None or distance < depth):
        distance += 1
        following = [each for node in level for each in neighbours(node) if each not in found]
        level = list(dict.fromkeys(following))
        found.update(dict.fromkeys(level, distance))
    del found[start]
    return found


def graph_of(portfolio: View) -> Graph:
    """Return the graph of a portfolio; a promise that is kept or cancelled holds nobody up."""
    return _graph_of(portfolio.whole)


@per_portfolio
def _graph_of(portfolio: View) -> Graph:
    givers: dict[str, list[Edge]] = defaultdict(list)
    waiters: dict[str, list[Edge]] = defaultdict(list)
    for edge in dict.fromkeys(_edges(portfolio)):
        waiters[edge.giver].append(edge)
        givers[edge.waiter].append(edge)
    return Graph(dict(givers), dict(waiters))


def _edges(portfolio: View) -> Iterator[Edge]:
    """Yield every edge: schedule logic and other references, then the ends of projects."""
    goes_on: set[str] = set()
    points: list[Activity | Milestone] = []
    for entity in portfolio.entities.values():
        if isinstance(entity, Dependency):
            if not is_open(entity):
                continue
            if entity.to is None:
                yield Edge(entity.id, entity.project.id, "project")
        if isinstance(entity, Activity | Milestone):
            points.append(entity)
            goes_on.update(
                each.id.id
                for each in entity.predecessors
                if _project(each.id.id) == entity.owner_id
            )
        yield from _own_edges(portfolio, entity)
    for point in points:
        if point.id not in goes_on and point.project.id in portfolio.entities:
            yield Edge(point.id, point.project.id, "project")


def _own_edges(portfolio: View, entity: Entity) -> Iterator[Edge]:
    """Yield the edges that an entity's own references make, those to its project apart."""
    is_point = isinstance(entity, Activity | Milestone)
    for _, stated, ref in references(entity):
        if (
            stated.flow
            and ref.id in portfolio.entities
            and not (is_point and stated.key == "project")
        ):
            if stated.to == ("portfolio",):
                continue  # everything is in it, so that says nothing
            ends = (ref.id, entity.id) if stated.flow == "in" else (entity.id, ref.id)
            yield Edge(*ends, stated.key)


def _project(id_: str) -> str:
    """Return the project of an activity or milestone: the part of its full id before the dot."""
    return id_.rpartition(".")[0]


def crossings(portfolio: View) -> Iterator[tuple[str, str, Entity]]:
    """Yield giver, receiver and carrier of everything handed over between two owners.

    The carrier is the open promise, or the activity or milestone that waits without one; the
    giver is a project, team or supplier, the receiver a project.
    """
    promised = set()
    for promise in portfolio.all(Dependency):
        giver = portfolio.find(promise.from_)
        if giver is None:
            continue
        if promise.to is not None:
            promised.add((giver.id, promise.to.id))
        owner = giver.owner_id or giver.id
        if is_open(promise) and owner != promise.project.id:
            yield owner, promise.project.id, promise
    points: Iterator[Activity | Milestone] = chain(
        portfolio.all(Activity), portfolio.all(Milestone)
    )
    for waiting in points:
        for before in waiting.predecessors:
            owner, here = _project(before.id.id), waiting.owner_id
            if owner and owner != here and (before.id.id, waiting.id) not in promised:
                yield owner, here, waiting


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that others wait for.

    ``fan_out`` counts everything that waits for it, however indirectly; ``projects`` are those
    among it, ``direct`` who waits without anything between. ``broker`` is the share of shortest
    paths through it, None in a graph of fewer than three nodes or more than 5,000.
    """

    id: str
    fan_out: int
    direct: int
    projects: tuple[str, ...]
    broker: float | None


def most_awaited(portfolio: View, count: int = 5) -> tuple[Awaited, ...]:
    """Return what most others wait for, among all that is handed over between projects."""
    graph = graph_of(portfolio)
    handed_over = dict.fromkeys(_handed_over(portfolio))
    brokers = _betweenness(graph, handed_over)
    found = [_awaited(portfolio, graph, id_, brokers.get(id_)) for id_ in handed_over]
    found.sort(key=lambda each: (-each.fan_out, -len(each.projects), each.id))
    return tuple(found[:count])


def _handed_over(portfolio: View) -> Iterator[str]:
    """Yield the milestones, activities and others that somebody outside their project waits for."""
    for _, receiver, carrier in crossings(portfolio):
        if isinstance(carrier, Dependency):
            yield carrier.from_.id
        elif isinstance(carrier, Activity | Milestone):
            for before in carrier.predecessors:
                if _project(before.id.id) != receiver:
                    yield before.id.id


def _awaited(portfolio: View, graph: Graph, id_: str, broker: float | None) -> Awaited:
    waiting = graph.below(id_)
    own = portfolio.entities[id_].owner_id if id_ in portfolio.entities else ""
    kinds = {each: portfolio.entities[each].kind for each in waiting}
    projects = sorted(each for each, kind in kinds.items() if kind == "project" and each != own)
    things = sum(kind != "dependency" for kind in kinds.values())
    return Awaited(id_, things, len(graph.waiters.get(id_, ())), tuple(projects), broker)


def _betweenness(graph: Graph, handed_over: Iterable[str]) -> Mapping[str, float]:
    """Return the share of shortest paths through each node, over all that hand-overs connect."""
    nodes = set(handed_over)
    for id_ in list(nodes):
        nodes.update(graph.below(id_), graph.above(id_))
    if not _FEWEST_NODES <= len(nodes) <= _LARGEST:
        return {}
    import networkx as nx

    # Nodes in a stated order: the estimate draws from them, and the same files give the same bytes.
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(sorted(nodes))
    network.add_edges_from(
        (edge.giver, edge.waiter)
        for id_ in sorted(nodes)
        for edge in graph.waiters.get(id_, ())
        if edge.waiter in nodes
    )
    drawn = _EXACT_UP_TO if len(nodes) > _EXACT_UP_TO else None
    shares: dict[str, float] = nx.betweenness_centrality(network, k=drawn, seed=1)
    return shares


def greatest_flow(
    supplies: Mapping[str, Decimal],
    needs: Mapping[int, Decimal],
    pairs: Iterable[tuple[str, int]],
) -> Mapping[int, Decimal]:
    """Return how much of each need is met when supplies meet as much in all as they can.

    A supply meets only the needs that it is paired with, and no more in all than there is of it.

    >>> greatest_flow({"ana": Decimal(1)}, {0: Decimal(2), 1: Decimal(1)}, [("ana", 0)])
    {0: Decimal('1'), 1: Decimal('0')}
    """
    import networkx as nx
    from networkx.algorithms.flow import edmonds_karp

    network: nx.DiGraph[tuple[str, str | int]] = nx.DiGraph()
    begin, end = ("begin", ""), ("end", "")
    network.add_nodes_from([begin, end])
    for name, amount in supplies.items():
        network.add_edge(begin, ("supply", name), capacity=amount)
    for number, amount in needs.items():
        network.add_edge(("need", number), end, capacity=amount)
    network.add_edges_from((("supply", name), ("need", number)) for name, number in pairs)
    _, flows = nx.maximum_flow(network, begin, end, flow_func=edmonds_karp)
    return {number: Decimal(flows["need", number][end]) for number in needs}
