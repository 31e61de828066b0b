"""Rules about dates: they must be possible, complete, and measured against a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.commercial.contracts import Contract, Invoice
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.model.entity import Entity
from portfolio.model.finance import Funding
from portfolio.model.governance import Action, Baseline, Decision, Gate
from portfolio.model.operations.services import FreezeWindow
from portfolio.model.resources import Assignment, Person
from portfolio.model.risk import Risk
from portfolio.rules.phrases import ago, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_live, is_over, project_of

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.portfolio import Portfolio

_SPANS: tuple[tuple[type[Entity], str, str], ...] = (
    (Project, "start", "baseline_finish"),
    (Project, "start", "forecast_finish"),
    (Project, "start", "actual_finish"),
    (Activity, "baseline_start", "baseline_finish"),
    (Activity, "actual_start", "actual_finish"),
    (Contract, "start", "end"),
    (Assignment, "from", "to"),
    (FreezeWindow, "from", "to"),
    (Risk, "expected_from", "expected_to"),
    (Funding, "available_from", "available_to"),
    (Person, "start_date", "end_date"),
)
"""Pairs of keys whose second day is not before the first."""

_FACTS: tuple[tuple[type[Entity], tuple[str, ...]], ...] = (
    (Project, ("actual_finish",)),
    (Milestone, ("actual",)),
    (Activity, ("actual_start", "actual_finish")),
    (Dependency, ("delivered",)),
    (Gate, ("actual",)),
    (Decision, ("decided_on",)),
    (Action, ("done_on",)),
    (Invoice, ("paid_on",)),
)
"""Keys of days on which something has happened."""

_EXPECTED: tuple[tuple[type[Entity], str, str], ...] = (
    (Project, "forecast_finish", "actual_finish"),
    (Milestone, "forecast", "actual"),
    (Dependency, "forecast", "delivered"),
)
"""A forecast, and the fact that ends it."""

_WORDS_FOR_DONE: tuple[tuple[type[Entity], str, str, str], ...] = (
    (Project, "status", "closed", "actual_finish"),
    (Action, "status", "done", "done_on"),
    (Decision, "status", "decided", "decided_on"),
    (Dependency, "agreement", "delivered", "delivered"),
)
"""A key, its value that means done, and the day that belongs to it."""


@rule(Severity.ERROR)
def tim_inconsistent_dates(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """Two dates contradict each other, or a date contradicts the status date.

    What it does:
        Reports an end before its start, something that happened after the status date, and a
        forecast of unfinished work that has passed. Finished and cancelled work is left alone.

    Why it matters:
        A plan whose forecast lies in the past looks fine and says nothing. It is one of the checks
        of a healthy schedule (DCMA 9).

    Example:
        milestone:
          {id: signed-off, project: atlas, name: Signed off, baseline: 2026-03-13,
           forecast: 2026-03-20, owner: ben-okafor}

    Use instead:
        milestone:
          {id: signed-off, project: atlas, name: Signed off, baseline: 2026-03-13,
           actual: 2026-03-20, owner: ben-okafor}
    """
    for kind, first, last in _SPANS:
        for entity in portfolio.all(kind):
            yield from _backwards(entity, first, last)
    for kind, keys in _FACTS:
        for entity in portfolio.all(kind):
            for key in keys:
                yield from _in_the_future(entity, key, portfolio.as_of)
    for kind, key, fact in _EXPECTED:
        for entity in portfolio.all(kind):
            if is_live(portfolio, entity) and _day(entity, fact) is None:
                yield from _passed(entity, key, fact, portfolio.as_of)


def _day(entity: Entity, key: str) -> date | None:
    found: date | None = getattr(entity, entity.FIELDS[key].name)
    return found


def _backwards(entity: Entity, first: str, last: str) -> Iterator[Problem]:
    start, end = _day(entity, first), _day(entity, last)
    if start is not None and end is not None and end < start:
        yield Problem(
            entity,
            f"{last} is {end}, before {first} {start}",
            last,
            "correct one of the two dates",
            related=(see(entity, f"{first} is {start}", first),),
        )


def _in_the_future(entity: Entity, key: str, as_of: date) -> Iterator[Problem]:
    day = _day(entity, key)
    if day is not None and day > as_of:
        yield Problem(
            entity,
            f"{key} is {day}, after the status date {as_of}",
            key,
            "what has not happened yet is a forecast",
        )


def _passed(entity: Entity, key: str, fact: str, as_of: date) -> Iterator[Problem]:
    day = _day(entity, key)
    if day is not None and day < as_of:
        yield Problem(
            entity,
            f"{key} is {day}, {ago(day, as_of)}, and {fact} is not stated",
            key,
            f"write {fact}: if it has happened, else a new {key}:",
        )


@rule(Severity.ERROR)
def tim_complete_no_actual(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """Something is called done without the day, or has the day without being done.

    What it does:
        Reports an activity at 100 % without `actual_finish`, one with `actual_finish` below 100 %,
        a closed project without `actual_finish`, and actions, decisions and dependencies that are
        done, decided or delivered without the day on which they were.

    Why it matters:
        Progress that is not tied to a fact cannot be trusted, and every measure of punctuality
        needs the day.

    Example:
        activity: {id: review, project: atlas, duration: 5d, pct_complete: 100,
          actual_start: 2026-03-02}

    Use instead:
        activity: {id: review, project: atlas, duration: 5d, pct_complete: 100,
          actual_start: 2026-03-02, actual_finish: 2026-03-06}
    """
    for activity in portfolio.all(Activity):
        yield from _progress(activity)
    for action in portfolio.all(Action):
        if action.status == "open" and action.done_on is not None:
            message = f"done_on is {action.done_on}, but the status is open"
            yield Problem(action, message, "done_on", "write status: done")
    for kind, key, word, fact in _WORDS_FOR_DONE:
        for entity in portfolio.all(kind):
            if getattr(entity, key) == word and _day(entity, fact) is None:
                message = f"{key} is {word}, but there is no {fact}"
                yield Problem(entity, message, key, f"add {fact}:")


def _progress(activity: Activity) -> Iterator[Problem]:
    share, finish = activity.pct_complete, activity.actual_finish
    complete = 100
    if share is not None and share < complete and finish is not None:
        yield Problem(
            activity,
            f"pct_complete is {share:f}, but actual_finish is {finish}",
            "pct_complete",
            "write 100, or take the actual finish out",
            related=(see(activity, f"finished on {finish}", "actual_finish"),),
        )
    elif share == complete and finish is None:
        yield Problem(
            activity,
            "pct_complete is 100, but there is no actual_finish",
            "pct_complete",
            "write the day on which it was finished, or what is left of it",
        )


@rule(Severity.ERROR)
def tim_baseline_missing(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A delivering project or one of its key milestones has no baseline date.

    What it does:
        Reports a project with `status: delivering` without `baseline_finish` and without a
        baseline that states a finish, and a milestone with `key: true` without `baseline`, unless
        its project is not yet delivering or is over.

    Why it matters:
        Without an approved date there is no lateness, no tolerance and no exception.

    Example:
        milestone: {id: opening, project: atlas, name: Opening, key: true, owner: ben-okafor,
          forecast: 2026-05-15}

    Use instead:
        milestone: {id: opening, project: atlas, name: Opening, key: true, owner: ben-okafor,
          baseline: 2026-05-15, forecast: 2026-05-15}
    """
    for project in portfolio.all(Project):
        if project.status != "delivering" or project.baseline_finish is not None:
            continue
        if not any(b.finish for b in portfolio.related(project, Baseline, "project")):
            yield Problem(
                project,
                f"{project.label!r} is delivering without a baseline finish",
                "status",
                "add baseline_finish: the last day that was approved",
            )
    for milestone in portfolio.all(Milestone):
        if not milestone.key or milestone.baseline is not None:
            continue
        project_found = project_of(portfolio, milestone)
        if is_over(project_found) or project_found is None:
            continue
        if project_found.status == "delivering":
            yield Problem(
                milestone,
                f"the key milestone {milestone.label!r} has no baseline",
                "key",
                "add baseline: the day that was approved",
            )
