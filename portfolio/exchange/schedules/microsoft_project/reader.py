"""Microsoft Project's XML (MSPDI) to a neutral schedule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.account import Account
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.schedules.microsoft_project.calendars import read_calendars, span_around
from portfolio.exchange.schedules.microsoft_project.dates import dated
from portfolio.exchange.schedules.microsoft_project.markup import read_markup
from portfolio.exchange.schedules.microsoft_project.tasks import (
    own_row,
    progressed_to,
    read_links,
    read_rows,
)
from portfolio.exchange.schedules.microsoft_project.values import Fields
from portfolio.exchange.schedules.schedule import Assignment, Resource, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.exchange.schedules.microsoft_project.markup import Element
    from portfolio.exchange.schedules.microsoft_project.tasks import Row
    from portfolio.exchange.schedules.schedule import ResourceType

NAMESPACE = "http://schemas.microsoft.com/project"
_SKIPPED = {"TimephasedData", "AvailabilityPeriod", "Rate"}
_OLE = b"\xd0\xcf\x11\xe0"
_LONG_AGO = datetime(1984, 1, 1)  # noqa: DTZ001 - civil time has no zone
_KINDS: dict[str, ResourceType] = {"0": "material", "1": "person", "2": "cost"}
_NOBODY = {"", "-65535"}
_CODE = re.compile(r"[A-Z]{3}\Z")
_CURRENCIES = {"£": "GBP", "€": "EUR"}


def read_mspdi(content: bytes, name: str) -> Schedule:
    """Read a file of Microsoft Project's XML; raise Unreadable where it is none.

    ``name`` is the file's: it names a project that has no name of its own, and is what links from
    other files know it by.
    """
    if content.startswith(_OLE):
        message = "the file is in Microsoft Project's own format (.mpp), which is not published"
        raise Unreadable(message, "save it there as XML and import that")
    project = read_markup(content, _SKIPPED)
    if project.name != "Project" or not project.namespace.startswith(NAMESPACE):
        of = f" of {project.namespace}" if project.namespace else ""
        message = f"the file is XML, but not Microsoft Project's: it is <{project.name}>{of}"
        raise Unreadable(message)
    return _schedule(project, name)


def _schedule(project: Element, file: str) -> Schedule:
    account = Account()
    fields = Fields(project, account, "the project")
    rows = read_rows(project, account)
    starts = [row.task.start for row in rows if row.task.start is not None]
    finishes = [row.task.finish for row in rows if row.task.finish is not None]
    start = fields.moment("StartDate") or min(starts, default=None)
    finish = fields.moment("FinishDate") or max(finishes, default=None)
    span = span_around(
        (start or _LONG_AGO).date(), max(finishes, default=finish or _LONG_AGO).date()
    )
    resources = tuple(_resources(project, account))
    assignments = tuple(_assignments(project, rows, resources, account))
    schedule = Schedule(
        key=PurePath(file).stem,
        name=_name(project, fields, account, file),
        start=start,
        finish=finish,
        status_date=fields.moment("StatusDate") or _progress(rows),
        calendar=fields.text("CalendarUID"),
        manager=fields.text("Manager"),
        company=fields.text("Company"),
        currency=_currency(fields),
        minutes_per_day=fields.whole("MinutesPerDay", 480),
        tasks=tuple(row.task for row in rows),
        links=tuple(read_links(rows, account)),
        calendars=read_calendars(project, span, account),
        resources=resources,
        assignments=assignments,
    )
    if fields.text("ScheduleFromStart") == "0":
        account.note("scheduled from the finish: here from the start", schedule.name)
    schedule = replace(schedule, tasks=dated(schedule, rows, account))
    return replace(schedule, left_out=account.left_out())


def _name(project: Element, fields: Fields, account: Account, file: str) -> str:
    own = own_row(project, account)
    if own is not None and own.element.get("Notes"):
        account.note("notes: left out", "the project")
    stated = (own.text("Name") if own else "") or fields.text("Title")
    return stated or PurePath(fields.text("Name") or file).stem


def _currency(fields: Fields) -> str:
    """Return the currency by its code; by its symbol only where no other has the same."""
    code = fields.text("CurrencyCode").upper()
    return code if _CODE.match(code) else _CURRENCIES.get(fields.text("CurrencySymbol"), "")


def _progress(rows: Sequence[Row]) -> datetime | None:
    """Return the last moment of which the tasks say what had happened."""
    return max((at for at in map(progressed_to, rows) if at is not None), default=None)


def _resources(project: Element, account: Account) -> Iterator[Resource]:
    for element in project.all("Resources", "Resource"):
        fields = Fields(element, account, f"resource {element.get('UID')}")
        name = fields.text("Name")
        if element.get("UID") == "0" or fields.flag("IsNull") or not name:
            continue  # the unassigned work, and blank rows
        kind = _KINDS.get(element.get("Type") or "1", "person")
        if fields.flag("IsCostResource"):
            kind = "cost"
        elif kind == "person" and (
            fields.flag("IsGeneric") or (fields.number("MaxUnits") or 1) > 1
        ):
            kind = "role"
        if any(fields.number(key) for key in ("StandardRate", "OvertimeRate", "CostPerUse")):
            account.note("rates of resources: left out, they belong in a repository apart", name)
        calendar = fields.text("CalendarUID")
        yield Resource(
            fields.text("UID"),
            name,
            kind,
            "" if calendar == "-1" else calendar,
            fields.text("EmailAddress"),
        )


def _assignments(
    project: Element, rows: Sequence[Row], resources: Sequence[Resource], account: Account
) -> Iterator[Assignment]:
    tasks = {row.task.key: row for row in rows}
    known = {resource.key for resource in resources}
    seen: set[tuple[str, str]] = set()
    for element in project.all("Assignments", "Assignment"):
        fields = Fields(element, account)
        task, resource = fields.text("TaskUID"), fields.text("ResourceUID")
        if task not in tasks or resource not in known or resource in _NOBODY:
            continue
        name = tasks[task].fields.name
        if (task, resource) in seen:
            account.note("second assignments of a resource to one task: left out", name)
            continue
        seen.add((task, resource))
        if fields.number("Delay"):
            account.note("assignments that begin after their task: begin with it", name)
        if fields.whole("WorkContour"):
            account.note("assignments with a contour: spread evenly", name)
        yield Assignment(task, resource, fields.number("Units", Decimal(0)), fields.minutes("Work"))
