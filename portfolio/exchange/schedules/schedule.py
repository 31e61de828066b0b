"""A schedule as the tools that make schedules have it, whatever file it comes from or goes to.

Readers fill it, writers empty it. Work is minutes, points in time are local and without a zone.
What a reader finds and this form has no place for, it names in `Schedule.left_out`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from portfolio.axis import Shifts
from portfolio.exchange.drafts.account import LeftOut
from portfolio.network.activities import ConstraintType, LinkType

TaskType = Literal["task", "milestone", "summary", "level_of_effort"]
Unit = Literal["working", "elapsed", "percent", "elapsed_percent"]
ResourceType = Literal["person", "role", "material", "cost"]
Week = tuple[Shifts | None, ...]
"""Seven days, Monday first; None is what the base calendar says, an empty day is free."""


@dataclass(frozen=True, slots=True)
class Length:
    """A duration or a lag: minutes, or a percentage of the predecessor's duration."""

    amount: Decimal
    unit: Unit = "working"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time: a week, days with other hours, and what is not stated from the base.

    ``names`` says what a day with other hours is, where the source does.
    """

    key: str
    name: str
    week: Week = (None,) * 7
    exceptions: Mapping[date, Shifts] = field(default_factory=dict)
    base: str = ""
    names: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a schedule.

    ``key`` names it in links and assignments and becomes its id; ``outline`` are the names of the
    summaries above it, outermost first, ``parent`` is the key of the innermost. ``remaining`` is
    work left at the status date. ``start`` and ``finish`` are what the source had computed:
    nothing is scheduled from them, unless ``is_manual``: then logic may only move it later.
    An external task is the shadow of one in another schedule. ``at_day_start`` tells of a
    milestone that its dates mean the start of the day, not its end.
    """

    key: str
    name: str
    type: TaskType = "task"
    duration: Length = Length(Decimal(0))
    wbs: str = ""
    parent: str = ""
    outline: tuple[str, ...] = ()
    start: datetime | None = None
    finish: datetime | None = None
    constraint: ConstraintType = "ASAP"
    constraint_at: datetime | None = None
    deadline: datetime | None = None
    percent_complete: Decimal | None = None
    remaining: Length | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    baseline_duration: Length | None = None
    calendar: str = ""
    priority: int | None = None
    notes: str = ""
    is_manual: bool = False
    is_external: bool = False
    at_day_start: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Which end of one task waits for which end of another, and how long after it.

    ``predecessor_project`` is the key of the other schedule where the predecessor is not in this
    one.
    """

    predecessor: str
    successor: str
    type: LinkType = "FS"
    lag: Length = Length(Decimal(0))
    predecessor_project: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody, a role, or something that tasks use."""

    key: str
    name: str
    type: ResourceType = "person"
    calendar: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A resource on a task: units are shares of full time, work is minutes."""

    task: str
    resource: str
    units: Decimal | None = None
    work: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """One project's schedule; ``minutes_per_day`` is what the source calls a day."""

    key: str
    name: str
    start: datetime | None = None
    finish: datetime | None = None
    status_date: datetime | None = None
    calendar: str = ""
    manager: str = ""
    company: str = ""
    currency: str = ""
    minutes_per_day: int = 480
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    resources: tuple[Resource, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
