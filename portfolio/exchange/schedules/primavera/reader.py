"""A Primavera export (XER) to neutral schedules, one for each project in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.account import Account
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.schedules.primavera.calendars import read_xer_calendars
from portfolio.exchange.schedules.primavera.tables import Tables, XerRow, read_tables
from portfolio.exchange.schedules.primavera.tasks import read_xer_task
from portfolio.exchange.schedules.schedule import Assignment, Length, Link, Resource, Schedule, Task

if TYPE_CHECKING:
    from datetime import datetime

    from portfolio.exchange.schedules.schedule import Calendar, ResourceType, Unit
    from portfolio.network.activities import LinkType

_LINKS: Mapping[str, LinkType] = {"PR_FS": "FS", "PR_SS": "SS", "PR_FF": "FF", "PR_SF": "SF"}
_KINDS: Mapping[str, ResourceType] = {
    "RT_Labor": "person",
    "RT_Mat": "material",
    "RT_Equip": "role",
}
_LAGS = {
    "rcal_Predecessor": "lags counted on the predecessor's calendar: on the project's",
    "rcal_Successor": "lags counted on the successor's calendar: on the project's",
}
_NOON = 12
_NOT_HERE = "links to activities that are not here: left out"


def read_xer(content: bytes, name: str) -> tuple[Schedule, ...]:
    """Read an export of Primavera P6; raise Unreadable where it is none, or holds no project.

    ``name`` is the file's: it names a project without a name of its own.
    """
    account = Account()
    tables = read_tables(content, account)
    projects = [
        row
        for row in tables.get("PROJECT", ())
        if any(t.text("proj_id") == row.text("proj_id") for t in tables.get("TASK", ()))
    ]
    if not projects:
        message = "the export holds no project with activities"
        raise Unreadable(message, "in P6, open the projects before exporting them")
    export = _Export(tables, read_xer_calendars(tables.get("CALENDAR", ()), account), account)
    schedules = [export.schedule(row, name) for row in projects]
    # What concerns the whole file is told once.
    account.add(schedules[0].left_out)
    return (replace(schedules[0], left_out=account.left_out()), *schedules[1:])


@dataclass(frozen=True)
class _Export:
    """The tables of a file, with what several projects share."""

    tables: Tables
    calendars: tuple[Calendar, ...]
    account: Account

    def rows(self, table: str, project: str) -> list[XerRow]:
        """Return the rows of a table that belong to a project."""
        return [r for r in self.tables.get(table, ()) if r.text("proj_id") == project]

    def key_of(self, project: str) -> str:
        """Return the name by which other projects know a project."""
        for row in self.tables.get("PROJECT", ()):
            if row.text("proj_id") == project:
                return row.text("proj_short_name") or project
        return project

    def schedule(self, project: XerRow, file: str) -> Schedule:
        """Return one project."""
        account = Account()
        number = project.text("proj_id")
        outline = _Outline(self.rows("PROJWBS", number))
        found = [
            (row, task)
            for row in self.rows("TASK", number)
            if (task := read_xer_task(row, outline.above(row.text("wbs_id")), account)) is not None
        ]
        keys = {row.text("task_id"): task.key for row, task in found}
        summaries = outline.tasks({task.parent for _, task in found})
        used = {row.text("rsrc_id") for row in self.rows("TASKRSRC", number)}
        resources = tuple(self._resources(used))
        starts = [task.start for _, task in found if task.start is not None]
        finishes = [task.finish for _, task in found if task.finish is not None]
        return Schedule(
            key=self.key_of(number),
            name=outline.name or self.key_of(number) or file,
            start=project.moment("plan_start_date") or min(starts, default=None),
            finish=project.moment("scd_end_date") or max(finishes, default=None),
            status_date=_status(project, [task for _, task in found]),
            calendar=project.text("clndr_id") or self._default_calendar(),
            currency=self._currency(),
            minutes_per_day=self._minutes_per_day(project.text("clndr_id")),
            tasks=(*summaries, *(task for _, task in found)),
            links=tuple(self._links(number, keys, account)),
            calendars=self.calendars,
            resources=resources,
            assignments=tuple(self._assignments(number, keys, resources)),
            left_out=account.left_out(),
        )

    def _default_calendar(self) -> str:
        for row in self.tables.get("CALENDAR", ()):
            if row.text("default_flag") == "Y":
                return row.text("clndr_id")
        return ""

    def _minutes_per_day(self, calendar: str) -> int:
        for row in self.tables.get("CALENDAR", ()):
            hours = row.number("day_hr_cnt")
            if row.text("clndr_id") == calendar and hours:
                return int(hours * 60)
        return 480

    def _currency(self) -> str:
        rows = self.tables.get("CURRTYPE", ())
        codes = [row.text("curr_short_name").upper() for row in rows]
        return codes[0] if len(codes) == 1 and len(codes[0]) == 3 else ""  # noqa: PLR2004 - ISO

    def _links(self, project: str, keys: Mapping[str, str], account: Account) -> Iterator[Link]:
        rows = self.rows("SCHEDOPTIONS", project)
        counted = [row.text("sched_calendar_on_relationship_lag") for row in rows]
        unit: Unit = "elapsed" if "rcal_24Hour" in counted else "working"
        everywhere = {
            row.text("task_id"): (row.text("proj_id"), row.text("task_code"))
            for row in self.tables.get("TASK", ())
        }
        lags = _LAGS.get(counted[0]) if counted else None
        for row in self.rows("TASKPRED", project):
            after, before = row.text("task_id"), row.text("pred_task_id")
            if after not in keys or before not in everywhere:
                account.note(_NOT_HERE, f"line {row.line}: {before or 'nothing'} → {after}")
                continue
            lag = row.minutes("lag_hr_cnt") or Decimal(0)
            if lag and lags:
                account.note(lags, f"{everywhere[before][1]} → {keys[after]}")
            kind = _LINKS.get(row.text("pred_type"), "FS")
            if before in keys:
                yield Link(keys[before], keys[after], kind, Length(lag, unit))
            elif everywhere[before][0] != project:
                elsewhere = self.key_of(everywhere[before][0])
                yield Link(everywhere[before][1], keys[after], kind, Length(lag, unit), elsewhere)
            else:
                account.note(_NOT_HERE, f"line {row.line}: {everywhere[before][1]} → {keys[after]}")

    def _resources(self, used: set[str]) -> Iterator[Resource]:
        for row in self.tables.get("RSRC", ()):
            if row.text("rsrc_id") in used:
                kind = _KINDS.get(row.text("rsrc_type"), "person")
                name = row.text("rsrc_name") or row.text("rsrc_short_name")
                yield Resource(
                    row.text("rsrc_id"), name, kind, row.text("clndr_id"), row.text("email_addr")
                )

    def _assignments(
        self, project: str, keys: Mapping[str, str], resources: Sequence[Resource]
    ) -> Iterator[Assignment]:
        known = {resource.key for resource in resources}
        seen: set[tuple[str, str]] = set()
        for row in self.rows("TASKRSRC", project):
            task, resource = keys.get(row.text("task_id"), ""), row.text("rsrc_id")
            if task and resource in known and (task, resource) not in seen:
                seen.add((task, resource))
                units = row.number("target_qty_per_hr")
                yield Assignment(task, resource, units, row.minutes("target_qty"))


def _status(project: XerRow, tasks: Sequence[Task]) -> datetime | None:
    """Return the data date; one in the morning is the evening before, where no work had begun.

    What remains is done from the data date on in P6, and from the end of the as-of day here.
    """
    stated = project.moment("last_recalc_date")
    if stated is None or stated.hour >= _NOON:
        return stated
    known = [at for task in tasks for at in (task.actual_start, task.actual_finish) if at]
    if any(at.date() >= stated.date() for at in known):
        return stated
    return stated.replace(hour=0, minute=0) - timedelta(minutes=1)


class _Outline:
    """The work breakdown structure of a project."""

    def __init__(self, rows: Sequence[XerRow]) -> None:
        self._rows = {row.text("wbs_id"): row for row in rows}
        roots = [row for row in rows if row.text("proj_node_flag") == "Y"]
        self.name = roots[0].text("wbs_name") if roots else ""

    def above(self, wbs: str) -> tuple[Task, ...]:
        """Return the summaries above what stands in a node, outermost first."""
        found: list[XerRow] = []
        row = self._rows.get(wbs)
        while row is not None and row.text("proj_node_flag") != "Y" and row not in found:
            found.append(row)
            row = self._rows.get(row.text("parent_wbs_id"))
        tasks: list[Task] = []
        for each in reversed(found):
            names = tuple(task.name for task in tasks)
            parent = tasks[-1].key if tasks else ""
            code = ".".join([*(task.wbs for task in tasks[-1:]), each.text("wbs_short_name")])
            name = each.text("wbs_name") or each.text("wbs_short_name")
            key = f"wbs-{each.text('wbs_id')}"
            tasks.append(Task(key, name, "summary", wbs=code, parent=parent, outline=names))
        return tuple(tasks)

    def tasks(self, used: set[str]) -> tuple[Task, ...]:
        """Return the summaries that something stands in, however deep, in the order of the file."""
        found = {task.key: task for wbs in self._rows for task in self.above(wbs) if task.key}
        wanted: set[str] = set()
        for key in used:
            while key in found and key not in wanted:
                wanted.add(key)
                key = found[key].parent  # noqa: PLW2901 - walks up
        return tuple(task for key, task in found.items() if key in wanted)
