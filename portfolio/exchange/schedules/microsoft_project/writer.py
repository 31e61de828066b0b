"""A neutral schedule to Microsoft Project's XML (MSPDI), the same bytes for the same schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from portfolio.exchange.schedules.microsoft_project.reader import NAMESPACE

if TYPE_CHECKING:
    from datetime import date, datetime

    from portfolio.axis import Shifts
    from portfolio.exchange.schedules.schedule import (
        Assignment,
        Calendar,
        Length,
        Link,
        Resource,
        Schedule,
        Task,
    )

_CONSTRAINTS = {
    "ASAP": 0, "ALAP": 1, "MSO": 2, "MFO": 3, "SNET": 4, "SNLT": 5, "FNET": 6, "FNLT": 7,
}  # fmt: skip
_LINKS = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
_RESOURCES = {"material": 0, "person": 1, "role": 1, "cost": 2}
_FORMATS = {"working": 7, "elapsed": 8, "percent": 19, "elapsed_percent": 20}
_TENTHS = 10
_FORBIDDEN = {number: None for number in range(32) if number not in {9, 10, 13}}

Tree = tuple[str, "str | int | list[Tree]"]


def write_mspdi(schedule: Schedule, mark: str) -> str:
    """Return the text of a file; ``mark`` stands in it as a comment."""
    numbers = {task.key: number for number, task in enumerate(schedule.tasks, 1)}
    calendars = {each.key: number for number, each in enumerate(schedule.calendars, 1)}
    people = {each.key: number for number, each in enumerate(schedule.resources, 1)}
    day = _default_day(schedule)
    project: list[Tree] = [
        ("SaveVersion", 14),
        ("Name", schedule.key),
        ("Title", schedule.name),
        ("ScheduleFromStart", 1),
        *_stated(("StartDate", _moment(schedule.start)), ("FinishDate", _moment(schedule.finish))),
        *_stated(("CurrencyCode", schedule.currency)),
        ("CalendarUID", calendars.get(schedule.calendar, 1)),
        ("DefaultStartTime", _clock(day[0])),
        ("DefaultFinishTime", _clock(day[1])),
        ("MinutesPerDay", schedule.minutes_per_day),
        ("MinutesPerWeek", schedule.minutes_per_day * 5),
        ("DaysPerMonth", 20),
        *_stated(("StatusDate", _moment(schedule.status_date))),
        ("NewTasksAreManual", 0),
        ("Calendars", [_calendar(each, calendars) for each in schedule.calendars]),
        ("Tasks", list(_tasks(schedule, numbers, calendars))),
        ("Resources", [_resource(each, people, calendars) for each in schedule.resources]),
        ("Assignments", list(_assignments(schedule.assignments, numbers, people))),
    ]
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', f"<!-- {mark} -->"]
    lines += _lines(("Project", project), "", f' xmlns="{NAMESPACE}"')
    return "\n".join([*lines, ""])


def _lines(tree: Tree, indent: str, attributes: str = "") -> Iterator[str]:
    name, content = tree
    if isinstance(content, list):
        yield f"{indent}<{name}{attributes}>"
        for child in content:
            yield from _lines(child, f"{indent}  ")
        yield f"{indent}</{name}>"
    else:
        text = escape(str(content).translate(_FORBIDDEN))
        yield f"{indent}<{name}>{text}</{name}>"


def _stated(*pairs: tuple[str, str]) -> list[Tree]:
    return [(name, text) for name, text in pairs if text]


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at is not None else ""


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}:00"


def _length(length: Length) -> str:
    minutes = int(length.amount)
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _default_day(schedule: Schedule) -> tuple[int, int]:
    for calendar in schedule.calendars:
        if calendar.key == schedule.calendar:
            shifts = next((each for each in calendar.week if each), None)
            if shifts:
                return shifts[0][0], shifts[-1][1]
    return 480, 1020


def _calendar(calendar: Calendar, numbers: Mapping[str, int]) -> Tree:
    # Their week begins with Sunday as 1.
    weekdays: list[Tree] = [
        ("WeekDay", [("DayType", number), *_working(shifts)])
        for number, shifts in enumerate((*calendar.week[6:], *calendar.week[:6]), 1)
        if shifts is not None
    ]
    exceptions: list[Tree] = [
        ("Exception", _exception(day, shifts, calendar.names.get(day, "")))
        for day, shifts in sorted(calendar.exceptions.items())
    ]
    base = numbers.get(calendar.base)
    return (
        "Calendar",
        [
            ("UID", numbers[calendar.key]),
            ("Name", calendar.name),
            ("IsBaseCalendar", 0 if base else 1),
            ("BaseCalendarUID", base or -1),
            ("WeekDays", weekdays),
            *([("Exceptions", exceptions)] if exceptions else []),
        ],
    )


def _working(shifts: Shifts) -> list[Tree]:
    if not shifts:
        return [("DayWorking", 0)]
    times: list[Tree] = [
        ("WorkingTime", [("FromTime", _clock(begin)), ("ToTime", _clock(end))])
        for begin, end in shifts
    ]
    return [("DayWorking", 1), ("WorkingTimes", times)]


def _exception(day: date, shifts: Shifts, name: str) -> list[Tree]:
    return [
        ("EnteredByOccurrences", 0),
        (
            "TimePeriod",
            [
                ("FromDate", f"{day.isoformat()}T00:00:00"),
                ("ToDate", f"{day.isoformat()}T23:59:00"),
            ],
        ),
        ("Occurrences", 1),
        *_stated(("Name", name)),
        ("Type", 1),
        *_working(shifts),
    ]


def _tasks(
    schedule: Schedule, numbers: Mapping[str, int], calendars: Mapping[str, int]
) -> Iterator[Tree]:
    waits: dict[str, list[Link]] = {}
    for link in schedule.links:
        if link.predecessor in numbers:
            waits.setdefault(link.successor, []).append(link)
    counters = [0]
    for task in schedule.tasks:
        level = len(task.outline) + 1
        counters = [*counters[:level], *([0] * (level - len(counters)))]
        counters[level - 1] += 1
        outline = ".".join(map(str, counters))
        links = waits.get(task.key, ())
        yield "Task", _task(task, numbers, calendars, outline, links)


def _task(
    task: Task,
    numbers: Mapping[str, int],
    calendars: Mapping[str, int],
    outline: str,
    links: Iterable[Link],
) -> list[Tree]:
    number, percent = numbers[task.key], task.percent_complete
    done = task.duration.amount - (task.remaining.amount if task.remaining else Decimal(0))
    is_open = task.actual_finish is None
    return [
        ("UID", number),
        ("ID", number),
        ("Name", task.name),
        ("Active", 1),
        ("Manual", 0),
        ("Type", 1),
        ("IsNull", 0),
        ("WBS", task.wbs),
        ("OutlineNumber", outline),
        ("OutlineLevel", outline.count(".") + 1),
        *_stated(("Start", _moment(task.start)), ("Finish", _moment(task.finish))),
        ("Duration", _length(task.duration)),
        ("DurationFormat", _FORMATS[task.duration.unit]),
        ("Estimated", 0),
        ("Milestone", int(task.type == "milestone")),
        ("Summary", int(task.type == "summary")),
        *([("PercentComplete", int(percent))] if percent is not None else []),
        *_stated(
            ("ActualStart", _moment(task.actual_start)),
            ("ActualFinish", _moment(task.actual_finish)),
        ),
        *(_done(task, done if is_open else task.duration.amount) if task.actual_start else []),
        ("ConstraintType", _CONSTRAINTS[task.constraint]),
        ("CalendarUID", calendars.get(task.calendar, -1)),
        *_stated(
            ("ConstraintDate", _moment(task.constraint_at)), ("Deadline", _moment(task.deadline))
        ),
        ("IgnoreResourceCalendar", 1),
        *_stated(("Notes", task.notes)),
        *(("PredecessorLink", _link(link, numbers)) for link in links),
        *_baseline(task),
    ]


def _done(task: Task, minutes: Decimal) -> list[Tree]:
    left = max(task.duration.amount - minutes, Decimal(0))
    return [
        ("ActualDuration", _length(replace(task.duration, amount=minutes))),
        ("RemainingDuration", _length(replace(task.duration, amount=left))),
    ]


def _link(link: Link, numbers: Mapping[str, int]) -> list[Tree]:
    is_share = link.lag.unit in {"percent", "elapsed_percent"}
    lag = int(link.lag.amount) if is_share else int(link.lag.amount * _TENTHS)
    return [
        ("PredecessorUID", numbers[link.predecessor]),
        ("Type", _LINKS[link.type]),
        ("CrossProject", 0),
        ("LinkLag", lag),
        ("LagFormat", _FORMATS[link.lag.unit]),
    ]


def _baseline(task: Task) -> list[Tree]:
    if task.baseline_start is None and task.baseline_finish is None:
        return []
    content: list[Tree] = [
        ("Number", 0),
        *_stated(
            ("Start", _moment(task.baseline_start)), ("Finish", _moment(task.baseline_finish))
        ),
    ]
    if task.baseline_duration is not None:
        content += [("Duration", _length(task.baseline_duration)), ("DurationFormat", 7)]
    return [("Baseline", content)]


def _resource(resource: Resource, numbers: Mapping[str, int], calendars: Mapping[str, int]) -> Tree:
    return (
        "Resource",
        [
            ("UID", numbers[resource.key]),
            ("ID", numbers[resource.key]),
            ("Name", resource.name),
            ("Type", _RESOURCES[resource.type]),
            ("IsNull", 0),
            *_stated(("EmailAddress", resource.email)),
            ("MaxUnits", "1.00"),
            ("CalendarUID", calendars.get(resource.calendar, -1)),
            *([("IsGeneric", 1)] if resource.type == "role" else []),
        ],
    )


def _assignments(
    assignments: Iterable[Assignment], tasks: Mapping[str, int], people: Mapping[str, int]
) -> Iterator[Tree]:
    for number, each in enumerate(assignments, 1):
        yield (
            "Assignment",
            [
                ("UID", number),
                ("TaskUID", tasks[each.task]),
                ("ResourceUID", people[each.resource]),
                ("Units", f"{each.units if each.units is not None else 1}"),
            ],
        )
