"""Schedules to the files of a portfolio."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio.exchange.arranging import arrange, settings_text
from portfolio.exchange.register import Draft
from portfolio.exchange.schedules.account import Account
from portfolio.exchange.schedules.activity_table import activity_table
from portfolio.exchange.schedules.crew import NOT_STATED, Crew, assigned
from portfolio.exchange.schedules.drafting import Drafting
from portfolio.exchange.schedules.hours import hours_of
from portfolio.exchange.schedules.linking import Outline, held_tasks, plain_links
from portfolio.exchange.schedules.resolving import started_on
from portfolio.exchange.schedules.telling import account_of
from portfolio.exchange.writing import yaml_text
from portfolio.model.delivery import Activity, Milestone, Project
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portfolio.exchange.mapping_file import Tree
    from portfolio.exchange.schedules.hours import Hours
    from portfolio.exchange.schedules.model import LeftOut, Link, Schedule, Task
    from portfolio.settings import Settings

SETTINGS_NAME = "pmo.yaml"
NO_CURRENCY = "XXX"
"""What ISO 4217 writes where no currency is involved."""
ELSEWHERE = "links to other project files: left out, unless imported together"
_LONGEST_PROJECT, _LONGEST_ID = 30, 60


@dataclass(frozen=True, slots=True)
class Target:
    """Where schedules go, and what is there already.

    ``comment`` is the first line of each file. ``project`` is the id to use instead of one made of
    the schedule's name, ``sponsor`` that of a person. ``settings`` are the portfolio's own, None
    where `pmo.yaml` is still to be written; ``pmo`` are its words where an import may change them.
    ``people`` are the ids of the people there by name in lower case, ``places`` the paths of the
    files of all ids.
    """

    comment: str
    project: str = ""
    sponsor: str = ""
    currency: str = ""
    as_of: date | None = None
    settings: Settings | None = None
    pmo: Mapping[str, Tree] | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """The text of each file by its path, the lines that tell what was read, what was left out.

    ``projects`` are the ids of the projects, ``snippet`` is what the user has to put into a
    `pmo.yaml` of their own.
    """

    files: dict[str, str]
    projects: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A schedule with the id of its project and the hours that it is worked on."""

    schedule: Schedule
    project: str
    hours: Hours
    ids: Mapping[str, str]


def write_schedules(schedules: Sequence[Schedule], target: Target) -> Written:
    """Return the schedules as files of a portfolio, and the account of it.

    Each schedule becomes a project with its activities and milestones; their ids are the numbers
    of the source. People are made once, and not where the portfolio knows them.
    """
    account = Account()
    for schedule in schedules:
        account.add(schedule.left_out)
    places = _places(schedules, target)
    name = places[0].project if places else "schedule"
    own = {f"projects/{place.project}.yaml" for place in places} | {f"people/{name}.yaml"}
    crew = Crew(
        {n: id_ for n, id_ in target.people.items() if target.places.get(id_, "") not in own},
        frozenset(id_ for id_, path in target.places.items() if path not in own)
        | {place.project for place in places},
    )
    drafts: list[Draft] = []
    tables: dict[str, str] = {}
    for place in places:
        made = list(_drafts(place, places, crew, target, account))
        activities = [draft for draft in made if draft.kind is Activity]
        table = activity_table(activities)
        if table is not None:
            tables[f"projects/activities.{place.project}.csv"] = table
        drafts += made if table is None else [d for d in made if d.kind is not Activity]
    files = arrange(
        [*crew.made.values(), *drafts], {"person": f"people/{name}.yaml"}, target.comment
    )
    settings, snippet = _settings(places, target)
    read = account_of([(place.schedule, place.project) for place in places], crew.made)
    projects = tuple(place.project for place in places)
    return Written({**settings, **files, **tables}, projects, read, account.left_out(), snippet)


def _places(schedules: Sequence[Schedule], target: Target) -> list[_Place]:
    places: list[_Place] = []
    for schedule in schedules:
        made = slug(schedule.name, _LONGEST_PROJECT) or "project"
        if target.project:
            made = target.project if len(schedules) == 1 else f"{target.project}-{made}"
        taken = {place.project for place in places}
        project = next(
            each for each in (made, *(f"{made}-{n}" for n in range(2, 9999))) if each not in taken
        )
        hours = hours_of(schedule, target.settings, project)
        places.append(_Place(schedule, project, hours, _ids(schedule.tasks)))
    return places


