"""What a project brings about, and when: the points by which the business sees it arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.impact.effect import Effect, Input
from portfolio.impact.movement import accountable
from portfolio.measure.measure import Measure
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity, Milestone, Programme, Project
from portfolio.model.entity import Entity
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.impact.movement import Movement


Cost = tuple[Measure[Money], tuple[str, ...], tuple[Input, ...]]
"""What an effect costs, on which terms, and from which inputs."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something arrives, before and after a slip, and the point that decides it after."""

    point: str
    old: date
    new: date

    @property
    def moves(self) -> bool:
        """Tell whether the slip moves it."""
        return self.old != self.new


def latest(arrivals: Iterable[Arrival | None]) -> Arrival | None:
    """Return when the last of several arrives; None where none has a date."""
    known = [each for each in arrivals if each is not None]
    if not known:
        return None
    last = max(known, key=lambda each: (each.new, each.moves))
    return Arrival(last.point, max(each.old for each in known), last.new)


def moving(arrivals: Iterable[tuple[str, Arrival | None]]) -> Mapping[str, Arrival]:
    """Return the latest of the arrivals at each id, where it moves."""
    last = {id_: latest(found) for id_, found in grouped(arrivals).items()}
    return {id_: arrival for id_, arrival in last.items() if arrival and arrival.moves}


@dataclass(frozen=True, eq=False)
class Reach:
    """Arrivals of milestones, projects and programmes under one movement."""

    movement: Movement

    def point(self, id_: str) -> Arrival | None:
        """Return when a milestone or activity is reached."""
        dates = self.movement.dates(id_)
        return None if dates is None else Arrival(id_, *dates)

    def project(self, id_: str) -> Arrival | None:
        """Return when a project delivers: its last go-live, else its last point of all."""
        go_lives = self.go_lives.get(id_) or self._points.get(id_, ())
        return latest(self.point(each) for each in go_lives)

    def work(self, id_: str) -> Arrival | None:
        """Return when the last activity of a project ends, its last point where it has none."""
        activities = self._activities.get(id_)
        return latest(map(self.point, activities)) if activities else self.project(id_)

    def source(self, id_: str) -> Arrival | None:
        """Return when a milestone, project or programme delivers."""
        if id_ in self.movement.plan.network.index:
            return self.point(id_)
        if id_ in self._programmes:
            return latest(map(self.project, self._programmes[id_]))
        return self.project(id_)

    @cached_property
    def go_lives(self) -> Mapping[str, Sequence[str]]:
        """Return the go-lives of each project."""
        milestones = self.movement.portfolio.all(Milestone)
        return grouped((each.project.id, each.id) for each in milestones if each.type == "go_live")

    @cached_property
    def moved_projects(self) -> Sequence[Project]:
        """Return the projects that deliver later, or earlier, than before."""
        return [
            project
            for project in self.movement.portfolio.all(Project)
            if project.id in self._projects_with_moves
            and (arrival := self.project(project.id)) is not None
            and arrival.moves
        ]

    @cached_property
    def _projects_with_moves(self) -> set[str]:
        network = self.movement.plan.network
        return {network.activities[network.index[id_]].project for id_ in self.movement.by_id}

    @cached_property
    def _points(self) -> Mapping[str, Sequence[str]]:
        """Return the points of projects without a go-live: milestones, else activities."""
        milestones = self.movement.portfolio.all(Milestone)
        return {**self._activities, **grouped((each.project.id, each.id) for each in milestones)}

    @cached_property
    def _activities(self) -> Mapping[str, Sequence[str]]:
        activities = self.movement.portfolio.all(Activity)
        return grouped((each.project.id, each.id) for each in activities if not each.loe)

    @cached_property
    def _programmes(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {
            each.id: [] for each in self.movement.portfolio.all(Programme)
        }
        for project in self.movement.portfolio.all(Project):
            if project.programme is not None and project.programme.id in found:
                found[project.programme.id].append(project.id)
        return found

    def through(self, arrival: Arrival, *reached: str) -> tuple[str, ...]:
        """Return the chain from what slipped to the deciding point and on to what it reaches."""
        known = arrival.point in self.movement.by_id
        chain = self.movement.through(arrival.point) if known else (arrival.point,)
        return (*chain, *reached)

    def effect(self, hit: Entity, arrival: Arrival, words: str, cost: Cost, *via: str) -> Effect:
        """Return what an arrival does to an entity, which whoever answers for that has to know."""
        money, terms, inputs = cost
        owner = accountable(self.movement.portfolio, hit)
        chain = self.through(arrival, *via, *({hit.id} - {arrival.point}))
        dates = (arrival.old, arrival.new)
        return Effect(
            hit.id, hit.kind, hit.label, owner, words, money, *dates, terms, chain, inputs
        )
