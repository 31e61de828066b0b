"""The coupling of projects as a matrix: how much of each one hangs on each other one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.dependency_margin import coupling_density

if TYPE_CHECKING:
    from portfolio.impact.dependencies.dependency_map import ProjectLink
    from portfolio.measure.measure import Measure


@dataclass(frozen=True, slots=True)
class Hold:
    """How one project holds another: open hard dependencies and their least margin.

    ``margin`` is in working days, negative where something comes too late; None where no promise
    among them has a margin.
    """

    count: int
    margin: int | None


@dataclass(frozen=True, slots=True)
class Coupling:
    """The matrix, by giver and receiver, and its density; pairs without a link are left out."""

    projects: tuple[str, ...]
    holds: Mapping[tuple[str, str], Hold]
    density: Measure[float]


def coupling(projects: Sequence[str], links: Iterable[ProjectLink]) -> Coupling:
    """Return the coupling of projects from what they owe each other.

    A link between their plans that nobody promised binds as a hard dependency does, and counts.
    Soft promises and givers that are no project do not.
    """
    known, holds = set(projects), {}
    for link in links:
        hard = [promise.margin.days for promise in link.promises if promise.hard]
        if hard and {link.giver, link.receiver} <= known:
            margins = [days for days in hard if days is not None]
            holds[link.giver, link.receiver] = Hold(len(hard), min(margins, default=None))
    return Coupling(tuple(projects), holds, coupling_density(len(holds), len(projects)))
