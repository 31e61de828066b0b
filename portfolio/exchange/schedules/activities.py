"""The tasks of a schedule as activities and milestones, in the words of a portfolio's files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.calendar import instant
from portfolio.exchange.schedules.effective_calendars import finished_on, started_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from portfolio.calendar import Calendar
    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.schedules.calendars import Hours
    from portfolio.exchange.schedules.schedule import Length, Link, Task

_AT_START = {"SNET", "SNLT", "MSO"}
_NO_DATE = {"ASAP", "ALAP"}
_DAY, _HOUR, _HALF_HOUR = Decimal(1440), Decimal(60), Decimal(30)
_WHOLE = Decimal(100)
MANUAL = "manually scheduled tasks: start no earlier than their date (SNET)"
TIMES = "times of day of given dates: the day counts from its start, or to its end"


def duration_text(length: Length, minutes_per_day: int) -> str:
    """Write a length in the largest unit that needs no more than a half.

    >>> from portfolio.exchange.schedules.schedule import Length
    >>> [duration_text(Length(Decimal(m)), 480) for m in (4800, 720, 90, 7)]
    ['10d', '1.5d', '1.5h', '7min']
    >>> [duration_text(Length(Decimal(m), "elapsed"), 480) for m in (2880, 90)]
    ['2ed', '1.5eh']
    """
    minutes = length.amount
    if length.unit == "elapsed":
        days = minutes / _DAY
        whole = days == days.to_integral_value()
        return _amount(days, "ed") if whole else _amount(round(minutes / _HOUR, 4), "eh")
    if minutes % (Decimal(minutes_per_day) / 2) == 0:
        return _amount(minutes / minutes_per_day, "d")
    if minutes % _HALF_HOUR == 0:
        return _amount(minutes / _HOUR, "h")
    return _amount(round(minutes, 0), "min")


def _amount(number: Decimal, unit: str) -> str:
    return f"{number.normalize():f}{unit}"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the tasks of one schedule share.

    ``links`` are those into each task, by its key; their predecessors are ids already.
    """

    hours: Hours
    links: Mapping[str, Sequence[Link]]
    resources: Mapping[str, list[Tree]]
    account: Account

    def values(self, task: Task) -> dict[str, Tree]:
        """Return the fields of a task as a portfolio's files write them."""
        calendar = self.hours.of(task.calendar)
        values = self._milestone(task) if task.type == "milestone" else self._activity(task)
        texts: dict[str, Tree] = {"name": task.name, "wbs": task.wbs, "outline": [*task.outline]}
        values = texts | values | {"predecessors": self._predecessors(task)}
        values |= self._constraint(task, calendar)
        if task.deadline is not None:
            values["deadline"] = self._finished(task, task.deadline, calendar)
        return {key: value for key, value in values.items() if value}

    def _activity(self, task: Task) -> dict[str, Tree]:
        calendar = self.hours.of(task.calendar)
        values: dict[str, Tree] = {"duration": self._length(task.duration)}
        if task.baseline_start is not None:
            values["baseline_start"] = str(task.baseline_start.date())
        if task.baseline_finish is not None:
            values["baseline_finish"] = str(task.baseline_finish.date())
        if task.percent_complete:
            values["pct_complete"] = f"{task.percent_complete.normalize():f}"
        if task.actual_start is not None:
            values["actual_start"] = self._started(task, task.actual_start, calendar)
        if task.actual_finish is not None:
            values["actual_finish"] = self._finished(task, task.actual_finish, calendar)
        elif task.remaining is not None and task.remaining != self._left(task):
            values["remaining"] = self._length(task.remaining)
        if task.type == "level_of_effort":
            values["loe"] = "true"
        values["calendar"] = self.hours.name_of(task.calendar)
        values["resources"] = self.resources.get(task.key, [])
        return values

    def _milestone(self, task: Task) -> dict[str, Tree]:
        values: dict[str, Tree] = {"name": task.name or f"Milestone {task.key}"}
        if task.is_external:
            values["type"] = "external"
        if self._anchor(task) is not None and self._stands_at_start(task):
            values["at"] = "start"
        if task.baseline_finish is not None:
            values["baseline"] = str(task.baseline_finish.date())
        done = task.actual_finish or (task.actual_start if task.percent_complete else None)
        if done is not None:
            values["actual"] = self._stood(task, done)
        elif task.constraint in _NO_DATE and not self.links.get(task.key):
            stands = task.finish or task.start
            values["forecast"] = self._stood(task, stands) if stands else ""
        return values

    def _anchor(self, task: Task) -> datetime | None:
        """Return the point in time that a milestone is tied to, None where logic places it."""
        done = task.actual_finish or task.actual_start
        if done is not None:
            return done
        if task.constraint not in _NO_DATE and task.constraint_at is not None:
            return task.constraint_at
        stands = task.start if task.is_manual else task.finish or task.start
        return stands if task.is_manual or not self.links.get(task.key) else None

    def _stands_at_start(self, task: Task) -> bool:
        anchor = self._anchor(task)
        if task.at_day_start or anchor is None:
            return task.at_day_start
        calendar = self.hours.home
        position = calendar.axis.position(instant(anchor))
        end, start = (
            calendar.axis.position(edge(anchor.date()))
            for edge in (calendar.finish_of, calendar.start_of)
        )
        return position == start != end

    def _stood(self, task: Task, at: datetime) -> str:
        calendar = self.hours.home
        at_start = self._stands_at_start(task)
        return (self._started if at_start else self._finished)(task, at, calendar)

    def _constraint(self, task: Task, calendar: Calendar) -> dict[str, Tree]:
        kind, at = task.constraint, task.constraint_at
        if task.is_manual and task.actual_start is None and task.start is not None:
            self.account.note(MANUAL, f"{task.key} {task.name}".rstrip())
            kind, at = "SNET", task.start
        if kind == "ASAP":
            return {}
        if kind == "ALAP":
            return {"constraint": "ALAP"}
        if at is None:
            self.account.note("constraints without a date: left out", f"{task.key} {task.name}")
            return {}
        at_start = kind in _AT_START
        if task.type == "milestone":
            calendar, at_start = self.hours.home, self._stands_at_start(task)
        day = (self._started if at_start else self._finished)(task, at, calendar)
        return {"constraint": {"type": kind, "date": day}}

    def _predecessors(self, task: Task) -> list[Tree]:
        found: list[Tree] = []
        for link in self.links.get(task.key, ()):
            value: dict[str, Tree] = {"id": link.predecessor}
            if link.type != "FS":
                value["type"] = link.type
            if link.lag.amount:
                value["lag"] = self._length(link.lag)
            found.append(value if len(value) > 1 else value["id"])
        return found

    def _left(self, task: Task) -> Length | None:
        """Return what is left by the share that is done, which need not be written."""
        if task.percent_complete is None:
            return None
        left = task.duration.amount * (1 - task.percent_complete / _WHOLE)
        return type(task.duration)(round(left, 0), task.duration.unit)

    def _length(self, length: Length) -> str:
        return duration_text(length, self.hours.home.minutes_per_day)

    def _started(self, task: Task, at: datetime, calendar: Calendar) -> str:
        day, exact = started_on(at, calendar)
        return self._noted(task, at, str(day), exact=exact)

    def _finished(self, task: Task, at: datetime, calendar: Calendar) -> str:
        day, exact = finished_on(at, calendar)
        return self._noted(task, at, str(day), exact=exact)

    def _noted(self, task: Task, at: datetime, day: str, *, exact: bool) -> str:
        if not exact:
            self.account.note(TIMES, f"{task.key} {task.name} {at:%Y-%m-%d %H:%M}")
        return day
