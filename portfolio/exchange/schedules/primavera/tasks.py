"""The activities of a Primavera export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.schedule import Length, Task

if TYPE_CHECKING:
    from datetime import datetime

    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.primavera.tables import XerRow
    from portfolio.exchange.schedules.schedule import TaskType
    from portfolio.network.activities import ConstraintType

_TYPES: Mapping[str, TaskType] = {
    "TT_Task": "task",
    "TT_Rsrc": "task",
    "TT_Mile": "milestone",
    "TT_FinMile": "milestone",
    "TT_LOE": "level_of_effort",
}
_CONSTRAINTS: Mapping[str, ConstraintType] = {
    "CS_ALAP": "ALAP",
    "CS_MSO": "MSO",
    "CS_MSOA": "SNET",
    "CS_MSOB": "SNLT",
    "CS_MEO": "MFO",
    "CS_MEOA": "FNET",
    "CS_MEOB": "FNLT",
    "CS_MANDSTART": "MSO",
    "CS_MANDFIN": "MFO",
}
_MANDATORY = {"CS_MANDSTART", "CS_MANDFIN"}
_WHOLE, _ALMOST = Decimal(100), Decimal(99)


def read_xer_task(row: XerRow, above: Sequence[Task], account: Account) -> Task | None:
    """Return an activity below the summaries it stands in; None for what is left out."""
    code = row.text("task_code") or row.text("task_id")
    named = f"{code} {row.text('task_name')}".rstrip()
    kind = _TYPES.get(row.text("task_type"), "task")
    if row.text("task_type") == "TT_WBS":
        account.note("activities that sum up their part of the structure: left out", named)
        return None
    duration = Decimal(0) if kind == "milestone" else row.minutes("target_drtn_hr_cnt")
    if duration is None:
        account.note("activities without a duration: one day", named)
        duration = Decimal(480)
    constraint, at = _constraint(row, account, named)
    finish = row.moment("act_end_date")
    remaining = row.minutes("remain_drtn_hr_cnt")
    started = row.moment("act_start_date")
    _note_the_rest(row, account, named)
    return Task(
        key=code,
        name=row.text("task_name"),
        type=kind,
        duration=Length(duration),
        wbs=above[-1].wbs if above else "",
        parent=above[-1].key if above else "",
        outline=tuple(task.name for task in above),
        start=started or row.moment("early_start_date") or row.moment("target_start_date"),
        finish=finish or row.moment("early_end_date") or row.moment("target_end_date"),
        constraint=constraint,
        constraint_at=at,
        deadline=_deadline(row, account, named),
        percent_complete=_open_percent(row, duration, account, named),
        remaining=Length(remaining) if started and not finish and remaining is not None else None,
        actual_start=started,
        actual_finish=finish,
        baseline_start=row.moment("target_start_date"),
        baseline_finish=row.moment("target_end_date"),
        baseline_duration=Length(duration),
        calendar=row.text("clndr_id"),
        at_day_start=row.text("task_type") == "TT_Mile",
    )


def _constraint(
    row: XerRow, account: Account, named: str
) -> tuple[ConstraintType, datetime | None]:
    stated = row.text("cstr_type")
    kind = _CONSTRAINTS.get(stated, "ASAP")
    if stated and stated not in _CONSTRAINTS:
        account.note("constraints of an unknown kind: left out", f"{named} ({stated})")
    if stated in _MANDATORY:
        account.note("mandatory dates: imposed dates, which logic can still move", named)
    at = row.moment("cstr_date")
    if kind not in {"ASAP", "ALAP"} and at is None:
        account.note("constraints without a date: left out", named)
        return "ASAP", None
    return kind, at


def _deadline(row: XerRow, account: Account, named: str) -> datetime | None:
    """Return the second constraint where it is a last finish; any other is noted."""
    stated = row.text("cstr_type2")
    if not stated:
        return None
    if stated == "CS_MEOB":
        account.note("second constraints on the last finish: deadlines", named)
        return row.moment("cstr_date2")
    account.note("second constraints: left out", f"{named} ({stated})")
    return None


def _open_percent(row: XerRow, duration: Decimal, account: Account, named: str) -> Decimal | None:
    """Return the percentage done; work that goes on is never quite done."""
    percent = _percent(row, duration)
    if percent == _WHOLE and row.moment("act_end_date") is None:
        account.note("activities at 100 % that have not finished: at 99 %", named)
        return _ALMOST
    return percent


def _percent(row: XerRow, duration: Decimal) -> Decimal | None:
    """Return the percentage done, by the activity's own way of measuring it."""
    if row.moment("act_end_date") is not None:
        return _WHOLE
    if row.moment("act_start_date") is None:
        return None
    way = row.text("complete_pct_type")
    if way == "CP_Phys":
        return _within(row.number("phys_complete_pct"))
    if way == "CP_Units":
        done = row.number("act_work_qty") or Decimal(0)
        left = row.number("remain_work_qty") or Decimal(0)
        return _within(_WHOLE * done / (done + left)) if done + left else None
    left_over = row.minutes("remain_drtn_hr_cnt")
    if left_over is None or not duration:
        return None
    return _within(_WHOLE * (duration - left_over) / duration)


def _within(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else max(Decimal(0), min(_WHOLE, percent))


def _note_the_rest(row: XerRow, account: Account, named: str) -> None:
    """Note what the activity says and a portfolio has no place for."""
    if row.text("suspend_date") or row.text("resume_date"):
        account.note("suspended work: in one piece", named)
    if row.text("expect_end_date"):
        account.note("expected finishes: left out", named)
    if row.text("priority_type") not in {"", "PT_Normal"}:
        account.note("priorities: left out", f"{named} ({row.text('priority_type')[3:]})")
    if row.text("task_type") == "TT_Rsrc":
        account.note("activities on their resources' hours: on their own calendar", named)
    if row.text("external_early_start_date"):
        account.note("dates from other projects that are not here: left out", named)
