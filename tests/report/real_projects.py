"""Fourteen real projects with activities, links and tracked progress as one portfolio on a day."""

from __future__ import annotations

import csv
import io
import json
import lzma
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SATURDAY = 5


def real_projects(folder: Path, as_of: date) -> dict[str, str | bytes]:
    """Return the files of a portfolio: every project as its last status before the day tells it."""
    tables = {name: _by_project(folder / name) for name in (
        "activities.csv", "relations.csv", "tracking.csv.xz", "evm_derived.csv",
    )}  # fmt: skip
    projects = _rows(folder / "projects.csv")
    calendars = "\n".join(f"  {_id(row)}: {{week: {{{_week(row)}}}}}" for row in projects)
    pages = [_project(row, tables, as_of) for row in projects]
    return {
        "pmo.yaml": "organisation: {name: Fourteen real projects, currency: EUR}\n"
        f"as_of: {as_of}\ncalendars:\n{calendars}\n",
        "people.yaml": "people: [{id: planner, name: Not stated}]\n",
        **{
            f"projects/{page['id']}.yaml": "project: "
            + json.dumps(page, ensure_ascii=False, indent=1)
            + "\n"
            for page in pages
        },
    }


def _rows(path: Path) -> list[Row]:
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _by_project(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(path):
        found[row["project_code"]].append(row)
    return found


def _id(project: Row) -> str:
    return str(project["project_code"]).lower()


def _week(project: Row) -> str:
    """Write the working week, whose hours are listed one by one."""
    shifts: list[list[int]] = []
    for hour in map(int, project["calendar_hours"].split()):
        if shifts and shifts[-1][1] == hour:
            shifts[-1][1] = hour + 1
        else:
            shifts.append([hour, hour + 1])
    hours = ", ".join(f'"{begin:02}:00-{end:02}:00"' for begin, end in shifts)
    return ", ".join(f"{_WEEK[int(day)]}: [{hours}]" for day in project["calendar_days"].split())


def _day(moment: str) -> str:
    return moment[:10]


def _latest(rows: list[Row], as_of: date) -> list[Row]:
    """Return the rows of the last status date until the day."""
    before = [r for r in rows if datetime.fromisoformat(r["status_date"]).date() <= as_of]
    newest = max((r["status_date"] for r in before), default="")
    return [r for r in before if r["status_date"] == newest]


def _project(project: Row, tables: dict[str, dict[str, list[Row]]], as_of: date) -> Row:
    """Return a project with its activities and what has been booked on it."""
    code, id_ = project["project_code"], _id(project)
    tracked = {r["activity_id"]: r for r in _latest(tables["tracking.csv.xz"][code], as_of)}
    waits: dict[str, list[Row]] = defaultdict(list)
    for row in tables["relations.csv"][code]:
        waits[row["to_activity"]].append(
            {"id": f"a{row['from_activity']}", "type": row["type"], "lag": _hours(row["lag_hours"])}
        )
    finished = bool(tracked) and all(Decimal(r["percent_complete"]) == 1 for r in tracked.values())
    began = _day(project["baseline_start"])
    hours_a_day = len(project["calendar_hours"].split())
    return {
        "id": id_,
        "name": project["project_name"],
        "sponsor": "planner",
        "status": "closed" if finished else "delivering" if began <= str(as_of) else "approved",
        "calendar": id_,
        "start": began,
        "baseline_finish": _day(project["baseline_end"]),
        "bac": project["bac"],
        "activities": [
            _activity(row, waits[row["activity_id"]], tracked.get(row["activity_id"]), hours_a_day)
            for row in tables["activities.csv"][code]
        ],
        "actuals": _booked(id_, tables["evm_derived.csv"][code], as_of),
    }


def _booked(project: str, statuses: list[Row], as_of: date) -> list[Row]:
    """Return what was booked in each month, as the sums at the status dates tell it."""
    until = {
        r["status_date"][:7]: Decimal(r["ac"])
        for r in sorted(statuses, key=lambda each: str(each["status_date"]))
        if datetime.fromisoformat(r["status_date"]).date() <= as_of
    }
    before = [Decimal(0), *until.values()]
    return [
        {"id": f"{project}-{month}", "period": month, "amount": str(total - earlier)}
        for (month, total), earlier in zip(until.items(), before, strict=False)
    ]


def _activity(row: Row, waits: list[Row], tracked: Row | None, hours_a_day: int) -> Row:
    """Return an activity with its baseline, its links and what was done until the status date."""
    done = Decimal(tracked["percent_complete"] or 0) if tracked else Decimal(0)
    found = {
        "id": f"a{row['activity_id']}",
        "name": " ".join(row["name"].split()),
        "duration": _hours(row["duration_working_hours"]),
        "baseline_start": _day(row["baseline_start"]),
        "baseline_finish": _day(row["baseline_end_derived"]),
        "budget": row["bac_derived"],
        "pct_complete": f"{done * 100:f}",
        "predecessors": waits,
    }
    if tracked and done:
        found["actual_start"] = _day(tracked["actual_start"])
        if done == 1:
            days = ceil(float(tracked["actual_duration_hours"]) / hours_a_day)
            found["actual_finish"] = _after(date.fromisoformat(found["actual_start"]), days)
        else:
            found["remaining"] = _hours(tracked["remaining_duration_hours"])
    return found


def _hours(text: str) -> str:
    return f"{Decimal(text).normalize():f}h"


def _after(day: date, working_days: int) -> str:
    """Return the last of so many working days from a day on."""
    for _ in range(working_days - 1):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return str(day)