def _ids(tasks: Iterable[Task]) -> dict[str, str]:
    """Return the ids of tasks by key: the keys as slugs, numbered where two would be the same."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for task in tasks:
        made = slug(task.key, _LONGEST_ID) or "task"
        number, free = 1, made
        while free in taken:
            number += 1
            free = f"{made}-{number}"
        taken.add(free)
        ids[task.key] = free
    return ids


def _drafts(
    place: _Place, places: Sequence[_Place], crew: Crew, target: Target, account: Account
) -> Iterable[Draft]:
    schedule, hours = place.schedule, place.hours
    project = Draft(Project, place.project, values=_project(place, crew, target, account))
    yield project
    resources = assigned(schedule, crew, hours, account)
    drafting = Drafting(hours, _links(place, places, account), resources, account)
    for task in held_tasks(Outline(schedule), account):
        if task.type != "summary":
            kind = Milestone if task.type == "milestone" else Activity
            yield Draft(kind, place.ids[task.key], project, drafting.values(task))


def _links(place: _Place, places: Sequence[_Place], account: Account) -> dict[str, list[Link]]:
    """Return the links into each task, with the ids of the predecessors for their keys."""
    others = {other.schedule.key: other for other in places}
    found: dict[str, list[Link]] = {}
    for link in plain_links(Outline(place.schedule), account):
        other = others.get(link.predecessor_project) if link.predecessor_project else place
        id_ = other.ids.get(link.predecessor) if other else None
        if other is None or id_ is None:
            before = f"{link.predecessor_project} {link.predecessor}".strip()
            account.note(ELSEWHERE, f"{before} {link.type} {link.successor}")
            continue
        full = id_ if other is place else f"{other.project}.{id_}"
        found.setdefault(link.successor, []).append(replace(link, predecessor=full))
    return found


def _project(place: _Place, crew: Crew, target: Target, account: Account) -> dict[str, Tree]:
    schedule = place.schedule
    values: dict[str, Tree] = {
        "name": schedule.name,
        "sponsor": target.sponsor or crew.person(NOT_STATED),
        "calendar": place.hours.home_name,
    }
    if schedule.manager:
        values["project_manager"] = crew.person(schedule.manager)
    if schedule.start is not None:
        day, exact = started_on(schedule.start, place.hours.home)
        values["start"] = str(day)
        if not exact:
            account.note("the project's start within a day: at its beginning", schedule.name)
    finishes = [task.baseline_finish for task in schedule.tasks if task.baseline_finish]
    if finishes:
        values["baseline_finish"] = str(max(finishes).date())
    return values


def _settings(places: Sequence[_Place], target: Target) -> tuple[dict[str, str], str]:
    """Return `pmo.yaml` where it may be written, else the words to add to it."""
    added: dict[str, Tree] = {}
    for place in places:
        added |= place.hours.added
    if target.settings is not None and target.pmo is None:
        return {}, yaml_text({"calendars": added}) if added else ""
    first = places[0] if places else None
    as_of = target.as_of or (_judged_on(first.schedule) if first else None)
    if target.pmo is not None:
        known = target.pmo.get("calendars")
        calendars: Tree = {**(known if isinstance(known, dict) else {}), **added}
        tree: dict[str, Tree] = {**target.pmo, "calendars": calendars}
        return {SETTINGS_NAME: settings_text(tree, "", target.comment)}, ""
    schedule = first.schedule if first else None
    organisation: dict[str, Tree] = {
        "name": (schedule and (schedule.company or schedule.name)) or "Portfolio",
        "currency": target.currency or (schedule and schedule.currency) or NO_CURRENCY,
    }
    if first is not None:
        organisation["calendar"] = first.hours.home_name
    tree = {"organisation": organisation, "calendars": added}
    return {SETTINGS_NAME: settings_text(tree, str(as_of or ""), target.comment)}, ""


def _judged_on(schedule: Schedule) -> date | None:
    """Return the day that a schedule speaks of: its status date, else its first day."""
    stated = schedule.status_date or schedule.start
    return stated.date() if stated else None
