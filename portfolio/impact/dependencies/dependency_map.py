"""The picture before anything slips: which project waits for which, what the business awaits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.liquidated_damages import free_until
from portfolio.analysis.delivery.dependency_margin import (
    Margin,
    MarginColour,
    coupling_density,
    dependency_margin,
)
from portfolio.impact.commercial.contracts import agreed_date
from portfolio.impact.movement import Movement
from portfolio.impact.outcomes import Reach
from portfolio.impact.strategy.strategic_contribution import Aims
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Dependency, Milestone, Project
from portfolio.model.finance import Benefit
from portfolio.model.strategy import BusinessDependency
from portfolio.network.calendars import project_calendar
from portfolio.network.graph import crossings
from portfolio.network.portfolio_schedule import plan_of
from portfolio.network.slip import Slip

if TYPE_CHECKING:
    from portfolio.measure.measure import Measure
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_WORST: Sequence[MarginColour] = ("red", "amber", "grey", "green", "blue")


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing handed over between projects: an open promise, or a link without one."""

    id: str
    margin: Margin
    hard: bool = True


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """All that one project, team or supplier owes to one project; the tightest promise first."""

    giver: str
    receiver: str
    promises: tuple[Promise, ...]

    @property
    def tightest(self) -> Promise:
        """Return the promise that is worst off."""
        return self.promises[0]


@dataclass(frozen=True, slots=True)
class BusinessLink:
    """Something in the business that waits for a project.

    ``expected`` is when it gets it. ``room`` is the working days until the delay costs money,
    negative where it does already; None without a price, or where nothing says from when.
    """

    project: str
    id: str
    kind: str
    name: str
    by: str
    expected: date | None
    room: int | None = None


def project_matrix(portfolio: View) -> tuple[ProjectLink, ...]:
    """Return who waits for whom among projects, the tightest links first."""
    found: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    band = portfolio.settings.thresholds.dependency_margin
    for giver, receiver, carrier in crossings(portfolio):
        if isinstance(carrier, Dependency):
            calendar = project_calendar(portfolio, portfolio.find(receiver, Project))
            margin = dependency_margin(carrier, calendar, band)
            promise = Promise(carrier.id, margin, carrier.strength == "hard")
        else:
            promise = Promise(carrier.id, Margin(None, "grey", "no promise"))
        found[giver, receiver].append(promise)
    links = [
        ProjectLink(*ends, tuple(sorted(promises, key=_tightness)))
        for ends, promises in found.items()
    ]
    return tuple(sorted(links, key=lambda link: (*_tightness(link.tightest), link.giver)))


def _tightness(promise: Promise) -> tuple[int, int, str]:
    days = promise.margin.days
    return (_WORST.index(promise.margin.colour), 0 if days is None else days, promise.id)


def business_links(portfolio: View) -> tuple[BusinessLink, ...]:
    """Return what in the business waits for each project, project by project in order of files."""
    plan = plan_of(portfolio)
    still = Slip(plan.schedule, plan.schedule, (), ())
    reach = Reach(Movement(portfolio, plan, (), still, {}))
    found = [
        *_contract_links(portfolio, reach),
        *_sensitive_links(portfolio, reach),
        *_benefit_links(portfolio, reach),
        *_served_links(portfolio, reach),
    ]
    places = {project.id: place for place, project in enumerate(portfolio.all(Project))}
    seen: dict[tuple[str, str], BusinessLink] = {}
    for link in found:
        if link.project in places:
            seen.setdefault((link.project, link.id), link)
    return tuple(sorted(seen.values(), key=lambda link: places[link.project]))


def _expected(reach: Reach, id_: str) -> date | None:
    arrival = reach.source(id_)
    return arrival.new if arrival else None


def _contract_links(portfolio: View, reach: Reach) -> Iterator[BusinessLink]:
    for contract in portfolio.all(Contract):
        for clause in contract.damages:
            milestone = portfolio.find(clause.milestone, Milestone)
            if milestone is None:
                continue
            expected, room = _expected(reach, milestone.id), None
            agreed = agreed_date(milestone)
            if agreed is not None and expected is not None:
                calendar = reach.movement.calendar_of(milestone.project)
                free = free_until(clause, agreed, calendar)
                room = calendar.working_days_between(expected, free)
            yield _link(milestone.owner_id, contract, milestone.id, expected, room)
    for project in portfolio.all(Project):
        promised = portfolio.find(project.contract, Contract)
        if promised is not None:
            yield _link(project.id, promised, project.id, _expected(reach, project.id))


def _sensitive_links(portfolio: View, reach: Reach) -> Iterator[BusinessLink]:
    for each in portfolio.all(BusinessDependency):
        waits, giver = portfolio.find(each.to), portfolio.find(each.from_)
        if waits is not None and giver is not None:
            owner = giver.owner_id or giver.id
            yield _link(owner, waits, giver.id, _expected(reach, giver.id))


def _benefit_links(portfolio: View, reach: Reach) -> Iterator[BusinessLink]:
    aims = Aims(reach)
    for benefit in portfolio.all(Benefit):
        point = portfolio.find(benefit.starts_after, Milestone)
        project = point.owner_id if point else benefit.project.id if benefit.project else ""
        arrival = aims.start(benefit)
        if benefit.status not in {"realised", "lost"}:
            by = point.id if point else project
            yield _link(project, benefit, by, arrival.new if arrival else None)


def _served_links(portfolio: View, reach: Reach) -> Iterator[BusinessLink]:
    for project in portfolio.all(Project):
        served = (*project.services, *(each.objective for each in project.objectives))
        for ref in served:
            entity = portfolio.find(ref)
            if entity is not None:
                yield _link(project.id, entity, project.id, _expected(reach, project.id))


def _link(
    project: str, entity: Entity, by: str, expected: date | None, room: int | None = None
) -> BusinessLink:
    return BusinessLink(project, entity.id, entity.kind, entity.label, by, expected, room)


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
