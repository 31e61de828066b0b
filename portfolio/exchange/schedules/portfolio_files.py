"""Schedules to the files of a portfolio."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.account import Account
from portfolio.exchange.drafts.arrangement import arrange, settings_text
from portfolio.exchange.drafts.draft import Draft, Standing
from portfolio.exchange.drafts.output_folder import ACTIVITIES, TABLE
from portfolio.exchange.drafts.yaml_text import yaml_text
from portfolio.exchange.schedules.activities import Drafting
from portfolio.exchange.schedules.activity_table import activity_table
from portfolio.exchange.schedules.calendars import hours_of
from portfolio.exchange.schedules.effective_calendars import started_on
from portfolio.exchange.schedules.import_summary import account_of
from portfolio.exchange.schedules.links import Outline, held_tasks, plain_links
from portfolio.exchange.schedules.people import NOT_STATED, Crew, assigned
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portfolio.exchange.drafts.account import LeftOut
    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.schedules.calendars import Hours
    from portfolio.exchange.schedules.schedule import Link, Schedule, Task
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
    ``standing`` is what stays as it is, ``tables`` are where long plans may go by their project;
    None is anywhere.
    """

    comment: str
    project: str = ""
    sponsor: str = ""
    currency: str = ""
    as_of: date | None = None
    settings: Settings | None = None
    pmo: Mapping[str, Tree] | None = None
    standing: Standing = field(default_factory=Standing)
    tables: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The text of each file by its path, the lines that tell what was read, what was left out.

    ``projects`` are the ids of the projects, ``there`` what would have been made again, ``snippet``
    is what the user has to put into a `pmo.yaml` of their own.
    """

    files: dict[str, str]
    projects: tuple[str, ...] = ()
    there: tuple[Draft, ...] = ()
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
    projects = project_ids(schedules, target.project)
    crew = _crew(projects, target.standing)
    drafts: list[Draft] = []
    there: list[Draft] = []
    tables: dict[str, str] = {}
    for place in places:
        made, known = target.standing.beside(_drafts(place, places, crew, target, account))
        there += known
        table = _table(place.project, made, target)
        tables |= table
        drafts += [draft for draft in made if draft.kind is not Activity] if table else made
    beside = dict.fromkeys(("activity", "milestone"), project_path("{project}"))
    patterns = beside | {"person": people_path(projects)}
    files = arrange([*crew.made.values(), *drafts], patterns, target.comment)
    settings, snippet = _settings(places, target)
    read = account_of([(place.schedule, place.project) for place in places], crew.made)
    for path, text in files.items():
        if table_beside(path) in tables:
            files[path] = text.replace("\n", f"\n# {TABLE}\n", 1)
    written = {**settings, **files, **tables}
    return Written(written, projects, tuple(there), read, account.left_out(), snippet)


def project_ids(schedules: Sequence[Schedule], wanted: str = "") -> tuple[str, ...]:
    """Return the ids of the projects that schedules become: as wanted, else made of their names."""
    ids: list[str] = []
    for schedule in schedules:
        made = slug(schedule.name, _LONGEST_PROJECT) or "project"
        if wanted:
            made = wanted if len(schedules) == 1 else f"{wanted}-{made}"
        numbered = (made, *(f"{made}-{n}" for n in range(2, len(ids) + 3)))
        ids.append(next(each for each in numbered if each not in ids))
    return tuple(ids)


def own_paths(projects: Sequence[str]) -> list[str]:
    """Return the files that schedules with these projects go into, but for their tables."""
    return [*map(project_path, projects), people_path(projects)]


def project_path(project: str) -> str:
    """Return the file of a project."""
    return f"projects/{project}.yaml"


def table_beside(path: str) -> str:
    """Return the table of the activities of a project that stands in a file."""
    return re.sub(r"([^/]+)\.yaml$", rf"{ACTIVITIES}\1.csv", path)


def people_path(projects: Sequence[str]) -> str:
    """Return the file of the people whom schedules name."""
    return f"people/{projects[0] if projects else 'schedule'}.yaml"


def _table(project: str, made: Sequence[Draft], target: Target) -> dict[str, str]:
    """Return the table of many activities by its path, where their project is written too."""
    path = table_beside(project_path(project))
    is_free = target.tables is None or project in target.tables
    if not made or made[0].kind is not Project or not is_free:
        return {}
    table = activity_table([draft for draft in made if draft.kind is Activity])
    return {} if table is None else {path: table}


def _crew(projects: Sequence[str], standing: Standing) -> Crew:
    """Start with the people there by name, and with every id that is taken."""
    people = {name: each[0].id for (kind, name), each in standing.names.items() if kind == "person"}
    return Crew(people, frozenset((*standing.drafts, *projects)))


def _places(schedules: Sequence[Schedule], target: Target) -> list[_Place]:
    return [
        _Place(schedule, id_, hours_of(schedule, target.settings, id_), _ids(schedule.tasks))
        for schedule, id_ in zip(schedules, project_ids(schedules, target.project), strict=True)
    ]


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
    if target.pmo is not None:
        known = target.pmo.get("calendars")
        calendars: Tree = {**(known if isinstance(known, dict) else {}), **added}
        tree: dict[str, Tree] = {**target.pmo, "calendars": calendars}
        return {SETTINGS_NAME: settings_text(tree, "", target.comment)}, ""
    schedule = first.schedule if first else None
    judged = schedule and (schedule.status_date or schedule.start)
    as_of = target.as_of or (judged.date() if judged else "")
    organisation: dict[str, Tree] = {
        "name": (schedule and (schedule.company or schedule.name)) or "Portfolio",
        "currency": target.currency or (schedule and schedule.currency) or NO_CURRENCY,
    }
    if first is not None:
        organisation["calendar"] = first.hours.home_name
    tree = {"organisation": organisation, "calendars": added}
    return {SETTINGS_NAME: settings_text(tree, str(as_of), target.comment)}, ""
