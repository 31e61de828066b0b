"""Rules about the references between entities: nothing here needs to know what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from portfolio.diagnostic import Severity
from portfolio.listing import path
from portfolio.model.delivery.projects import Activity, Dependency, Milestone
from portfolio.model.finance import Benefit
from portfolio.model.governance import Decision
from portfolio.model.resources import BusinessUnit, Person
from portfolio.model.strategy import Objective, Proposal
from portfolio.network.topological_order import shortest_loop, topological_order
from portfolio.rules.phrases import see
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.record import Record, Ref
    from portfolio.view.view import View

_LOOPS = 20
"""How many loops of one relation are shown: who tied such a knot untangles it one by one."""


class Edge(NamedTuple):
    """Somebody waits for somebody: both ids, and the record and field that say so."""

    before: str
    after: str
    holder: Entity
    record: Record
    key: str


Edges = dict[tuple[str, str], Edge]


@rule(Severity.ERROR)
def ref_cycle(portfolio: View, _: View) -> Iterator[Problem]:
    """Entities wait for each other in a circle.

    What it does:
        Follows predecessors and hard dependencies, the parents of objectives, business units and
        line managers, the requirements of proposals, what benefits depend on, and what decisions
        supersede, and reports each loop once with its path.

    Why it matters:
        In a loop nothing can come first: no order exists, and every date is fiction.

    Example:
        project:
          id: beacon
          name: Beacon
          sponsor: anna-reyes
          category: mandatory
          activities:
            - {id: build, duration: 10d, predecessors: [test]}
            - {id: test, duration: 5d, predecessors: [build]}

    Use instead:
        project:
          id: beacon
          name: Beacon
          sponsor: anna-reyes
          category: mandatory
          activities:
            - {id: build, duration: 10d}
            - {id: test, duration: 5d, predecessors: [build]}
    """
    for verb, edges in _relations(portfolio).items():
        for loop in _loops(edges):
            first = loop[0]
            steps = path([*(edge.before for edge in loop), first.before])
            related = tuple(see(e.holder, f"{e.after} {verb} {e.before}", e.key, e.record)
                            for e in loop[1:])  # fmt: skip
            yield Problem(
                first.holder,
                f"{first.after} {verb} itself: {steps}",
                first.key,
                "take one of these references out",
                record=first.record,
                related=related,
            )


def _relations(portfolio: View) -> Mapping[str, Edges]:
    """Return the edges of each relation that must have no loop, by its verb."""
    return {
        "waits for": _by_pair(_schedule(portfolio)),
        "serves": _by_pair(_named(portfolio.all(Objective), "parent")),
        "belongs to": _by_pair(_named(portfolio.all(BusinessUnit), "parent")),
        "reports to": _by_pair(_named(portfolio.all(Person), "line_manager")),
        "requires": _by_pair(_named(portfolio.all(Proposal), "requires")),
        "depends on": _by_pair(_named(portfolio.all(Benefit), "depends_on")),
        "supersedes": _by_pair(_named(portfolio.all(Decision), "supersedes")),
    }


def _by_pair(edges: Iterator[Edge]) -> Edges:
    return {(edge.before, edge.after): edge for edge in edges}


def _schedule(portfolio: View) -> Iterator[Edge]:
    scheduled: list[Activity | Milestone] = [*portfolio.all(Activity), *portfolio.all(Milestone)]
    for entity in scheduled:
        for predecessor in entity.predecessors:
            yield Edge(predecessor.id.id, entity.id, entity, predecessor, "id")
    for dependency in portfolio.all(Dependency):
        if dependency.to is not None and dependency.strength == "hard":
            if dependency.agreement == "cancelled":
                continue
            giver = portfolio.find(dependency.from_)
            if isinstance(giver, Activity | Milestone):
                yield Edge(giver.id, dependency.to.id, dependency, dependency, "from")


def _named(entities: tuple[Entity, ...], key: str) -> Iterator[Edge]:
    for entity in entities:
        stated: Ref | tuple[Ref, ...] | None = getattr(entity, key)
        for reference in stated if isinstance(stated, tuple) else filter(None, [stated]):
            yield Edge(reference.id, entity.id, entity, entity, key)


def _loops(edges: Edges) -> Iterator[tuple[Edge, ...]]:
    """Yield each loop as the edges along it, shortest first, after taking its last edge out."""
    left = {}
    for pair, edge in edges.items():
        if edge.before == edge.after:
            yield (edge,)
        else:
            left[pair] = edge
    ids = list(dict.fromkeys(name for pair in left for name in pair))
    number = {name: position for position, name in enumerate(ids)}
    outgoing: list[list[int]] = [[] for _ in ids]
    for before, after in left:
        outgoing[number[before]].append(number[after])
    for _ in range(_LOOPS):
        order = topological_order(outgoing)
        if len(order) == len(ids):
            return
        loop = shortest_loop(outgoing, order)
        steps = list(zip(loop, [*loop[1:], loop[0]], strict=True))
        yield tuple(left[ids[tail], ids[head]] for tail, head in steps)
        tail, head = steps[-1]
        outgoing[tail].remove(head)
