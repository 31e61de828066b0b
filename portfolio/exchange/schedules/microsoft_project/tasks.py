"""The tasks and links of a Microsoft Project file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.microsoft_project.values import Fields, unit_of
from portfolio.exchange.schedules.schedule import Length, Link, Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.microsoft_project.markup import Element
    from portfolio.exchange.schedules.schedule import TaskType, Unit
    from portfolio.network.activities import ConstraintType, LinkType

_CONSTRAINTS: tuple[ConstraintType, ...] = (
    "ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT",
)  # fmt: skip
_LINKS: tuple[LinkType, ...] = ("FF", "FS", "SF", "SS")
_TENTHS = 10
_USUAL_PRIORITY = 500
_NONE, _WHOLE = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Row:
    """A task with the element it was read from."""

    task: Task
    fields: Fields


def read_rows(project: Element, account: Account) -> tuple[Row, ...]:
    """Return the tasks in the order of the file, without blank rows and the project's own."""
    rows: dict[str, Row] = {}
    above: list[tuple[int, Task]] = []
    for element in project.all("Tasks", "Task"):
        fields = Fields(element, account, _named(element))
        if fields.flag("IsNull"):
            account.note("blank rows: left out", f"row {element.get('ID')}")
            continue
        level = fields.whole("OutlineLevel", 1)
        if not level or element.get("UID") == "0":
            continue  # the project's own row: what it says stands at the project
        while above and above[-1][0] >= level:
            above.pop()
        task = _task(fields, tuple(task for _, task in above))
        if not fields.flag("Active") and element.get("Active"):
            account.note("inactive tasks: left out with their links", fields.name)
            continue
        if task.key in rows:
            account.note("tasks whose UID is taken: left out", fields.name)
            continue
        if task.type == "summary":
            above.append((level, task))
        rows[task.key] = Row(task, fields)
        _note_the_rest(rows[task.key], account)
    return tuple(rows.values())


def own_row(project: Element, account: Account) -> Fields | None:
    """Return the row that stands for the whole project."""
    for element in project.all("Tasks", "Task"):
        if element.get("OutlineLevel") == "0" or element.get("UID") == "0":
            return Fields(element, account, "the project")
    return None


def _named(element: Element) -> str:
    name = " ".join(element.get("Name").split())
    number = element.get("ID") or element.get("UID")
    return f"{number} {name}" if name else f"row {number}"


def _task(fields: Fields, above: tuple[Task, ...]) -> Task:
    duration = fields.length("Duration", "DurationFormat")
    kind = _type(fields, duration)
    baseline = _baseline(fields)
    manual = fields.flag("Manual")
    code = fields.whole("ConstraintType")
    constraint = _CONSTRAINTS[code] if 0 <= code < len(_CONSTRAINTS) else "ASAP"
    calendar = fields.text("CalendarUID")
    return Task(
        key=fields.text("UID"),
        name=fields.text("Name"),
        type=kind,
        duration=_duration(fields, duration, kind),
        wbs=fields.text("WBS") or fields.text("OutlineNumber"),
        parent=above[-1].key if above else "",
        outline=tuple(task.name or task.wbs for task in above),
        start=fields.moment("Start"),
        finish=fields.moment("Finish"),
        constraint=constraint,
        constraint_at=fields.moment("ConstraintDate"),
        deadline=fields.moment("Deadline"),
        percent_complete=fields.number("PercentComplete", _NONE, _WHOLE) or None,
        remaining=_remaining(fields),
        actual_start=fields.moment("ActualStart"),
        actual_finish=fields.moment("ActualFinish"),
        baseline_start=baseline.moment("Start") if baseline else None,
        baseline_finish=baseline.moment("Finish") if baseline else None,
        baseline_duration=baseline.length("Duration", "DurationFormat") if baseline else None,
        calendar="" if calendar == "-1" else calendar,
        priority=fields.whole("Priority", _USUAL_PRIORITY),
        notes=fields.element.get("Notes"),
        is_manual=manual,
        is_external=fields.flag("ExternalTask"),
    )


def _type(fields: Fields, duration: Length | None) -> TaskType:
    if fields.flag("Summary"):
        return "summary"
    if duration is not None and not duration.amount:
        return "milestone"
    if fields.flag("ExternalTask") or (duration is None and fields.flag("Milestone")):
        return "milestone"
    return "task"


