"""What Microsoft Project computes dates from beside logic: manual dates, levelling, resources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.calendar import instant
from portfolio.exchange.schedules.effective_calendars import resolve, same_hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.calendar import Calendar
    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.microsoft_project.tasks import Row
    from portfolio.exchange.schedules.schedule import Schedule, Task

_SPLIT = "tasks split or stretched by their resources: in one piece"


def dated(schedule: Schedule, rows: Sequence[Row], account: Account) -> tuple[Task, ...]:
    """Return the tasks on their resources' calendars, and levelled ones where they stand."""
    calendars = resolve(schedule.calendars)
    home = calendars.get(schedule.calendar)
    on_task = _calendars_of_resources(schedule, calendars)
    found = []
    for row in rows:
        task = row.task
        if task.type == "task" and task.duration.unit == "working" and not task.calendar:
            task = _on_calendar_of_resources(
                task, on_task.get(task.key, ()), home, calendars, row, account
            )
        elif task.calendar and not row.fields.flag("IgnoreResourceCalendar"):
            _note_both(task, on_task.get(task.key, ()), calendars, account)
        found.append(_levelled(task, row, account))
        _note_split(task, calendars.get(task.calendar, home), row, account)
    return tuple(found)


def _calendars_of_resources(
    schedule: Schedule, calendars: Mapping[str, Calendar]
) -> dict[str, list[str]]:
    """Return the different calendars of the people on each task."""
    people = {
        each.key: each.calendar or schedule.calendar
        for each in schedule.resources
        if each.type in {"person", "role"}
    }
    found: dict[str, list[str]] = {}
    for assignment in schedule.assignments:
        key = people.get(assignment.resource, "")
        if key in calendars:
            known = found.setdefault(assignment.task, [])
            if not any(same_hours(calendars[key], calendars[other]) for other in known):
                known.append(key)
    return found


def _on_calendar_of_resources(
    task: Task,
    keys: Sequence[str],
    home: Calendar | None,
    calendars: Mapping[str, Calendar],
    row: Row,
    account: Account,
) -> Task:
    """Return a task on its people's calendar: it replaces the project's where they share one."""
    if len(keys) > 1:
        account.note(
            "tasks of people with different hours: on the project's calendar", row.fields.name
        )
    elif keys and home is not None and not same_hours(calendars[keys[0]], home):
        return replace(task, calendar=keys[0])
    return task


def _note_both(
    task: Task, keys: Sequence[str], calendars: Mapping[str, Calendar], account: Account
) -> None:
    """Note a task whose people work at other times than its own calendar says."""
    own = calendars.get(task.calendar)
    if own is not None and any(not same_hours(own, calendars[key]) for key in keys):
        account.note(
            "tasks with hours of their own and of their people: on their own",
            f"{task.key} {task.name}".rstrip(),
        )


def _levelled(task: Task, row: Row, account: Account) -> Task:
    """Return a task that levelling has put off: it starts no earlier than where it stands."""
    if not row.fields.number("LevelingDelay") or task.type == "summary":
        return task
    if task.constraint != "ASAP" or task.start is None or task.actual_start is not None:
        account.note("levelling delays of tasks with a constraint: left out", row.fields.name)
        return task
    account.note("levelling delays: starts no earlier than (SNET)", row.fields.name)
    return replace(task, constraint="SNET", constraint_at=task.start)


def _note_split(task: Task, calendar: Calendar | None, row: Row, account: Account) -> None:
    """Note a task whose dates lie further apart than its duration says."""
    if task.type != "task" or calendar is None or task.start is None or task.finish is None:
        return
    if task.duration.unit == "elapsed":
        return
    between = calendar.working_minutes_between(instant(task.start), instant(task.finish))
    if between > task.duration.amount:
        account.note(_SPLIT, row.fields.name)
