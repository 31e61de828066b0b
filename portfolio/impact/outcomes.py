"""What a project brings about, and when: the points by which the business sees it arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Activity, Milestone, Programme, Project

if TYPE_CHECKING:
    from portfolio.impact.movement import Movement


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
        found: dict[str, list[str]] = defaultdict(list)
        for milestone in self.movement.portfolio.all(Milestone):
            if milestone.type == "go_live":
                found[milestone.project.id].append(milestone.id)
        return found

    @cached_property
    def moved_projects(self) -> Sequence[Project]:
        """Return the projects that deliver later, or earlier, than before."""
        found = []
        for project in self.movement.portfolio.all(Project):
            if project.id in self._projects_with_moves:
                arrival = self.project(project.id)
                if arrival is not None and arrival.moves:
                    found.append(project)
        return found

    @cached_property
    def _projects_with_moves(self) -> set[str]:
        network = self.movement.plan.network
        return {network.activities[network.index[id_]].project for id_ in self.movement.by_id}

    @cached_property
    def _points(self) -> Mapping[str, Sequence[str]]:
        """Return the points of projects without a go-live: milestones, else activities."""
        found: dict[str, list[str]] = defaultdict(list)
        for milestone in self.movement.portfolio.all(Milestone):
            found[milestone.project.id].append(milestone.id)
        for project, activities in self._activities.items():
            found.setdefault(project, list(activities))
        return found

    @cached_property
    def _activities(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.movement.portfolio.all(Activity):
            if not activity.loe:
                found[activity.project.id].append(activity.id)
        return found

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
