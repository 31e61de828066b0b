"""What is supposed to slip: read from words, checked, turned into delays of the schedule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.calendar import finish_date
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.network.calendars import (
    elapsed_minutes,
    project_calendar,
    working_minutes,
)
from portfolio.network.portfolio_schedule import Plan, build_plan, plan_of
from portfolio.values import Duration, read_duration
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.entity import Entity
    from portfolio.model.strategy import Scenario
    from portfolio.view.view import View

SLIPPING = ("activity", "milestone", "dependency", "project")


class CannotSlipError(ValueError):
    """Something was asked to slip that cannot: the message says what and why."""


@dataclass(frozen=True, slots=True)
class Injection:
    """One supposition: this finishes that much later."""

    id: str
    slip: Duration


@dataclass(frozen=True, slots=True)
class Injected:
    """An injection with what it delays: itself, or the first unfinished work of a project."""

    id: str
    kind: str
    slip: Duration
    nodes: tuple[str, ...]


def read_injections(texts: Sequence[str], targets: Sequence[str]) -> tuple[Injection, ...]:
    """Read ``10d`` for every target, or ``atlas.build=10d`` for one; several in one text.

    Raises CannotSlipError that names the bad word and what was expected.
    """
    found: list[Injection] = []
    for word in (word for text in texts for word in re.split(r"[\s,]+", text) if word):
        name, equals, length = word.rpartition("=")
        names = (name,) if equals else targets
        if not all(names) or not names:
            message = f"--slip {word}: say what slips, as in --slip atlas.build={length}"
            raise CannotSlipError(message)
        found.extend(Injection(each, _read_length(length)) for each in names)
    return tuple(found)


def scenario_injections(scenario: Scenario) -> tuple[tuple[Injection, ...], int]:
    """Return the slips that a scenario supposes, and how many suppositions are of another kind."""
    slips = tuple(
        Injection(each.node.id, each.slip)
        for each in scenario.inject
        if each.node is not None and each.slip is not None
    )
    return slips, len(scenario.inject) - len(slips)


def _read_length(text: str) -> Duration:
    try:
        length = read_duration(text)
    except ValueError as error:
        message = f"--slip: {error}"
        raise CannotSlipError(message) from None
    if length.amount <= 0:
        message = f"--slip {text}: a slip is later, so it is more than 0"
        raise CannotSlipError(message)
    return length


def plan_for(portfolio: View, injections: Sequence[Injection], *, include_soft: bool) -> Plan:
    """Return the plan in which the injections can be made: a slipping promise is a point of it."""
    apart = {each.id for each in injections if portfolio.find(each.id, Dependency)}
    if not apart and not include_soft:
        return plan_of(portfolio)
    return build_plan(portfolio, apart=apart, include_soft=include_soft)


def inject(
    portfolio: View, plan: Plan, injections: Sequence[Injection]
) -> tuple[tuple[Injected, ...], Mapping[str, int]]:
    """Return what each injection delays, and all delays in minutes by activity.

    Raises CannotSlipError for what is unknown, has no date, or has finished.
    """
    delays: dict[str, int] = {}
    made: list[Injected] = []
    for injection in injections:
        entity = portfolio.find(injection.id)
        if entity is None:
            message = f"nothing has the id {injection.id!r}"
            raise CannotSlipError(message)
        nodes = _delayed(portfolio, plan, entity)
        calendar = project_calendar(portfolio, _project_of(portfolio, entity))
        for node in nodes:
            minutes = _minutes(plan, node, injection.slip, calendar)
            delays[node] = delays.get(node, 0) + minutes
        made.append(Injected(entity.id, entity.kind, injection.slip, nodes))
    return tuple(made), delays


def _project_of(portfolio: View, entity: Entity) -> Project | None:
    if isinstance(entity, Project):
        return entity
    return portfolio.find(entity.owner_id, Project)


def _delayed(portfolio: View, plan: Plan, entity: Entity) -> tuple[str, ...]:
    """Return the activities of the network that a slip of an entity delays."""
    if isinstance(entity, Project):
        nodes = (*_first_unfinished(plan, entity.id), *_promised_by(portfolio, plan, entity.id))
        if not nodes:
            message = f"{entity.id} has no unfinished activity or milestone that could slip"
            raise CannotSlipError(message)
        return nodes
    if not isinstance(entity, Activity | Milestone | Dependency):
        message = f"{entity.id} is a {entity.kind.replace('_', ' ')}, which has no date to slip"
        raise CannotSlipError(message)
    if entity.id not in plan.network.index:
        raise CannotSlipError(_why_absent(entity))
    if plan.network.activities[plan.network.index[entity.id]].is_finished:
        message = f"{entity.id} has finished: it cannot slip any more"
        raise CannotSlipError(message)
    return (entity.id,)


def _why_absent(entity: Activity | Milestone | Dependency) -> str:
    if not isinstance(entity, Dependency):
        return f"{entity.id} belongs to a cancelled project"
    if not is_open(entity):
        return f"{entity.id} is {entity.agreement}: it cannot slip any more"
    if entity.strength == "soft":
        return f"{entity.id} is soft and moves no dates; slip what its giver hands over"
    return f"{entity.id} has no date: state its giver's milestone, a forecast or a committed date"


def _first_unfinished(plan: Plan, project: str) -> tuple[str, ...]:
    """Return what a project has to do or reach that waits for nothing unfinished inside it."""
    network = plan.network
    own = {
        node
        for node, activity in enumerate(network.activities)
        if activity.project == project
        and not activity.is_finished
        and not activity.is_level_of_effort
    }
    waiting = {
        head
        for tail, head in zip(network.tails, network.heads, strict=True)
        if head in own and tail in own
    }
    return tuple(network.activities[node].id for node in sorted(own - waiting))


def _promised_by(portfolio: View, plan: Plan, project: str) -> Iterator[str]:
    """Yield the promises that a project as a whole has given: they slip with it."""
    for each in portfolio.all(Dependency):
        if each.from_.id == project and each.id in plan.network.index:
            yield each.id


def _minutes(plan: Plan, node: str, slip: Duration, calendar: Calendar) -> int:
    """Return a slip in minutes of the axis that an activity is measured on.

    A working day is one of the project's calendar; elapsed and calendar time counts from the
    finish as it stands.
    """
    network = plan.network
    number = network.index[node]
    activity, axis = network.activities[number], network.axis(number)
    finish = plan.schedule.early.finish_instant(network, number)
    if slip.is_working:
        minutes = working_minutes(slip, calendar)
        if not activity.is_elapsed:
            return minutes
        return network.calendars[activity.calendar].add_working_minutes(finish, minutes) - finish
    later = finish + elapsed_minutes(slip, finish_date(finish))
    return axis.position(later) - axis.position(finish)