def _duration(fields: Fields, stated: Length | None, kind: TaskType) -> Length:
    if kind == "milestone":
        return Length(Decimal(0))
    if stated is not None:
        return Length(abs(stated.amount), stated.unit)
    start, finish = fields.moment("Start"), fields.moment("Finish")
    if start is not None and finish is not None and finish > start:
        fields.account.note("tasks without a duration: the time between their dates", fields.name)
        return Length(Decimal((finish - start).total_seconds()) / 60, "elapsed")
    fields.account.note("tasks without a duration or dates: one day", fields.name)
    return Length(Decimal(480))


def _remaining(fields: Fields) -> Length | None:
    """Return the remaining duration of a task that has begun."""
    if fields.moment("ActualStart") is None or fields.moment("ActualFinish") is not None:
        return None
    return fields.length("RemainingDuration", "DurationFormat")


def _baseline(fields: Fields) -> Fields | None:
    for each in fields.element.all("Baseline"):
        if each.get("Number") in {"", "0"}:
            return Fields(each, fields.account, fields.name)
    return None


def _note_the_rest(row: Row, account: Account) -> None:
    """Note what the task says and a portfolio has no place for."""
    fields, task = row.fields, row.task
    further = sum(each.get("Number") not in {"", "0"} for each in fields.element.all("Baseline"))
    custom = next(fields.element.all("ExtendedAttribute"), None)
    where = fields.text("SubprojectName") or "another file"
    is_long = fields.flag("Milestone") and task.duration.amount and task.type == "task"
    for is_so, what, more in (
        (further, "baselines after the first: left out", f" ({further})"),
        (task.notes, "notes: left out", ""),
        (task.priority != _USUAL_PRIORITY, "priorities: left out", f" ({task.priority})"),
        (custom is not None, "custom fields: left out", ""),
        (fields.number("FixedCost"), "fixed costs: left out", ""),
        (fields.flag("IsSubproject"), "inserted projects: one activity each", f" ({where})"),
        (task.is_external, "tasks of other projects: milestones on their finish", ""),
        (is_long, "milestones with a duration: activities", ""),
    ):
        if is_so:
            account.note(what, f"{fields.name}{more}")


def read_links(rows: tuple[Row, ...], account: Account) -> Iterator[Link]:
    """Yield the links into the tasks that were read; note those from rows that were not."""
    known = {row.task.key for row in rows}
    for row in rows:
        for element in row.fields.element.all("PredecessorLink"):
            fields = Fields(element, account, row.fields.name)
            before = fields.text("PredecessorUID")
            if fields.flag("CrossProject"):
                project, key = _elsewhere(fields.text("CrossProjectName"), before)
                yield Link(key, row.task.key, _link_type(fields), _lag(fields), project)
            elif before not in known:
                account.note(
                    "links to tasks that are not here: left out",
                    f"{row.fields.name} ← {before or 'nothing'}",
                )
            else:
                yield Link(before, row.task.key, _link_type(fields), _lag(fields))


def _elsewhere(path: str, uid: str) -> tuple[str, str]:
    r"""Return the name of the file and the key of the task in it that a path means.

    >>> _elsewhere(r"C:\plans\quay.mpp\7", "12")
    ('quay', '7')
    """
    parts = path.replace("/", "\\").split("\\")
    if len(parts) > 1 and parts[-1].isdecimal():
        return parts[-2].rpartition(".")[0] or parts[-2], parts[-1]
    return parts[-1].rpartition(".")[0] or parts[-1] or "another file", uid


def _link_type(fields: Fields) -> LinkType:
    code = fields.whole("Type", 1)
    return _LINKS[code] if 0 <= code < len(_LINKS) else "FS"


def _lag(fields: Fields) -> Length:
    """Return a lag: a percentage as it is, time in tenths of a minute."""
    unit: Unit = unit_of(fields.whole("LagFormat", 7))
    amount = fields.number("LinkLag") or Decimal(0)
    if unit in {"percent", "elapsed_percent"}:
        return Length(amount, unit)
    return Length(round(amount / _TENTHS, 0), unit)


def progressed_to(row: Row) -> datetime | None:
    """Return the last moment of which a task says what had happened."""
    task = row.task
    known = [task.actual_start, task.actual_finish]
    if task.actual_start is not None:
        known.append(row.fields.moment("Stop"))
    return max((each for each in known if each is not None), default=None)
