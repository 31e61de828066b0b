"""What `dependencies` answers: one value each, for whatever writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.impact.dependencies.dependency_map import Coupling, coupling
from portfolio.impact.dependencies.diagram import (
    Diagram,
    picture_diagram,
    reasons_diagram,
    ripple_diagram,
    trees_diagram,
)
from portfolio.impact.slack import Outlook, look_ahead
from portfolio.model.delivery.projects import Project
from portfolio.network.graph import Awaited, most_awaited

if TYPE_CHECKING:
    from portfolio.application.open import Opened
    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.effect import Effect
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.scenarios.scenario import Outcome, Supposition
    from portfolio.impact.supposed_slip import Injection
    from portfolio.network.driving_path import Step
    from portfolio.network.tree import Branch
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question about a portfolio."""

    opened: Opened

    @property
    def portfolio(self) -> View:
        """Return what was asked about, with what stands for what is hidden."""
        return self.opened.view.whole

    @property
    def loops(self) -> bool:
        """Tell whether it shows that something waits for itself."""
        return False


@dataclass(frozen=True, slots=True)
class Explored(Answer):
    """An answer from which one goes on: where to begin, and how many steps to show."""

    start: tuple[str, ...]
    depth: int | None


@dataclass(frozen=True, slots=True)
class Slip(Explored):
    """What a slip does."""

    injections: tuple[Injection, ...]
    found: Ripple

    @property
    def outlook(self) -> Outlook:
        """Return how far it is free, what is at stake, and until when one can decide."""
        return look_ahead(self.portfolio, self.found)

    @property
    def diagram(self) -> Diagram:
        """Return who hits whom as a graph."""
        return ripple_diagram(self.portfolio, self.found)


@dataclass(frozen=True, slots=True)
class Surroundings(Explored):
    """What one thing waits for, and what waits for it."""

    above: Branch
    below: Branch

    @property
    def diagram(self) -> Diagram:
        """Return both trees as a graph."""
        return trees_diagram(self.portfolio, self.above, self.below)


@dataclass(frozen=True, slots=True)
class DependencyMap(Explored):
    """Project to project and project to business; ``wanted`` are the projects, none means all."""

    wanted: frozenset[str]
    links: tuple[ProjectLink, ...]
    business: tuple[BusinessLink, ...]
    cycles: tuple[tuple[str, ...], ...]

    @property
    def loops(self) -> bool:
        """Tell whether something waits for itself."""
        return bool(self.cycles)

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """Return what most wait for."""
        return most_awaited(self.portfolio)

    @property
    def coupled(self) -> Coupling:
        """Return how tightly the projects hold each other."""
        ends = {end for link in self.links for end in (link.giver, link.receiver)} | self.wanted
        ids = [p.id for p in self.portfolio.all(Project) if not self.wanted or p.id in ends]
        return coupling(ids, self.links)

    @property
    def diagram(self) -> Diagram:
        """Return the map as a graph."""
        return picture_diagram(self.portfolio, self.links, self.business)


@dataclass(frozen=True, slots=True)
class DateReasons(Answer):
    """Why a date is what it is, step by step back."""

    steps: tuple[Step, ...]

    @property
    def diagram(self) -> Diagram:
        """Return the steps as a graph."""
        return reasons_diagram(self.portfolio, self.steps)


@dataclass(frozen=True, slots=True)
class MoneyReasons(Answer):
    """Why a slip costs somebody what it costs."""

    found: Ripple
    effect: Effect


@dataclass(frozen=True, slots=True)
class Supposed(Answer):
    """What stops or who leaves, with what follows; ``slip`` where something moves by it."""

    supposition: Supposition
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Comparison(Answer):
    """What each scenario leads to, the plan as it stands first."""

    outcomes: tuple[Outcome, ...]


Drawn = Slip | Surroundings | DependencyMap | DateReasons
"""The answers that are a graph."""
DRAWN = frozenset({Slip, Surroundings, DependencyMap, DateReasons})
