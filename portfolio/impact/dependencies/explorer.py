"""Everything that waits for something, as the page shows it that people click through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolio.analysis.finance.investment_appraisal import benefit_per_year
from portfolio.calendar import finish_date
from portfolio.impact.dependencies.dependency_map import (
    BusinessLink,
    ProjectLink,
    business_links,
    project_matrix,
)
from portfolio.impact.effect import Effect
from portfolio.impact.movement import MovedItem, accountable
from portfolio.impact.slack import Outlook, look_ahead
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.commercial.contracts import Contract, Customer
from portfolio.model.delivery.projects import Dependency, Project
from portfolio.model.finance import Benefit
from portfolio.network.calendars import project_calendar
from portfolio.network.graph import Edge, graph_of
from portfolio.network.portfolio_schedule import Plan, plan_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.impact.ripple import Ripple
    from portfolio.model.entity import Entity
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Explored:
    """One thing in the graph: when it is expected, how far it can slip, what it is worth.

    ``room`` is its total float in working days, or for what the business awaits the working days
    until a delay costs money. ``worth`` is a contract's value or a benefit's value per year.
    ``moved`` and ``effects`` say what the supposed slip does to it.
    """

    id: str
    kind: str
    name: str
    owner: str
    project: str
    expected: date | None
    room: Measure[Decimal]
    worth: Measure[Money]
    moved: MovedItem | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Explorer:
    """The graph of a portfolio, or of a part of it, with who is hit and what the business awaits.

    ``chosen`` is what was asked about: the page opens there.
    """

    name: str
    as_of: date
    nodes: tuple[Explored, ...]
    edges: tuple[Edge, ...]
    chosen: tuple[str, ...]
    projects: tuple[ProjectLink, ...]
    business: tuple[BusinessLink, ...]
    ripple: Ripple | None = None
    outlook: Outlook | None = None


def explore(
    portfolio: View,
    chosen: Sequence[str] = (),
    ripple: Ripple | None = None,
    depth: int | None = None,
) -> Explorer:
    """Return the graph of a portfolio, or of what surrounds the chosen things where some are.

    ``depth`` is how many steps away from them it goes; what a slip reaches is always there.
    """
    graph = graph_of(portfolio)
    connected = {*graph.givers, *graph.waiters, *chosen}
    if chosen:
        reached = [side(id_, depth) for id_ in chosen for side in (graph.below, graph.above)]
        connected = {*chosen, *(id_ for found in reached for id_ in found)}
    passed = list(_passed(ripple)) if ripple else []
    connected.update(id_ for edge in passed for id_ in (edge.giver, edge.waiter))
    ids = [id_ for id_ in portfolio.entities if id_ in connected]
    edges = [edge for id_ in ids for edge in graph.waiters.get(id_, ()) if edge.waiter in connected]
    known = {(edge.giver, edge.waiter) for edge in edges}
    edges += [edge for edge in passed if (edge.giver, edge.waiter) not in known]
    business = business_links(portfolio)
    return Explorer(
        portfolio.settings.organisation.name,
        portfolio.as_of,
        tuple(_explored(portfolio, ids, business, ripple)),
        tuple(edges),
        tuple(chosen),
        tuple(x for x in project_matrix(portfolio) if {x.giver, x.receiver} & connected),
        tuple(link for link in business if link.id in connected and link.project in connected),
        ripple,
        look_ahead(portfolio, ripple) if ripple else None,
    )


def _passed(ripple: Ripple) -> Iterator[Edge]:
    """Yield the ways of a slip; to those who pay for the time of a team no reference leads."""
    chains = (*(each.through for each in ripple.moved), *(each.through for each in ripple.effects))
    ways = ((before, after) for chain in chains for before, after in pairwise(chain))
    for before, after in dict.fromkeys(ways):
        yield Edge(before, after, "through")


def _explored(
    portfolio: View,
    ids: Sequence[str],
    business: Sequence[BusinessLink],
    ripple: Ripple | None,
) -> Iterator[Explored]:
    plan = plan_of(portfolio)
    moved = {item.id: item for item in ripple.moved} if ripple else {}
    effects = grouped((effect.id, effect) for effect in (ripple.effects if ripple else ()))
    waiting = grouped((link.id, link) for link in business)
    for id_ in ids:
        entity = portfolio.entities[id_]
        links = waiting.get(id_, ())
        yield Explored(
            id_,
            entity.kind,
            entity.label,
            accountable(portfolio, entity),
            id_ if isinstance(entity, Project) else entity.owner_id,
            _expected(plan, entity, links),
            _room(portfolio, plan, entity, links),
            _worth(entity),
            moved.get(id_),
            tuple(effects.get(id_, ())),
        )


def _expected(plan: Plan, entity: Entity, links: Sequence[BusinessLink]) -> date | None:
    """Return the computed finish, else what is forecast, else when the last project delivers."""
    if entity.id in plan.network.index:
        return plan.schedule.dates(entity.id).early_finish
    if isinstance(entity, Dependency):
        return entity.forecast or entity.committed
    if entity.id in plan.schedule.ends:
        return finish_date(plan.schedule.ends[entity.id])
    return max((link.expected for link in links if link.expected), default=None)


def _room(
    portfolio: View, plan: Plan, entity: Entity, links: Sequence[BusinessLink]
) -> Measure[Decimal]:
    node = plan.network.index.get(entity.id)
    if node is None:
        rooms = [link.room for link in links if link.room is not None]
        return Measure(Decimal(min(rooms))) if rooms else unknown("no_data", "has no price per day")
    minutes = plan.schedule.total_float[node]
    if minutes is None:
        return unknown("finished", "has finished or only accompanies other work")
    calendar = project_calendar(portfolio, portfolio.find(entity.owner_id, Project))
    return Measure((Decimal(minutes) / calendar.minutes_per_day).quantize(Decimal("0.1")))


def _worth(entity: Entity) -> Measure[Money]:
    if isinstance(entity, Benefit):
        return benefit_per_year(entity)
    stated = entity.value if isinstance(entity, Contract) else None
    if isinstance(entity, Customer):
        stated = entity.annual_value
    return Measure(stated) if stated else unknown("no_data", "no price of its own")
