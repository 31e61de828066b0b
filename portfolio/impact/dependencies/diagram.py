"""The four answers about dependencies as one kind of graph, which every writer of graphs reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from portfolio.impact.movement import accountable

if TYPE_CHECKING:
    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.effect import Effect
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.ripple import Ripple
    from portfolio.network.driving_path import Step
    from portfolio.network.tree import Branch
    from portfolio.view.view import View

Part = Literal["cause", "point", "business", "hit"]


@dataclass(frozen=True, slots=True)
class Node:
    """Something in a graph: what it is, its dates, and the money that it loses.

    ``part`` says why it is shown: the graph starts there, it lies on the way, it is what the
    business waits for, or it loses money. Adverse money is negative.
    """

    id: str
    kind: str
    name: str = ""
    owner: str = ""
    part: Part = "point"
    words: str = ""
    old: date | None = None
    new: date | None = None
    money: Decimal | None = None
    currency: str = ""

    @property
    def days(self) -> int | None:
        """Return the calendar days of delay; None for what has no two dates."""
        return None if self.old is None or self.new is None else (self.new - self.old).days

    @property
    def facts(self) -> tuple[str, ...]:
        """Return what a label says below the id: words, dates, money."""
        dates = "" if self.new is None else str(self.new)
        if self.old is not None and self.new is not None and self.old != self.new:
            dates = f"{self.old} → {self.new}, {self.days:+d} d"
        money = "" if self.money is None else f"{round(self.money):,} {self.currency}"
        return tuple(fact for fact in (self.words, dates, money) if fact)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge from what gives to what waits; ``days`` is the margin, where there is one."""

    giver: str
    waiter: str
    words: str = ""
    colour: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A graph in the order in which its nodes occur; every end of an arrow is a node."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


class _Drafting:
    """A diagram while it grows: the first statement of a node or an arrow stands."""

    def __init__(self, portfolio: View) -> None:
        self.portfolio = portfolio
        self.nodes: dict[str, Node] = {}
        self.arrows: dict[tuple[str, str], Arrow] = {}

    def add(self, node: Node) -> None:
        if node.id in self.nodes:
            return
        entity = self.portfolio.entities.get(node.id)
        if entity is not None:
            owner = node.owner or accountable(self.portfolio, entity)
            node = replace(node, kind=entity.kind, name=entity.label, owner=owner)
        self.nodes[node.id] = node

    def tie(self, arrow: Arrow) -> None:
        self.arrows.setdefault((arrow.giver, arrow.waiter), arrow)

    def finished(self, title: str) -> Diagram:
        return Diagram(title, tuple(self.nodes.values()), tuple(self.arrows.values()))


def picture_diagram(
    portfolio: View, links: Iterable[ProjectLink], business: Iterable[BusinessLink]
) -> Diagram:
    """Return who waits for whom among projects, and what in the business waits for them."""
    draft = _Drafting(portfolio)
    for link in links:
        draft.add(Node(link.giver, "project"))
        draft.add(Node(link.receiver, "project"))
        margin = link.tightest.margin
        days = "" if margin.days is None else f"{margin.days} d, "
        words = f"{days}{margin.colour}"
        draft.tie(Arrow(link.giver, link.receiver, words, margin.colour, margin.days))
    for each in business:
        draft.add(Node(each.project, "project"))
        draft.add(Node(each.id, each.kind, each.name, part="business", new=each.expected))
        words = "" if each.room is None else f"room {each.room} d"
        draft.tie(Arrow(each.project, each.id, words, days=each.room))
    return draft.finished("Who waits for whom")


def trees_diagram(portfolio: View, above: Branch, below: Branch) -> Diagram:
    """Return what one thing waits for, and what waits for it."""
    draft = _Drafting(portfolio)
    draft.add(Node(above.id, above.kind, above.name, part="cause"))
    for giver, waiter, branch in (*_steps(above, up=True), *_steps(below, up=False)):
        draft.add(Node(branch.id, branch.kind, branch.name))
        draft.tie(Arrow(giver, waiter))
    return draft.finished(f"What {above.id} waits for, and what waits for it")


def _steps(branch: Branch, *, up: bool) -> Iterator[tuple[str, str, Branch]]:
    for child in branch.children:
        yield (child.id, branch.id, child) if up else (branch.id, child.id, child)
        yield from _steps(child, up=up)


def ripple_diagram(portfolio: View, found: Ripple) -> Diagram:
    """Return the way of a slip: from what slips over what moves to who is hit."""
    draft = _Drafting(portfolio)
    moved = {item.id: item for item in found.moved}
    hits = {effect.id: effect for effect in found.effects}
    for each in found.injected:
        dates = _passing(each.id, moved, hits)
        draft.add(replace(dates, kind=each.kind, part="cause", words=f"slips by {each.slip}"))
        for id_ in each.nodes:
            if id_ != each.id:
                draft.add(_passing(id_, moved, hits))
                draft.tie(Arrow(each.id, id_))
    for chain in (*(item.through for item in found.moved), *(hit.through for hit in found.effects)):
        for id_ in chain:
            draft.add(_passing(id_, moved, hits))
        for before, after in pairwise(chain):
            draft.tie(Arrow(before, after))
    slips = ", ".join(f"{each.id} slips by {each.slip}" for each in found.injected)
    return draft.finished(f"Who is hit if {slips}")


def _passing(id_: str, moved: Mapping[str, MovedItem], hits: Mapping[str, Effect]) -> Node:
    """Return something on the way of a slip: what is hit, what moves, or what only lies there."""
    hit, item = hits.get(id_), moved.get(id_)
    if hit is not None:
        node = Node(id_, hit.kind, hit.name, hit.owner, "business", hit.effect, hit.old, hit.new)
        if hit.money.value is None:
            return node
        money = hit.money.value
        part: Part = "hit" if money.amount < 0 else "business"
        return replace(node, part=part, money=money.amount, currency=money.currency)
    if item is not None:
        held = f"held by {item.held_by}" if item.held_by else ""
        return Node(id_, item.kind, item.name, item.owner, "point", held, item.old, item.new)
    return Node(id_, "")


def reasons_diagram(portfolio: View, steps: Sequence[Step]) -> Diagram:
    """Return what decides a date, from where its chain starts."""
    draft = _Drafting(portfolio)
    for place, step in enumerate(steps):
        words = "" if step.tie else step.reason
        part: Part = "point" if place else "cause"
        draft.add(Node(step.id, "", part=part, words=words, new=step.finish))
    for step in steps:
        if step.waits_for in draft.nodes:
            draft.tie(Arrow(step.waits_for, step.id, step.tie))
    return draft.finished(f"Why {steps[0].id} is expected on {steps[0].finish}")
