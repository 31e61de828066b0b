"""Rules about dates: they must be possible, and measured against a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from portfolio.diagnostic import Related, Severity
from portfolio.field_description import is_dated
from portfolio.field_path import Day, day_of, end_of, first_day, is_day, parts
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.entity import Entity
from portfolio.model.governance import Baseline
from portfolio.record import Field, Record
from portfolio.references import per_class
from portfolio.rules.phrases import ago
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_live, is_over, project_of

if TYPE_CHECKING:
    from datetime import date

    from portfolio.rules.written import Portfolio
    from portfolio.view.view import View


@rule(Severity.ERROR, written=True)
def tim_inconsistent_dates(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """Two dates contradict each other, or a date contradicts the status date.

    What it does:
        Reports a day before one that must come first (an end before its start, resolved before it
        was raised), something that happened or was recorded after the status date, and a forecast
        of unfinished work that has passed. Finished and cancelled work is left alone, and so is
        what was announced, such as a planned outage. The status date of what happened is never
        before the `as_of` of pmo.yaml: an earlier `--as-of` only looks from before.

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
    # Who looks from a day before the files' own does not call their facts mistakes.
    status_date = max(portfolio.as_of, portfolio.settings.as_of or portfolio.as_of)
    for entity in portfolio.entities.values():
        for record in parts(entity):
            written = record.__dict__
            for stated, is_fact in _judged(type(record)):
                if stated.name not in written:
                    continue
                if stated.not_before:
                    yield from _backwards(stated, record, entity, portfolio)
                if is_fact:
                    yield from _in_the_future(stated, record, entity, status_date)
        for stated in _expected(type(entity)):
            if stated.name in entity.__dict__:
                yield from _passed(stated, entity, portfolio)


@per_class
def _judged(record: type[Record]) -> tuple[tuple[Field, bool], ...]:
    """Return the fields that may not be earlier than others, or are the day of a fact.

    That is a day on which something happened, or the record came into being.
    """
    fields = [(f, _is_fact(f)) for f in record.FIELDS.values()]
    return tuple((f, is_fact) for f, is_fact in fields if f.not_before or is_fact)


def _is_fact(stated: Field) -> bool:
    return stated.time in {"happened", "recorded"} and is_dated(stated)


def _backwards(
    stated: Field, record: Record, entity: Entity, portfolio: Portfolio
) -> Iterator[Problem]:
    day = day_of(stated, record, entity, portfolio.find)
    if day is None:
        return
    for path in stated.not_before:
        bound = end_of(path, record, entity, portfolio.find)
        if bound is not None and is_day(bound.value) and _is_before(day, bound.value):
            yield Problem(
                entity,
                f"{stated.key} is {day}, before {path} {bound.value}",
                stated.key,
                "correct one of the two dates",
                record=record,
                related=(Related(bound.record.where(bound.key), f"{path} is {bound.value}"),),
            )


def _is_before(day: Day, bound: Day) -> bool:
    """Tell whether a day lies before another; by the clock where both have a time of day."""
    if isinstance(day, datetime) and isinstance(bound, datetime) and _has_time(day, bound):
        return day < bound
    return first_day(day) < first_day(bound)


def _has_time(*moments: datetime) -> bool:
    """Tell whether none is the midnight that stands for a day without a time."""
    return all(moment.hour or moment.minute or moment.second for moment in moments)


def _in_the_future(
    stated: Field, record: Record, entity: Entity, status_date: date
) -> Iterator[Problem]:
    day = getattr(record, stated.name)
    if day is not None and first_day(day) > status_date and not _is_announced(record):
        yield Problem(
            entity,
            f"{stated.key} is {day}, after the status date {status_date}",
            stated.key,
            "what has not happened yet is a forecast",
            record=record,
        )


def _is_announced(record: Record) -> bool:
    """Tell whether the days of a record are planned, because it says so."""
    return any(getattr(record, f.name) for f in type(record).FIELDS.values() if f.plans)


def _passed(stated: Field, entity: Entity, portfolio: Portfolio) -> Iterator[Problem]:
    """Yield an expected day that has passed without the fact that it would become."""
    day, fact = getattr(entity, stated.name), entity.FIELDS[stated.becomes]
    is_late = day is not None and day < portfolio.as_of and getattr(entity, fact.name) is None
    if is_late and is_live(portfolio, entity):
        yield Problem(
            entity,
            f"{stated.key} is {day}, {ago(day, portfolio.as_of)}, and {fact.key} is not stated",
            stated.key,
            f"write {fact.key}: if it has happened, else a new {stated.key}:",
        )


@per_class
def _expected(record: type[Record]) -> tuple[Field, ...]:
    return tuple(stated for stated in record.FIELDS.values() if stated.becomes)


@rule(Severity.ERROR)
def tim_baseline_missing(portfolio: View, _: View) -> Iterator[Problem]:
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
