"""Primavera's export: tables, calendars in brackets, activities, links between projects too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.schedules.primavera.reader import read_xer
from portfolio.exchange.schedules.schedule import Length, Schedule, Task
from tests.cli.running import pmo

DAYS = "".join(
    f"(0||{day}()((0||0(s|08:00|f|12:00)())(0||1(f|17:00|s|13:00)())))" for day in range(2, 7)
)
SPECIAL = "(0||0(d|46112)())(0||1(d|46116)((0||0(s|09:00|f|11:00)())))"
DATA = (
    f"(0||CalendarData()((0||DaysOfWeek()((0||1()()){DAYS}(0||7()())))"
    f"(0||Exceptions()({SPECIAL}))))"
)
TASKS = "task_id proj_id wbs_id clndr_id task_type task_code task_name target_drtn_hr_cnt \
remain_drtn_hr_cnt cstr_type cstr_date cstr_type2 cstr_date2 act_start_date act_end_date \
complete_pct_type phys_complete_pct early_start_date early_end_date target_start_date \
target_end_date"


def table(name: str, fields: str, *rows: str) -> str:
    """Write a table; the cells of a row are divided by bars, brackets hold what has bars."""
    lines = [f"%T\t{name}", "\t".join(["%F", *fields.split()])]
    lines += ["\t".join(["%R", *row.split("¦")]) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def export(*tasks: str, links: tuple[str, ...] = (), calendar: str = DATA, more: str = "") -> bytes:
    """Write an export of two projects, quay and shed, with these activities."""
    text = "ERMHDR\t8.4\t2026-03-31\r\n"
    text += table("CURRTYPE", "curr_id curr_short_name", "1¦EUR")
    text += table(
        "PROJECT",
        "proj_id proj_short_name clndr_id plan_start_date last_recalc_date",
        "1¦QUAY¦7¦2026-03-30 08:00¦2026-03-30 00:00",
        "2¦SHED¦7¦2026-03-30 08:00¦2026-03-30 00:00",
    )
    text += table(
        "CALENDAR",
        "clndr_id default_flag clndr_name day_hr_cnt base_clndr_id clndr_data",
        f"7¦Y¦Five days¦8¦¦{calendar}",
    )
    text += table(
        "PROJWBS",
        "wbs_id proj_id proj_node_flag parent_wbs_id wbs_short_name wbs_name",
        "10¦1¦Y¦¦QUAY¦New quay",
        "11¦1¦N¦10¦CIV¦Civil works",
        "12¦1¦N¦11¦PIL¦Piles",
        "20¦2¦Y¦¦SHED¦Shed",
    )
    text += table("TASK", TASKS, *tasks)
    text += table(
        "TASKPRED", "task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt", *links
    )
    return (text + more + "%E\r\n").encode("cp1252")


def activity(number: int, code: str, *, project: int = 1, **stated: str) -> str:
    """Write an activity of a day, or of what is stated otherwise."""
    values = {
        "task_id": str(number),
        "proj_id": str(project),
        "wbs_id": "12" if project == 1 else "20",
        "clndr_id": "7",
        "task_type": "TT_Task",
        "task_code": code,
        "task_name": f"Work {code}",
        "target_drtn_hr_cnt": "8",
        "remain_drtn_hr_cnt": "8",
    } | stated
    return "¦".join(values.get(field, "") for field in TASKS.split())


def read(*tasks: str, links: tuple[str, ...] = (), calendar: str = DATA) -> tuple[Schedule, ...]:
    return read_xer(export(*tasks, links=links, calendar=calendar), "plan.xer")


def one(*tasks: str, links: tuple[str, ...] = ()) -> Schedule:
    return read(*tasks, links=links)[0]


def task(schedule: Schedule, key: str) -> Task:
    return next(each for each in schedule.tasks if each.key == key)


def told(schedule: Schedule) -> dict[str, tuple[str, ...]]:
    return {each.what: each.names for each in schedule.left_out}


def test_a_project_keeps_its_names_its_outline_and_its_ids() -> None:
    found = one(activity(1, "A1000"))
    assert (found.key, found.name, found.currency) == ("QUAY", "New quay", "EUR")
    assert found.minutes_per_day == 480
    work = task(found, "A1000")
    assert work.outline == ("Civil works", "Piles")
    assert (work.name, work.wbs, work.duration) == ("Work A1000", "CIV.PIL", Length(Decimal(480)))
    assert [each.key for each in found.tasks if each.type == "summary"] == ["wbs-11", "wbs-12"]


def test_the_hours_of_a_calendar_stand_in_brackets_and_its_days_are_numbers() -> None:
    (calendar,) = one(activity(1, "A")).calendars
    assert calendar.week[0] == ((480, 720), (780, 1020))
    assert calendar.week[5] == calendar.week[6] == ()
    assert calendar.exceptions == {date(2026, 3, 31): (), date(2026, 4, 4): ((540, 660),)}


@pytest.mark.parametrize(
    "data", ["", "(0||CalendarData()(", "nonsense", DATA.replace("d|46112", "d|x"),
             DATA.replace("08:00", "8 am"), "(" * 500]
)  # fmt: skip
def test_hours_that_cannot_be_read_are_named_and_end_nothing(data: str) -> None:
    (found,) = read(activity(1, "A"), calendar=data)
    assert any("Five days (line" in name for names in told(found).values() for name in names)
    assert [each.key for each in found.tasks if each.type == "task"] == ["A"]


@pytest.mark.parametrize("hours", ["1" * 40, "-" + "9" * 40, "eight"])
def test_a_length_that_no_plan_can_hold_is_named_and_left_out(hours: str) -> None:
    found = one(activity(1, "A", target_drtn_hr_cnt=hours))
    (names,) = (names for what, names in told(found).items() if "cannot be read" in what)
    assert f"target_drtn_hr_cnt is {hours!r}" in names[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CS_MSO", "MSO"), ("CS_MSOA", "SNET"), ("CS_MSOB", "SNLT"), ("CS_MEO", "MFO"),
        ("CS_MEOA", "FNET"), ("CS_MEOB", "FNLT"), ("CS_MANDSTART", "MSO"), ("CS_ALAP", "ALAP"),
    ],
)  # fmt: skip
def test_every_constraint_has_its_counterpart(written: str, meant: str) -> None:
    found = one(activity(1, "A", cstr_type=written, cstr_date="2026-04-09 08:00"))
    assert task(found, "A").constraint == meant
    assert ("mandatory dates: imposed dates, which logic can still move" in told(found)) == (
        written == "CS_MANDSTART"
    )


def test_a_second_constraint_on_the_finish_is_a_deadline_and_others_are_named() -> None:
    found = one(
        activity(1, "A", cstr_type2="CS_MEOB", cstr_date2="2026-04-09 17:00"),
        activity(2, "B", cstr_type2="CS_MSOA", cstr_date2="2026-04-09 08:00"),
        activity(3, "C", cstr_type="CS_MSOA"),
    )
    deadline = task(found, "A").deadline
    assert deadline is not None
    assert deadline.date() == date(2026, 4, 9)
    assert told(found)["second constraints: left out"] == ("B Work B (CS_MSOA)",)
    assert told(found)["constraints without a date: left out"] == ("C Work C",)


def test_milestones_level_of_effort_and_summing_activities() -> None:
    found = one(
        activity(1, "S", task_type="TT_Mile", target_drtn_hr_cnt="0"),
        activity(2, "F", task_type="TT_FinMile", target_drtn_hr_cnt="0"),
        activity(3, "L", task_type="TT_LOE"),
        activity(4, "W", task_type="TT_WBS"),
    )
    kinds = {each.key: (each.type, each.at_day_start) for each in found.tasks}
    assert kinds["S"] == ("milestone", True)
    assert kinds["F"] == ("milestone", False)
    assert kinds["L"] == ("level_of_effort", False)
    assert "W" not in kinds


@pytest.mark.parametrize(
    ("way", "remaining", "physical", "finished", "percent"),
    [
        ("CP_Drtn", "2", "", "", 75),
        ("CP_Phys", "8", "30", "", 30),
        ("CP_Drtn", "0", "", "", 99),
        ("CP_Drtn", "0", "", "2026-03-30 17:00", 100),
    ],
)
def test_progress_is_told_by_the_way_it_is_measured(
    way: str, remaining: str, physical: str, finished: str, percent: int
) -> None:
    def percent_of(begun: str, ended: str) -> Decimal | None:
        row = activity(
            1, "A", complete_pct_type=way, remain_drtn_hr_cnt=remaining,
            phys_complete_pct=physical, act_start_date=begun, act_end_date=ended,
        )  # fmt: skip
        return task(one(row), "A").percent_complete

    assert percent_of("2026-03-27 08:00", finished) == percent
    assert percent_of("", "") is None


def test_links_of_every_type_with_lags_in_hours() -> None:
    found = one(
        activity(1, "A"), activity(2, "B"),
        links=("2¦1¦1¦1¦PR_SS¦4", "2¦1¦1¦1¦PR_FF¦-2", "1¦99¦1¦1¦PR_FS¦0"),
    )  # fmt: skip
    assert [(each.type, int(each.lag.amount)) for each in found.links] == [
        ("SS", 240), ("FF", -120),
    ]  # fmt: skip
    assert told(found)["links to activities that are not here: left out"]


def test_a_link_between_projects_names_the_other_one() -> None:
    quay, shed = read(activity(1, "A"), activity(2, "B", project=2), links=("2¦1¦2¦1¦PR_FS¦8",))
    (link,) = shed.links
    assert (link.predecessor, link.predecessor_project) == ("A", quay.key)
    assert quay.links == ()


def test_the_data_date_in_the_morning_is_the_evening_before() -> None:
    status = one(activity(1, "A")).status_date
    assert status is not None
    assert status.date() == date(2026, 3, 29)
    begun = one(activity(1, "A", act_start_date="2026-03-30 08:00")).status_date
    assert begun is not None
    assert begun.date() == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "does not begin with ERMHDR"),
        (b"<Project/>", "does not begin with ERMHDR"),
        (b"ERMHDR\t8.4\n%T\tTASK\n%R\t1\n", "line 3 is a row of TASK before its fields"),
        (b"ERMHDR\t8.4\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n%E\n", "holds no project"),
    ],
)
def test_what_is_no_export_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_xer(content, "x.xer")
    assert message in caught.value.message


def test_a_file_that_is_cut_off_and_odd_values_are_told() -> None:
    whole = export(activity(1, "A", target_drtn_hr_cnt="eight", cstr_date="soon"))
    (found, *_) = read_xer(whole.removesuffix(b"%E\r\n"), "x.xer")
    assert told(found)["the end of the file: missing, it may be cut off"] == ("the file",)
    unread = told(found)["values that cannot be read: left out"]
    assert any("target_drtn_hr_cnt is 'eight'" in name for name in unread)
    assert task(found, "A").duration == Length(Decimal(480))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=6), st.integers(0, 40))
def test_damage_is_told_or_refused_and_never_a_crash(at: int, put: bytes, drop: int) -> None:
    whole = export(activity(1, "A"), activity(2, "B"), links=("2¦1¦1¦1¦PR_FS¦0",))
    damaged = whole[:at] + put + whole[at + drop :]
    with suppress(Unreadable):
        assert read_xer(damaged, "x.xer")


def test_an_export_becomes_a_portfolio_that_loads(tmp_path: Path) -> None:
    source = tmp_path / "plan.xer"
    source.write_bytes(
        export(
            activity(1, "A1000"),
            activity(2, "A1010", target_drtn_hr_cnt="16", cstr_type="CS_MSOA",
                     cstr_date="2026-04-07 08:00"),
            activity(3, "B1000", project=2),
            links=("2¦1¦1¦1¦PR_FS¦8", "3¦2¦2¦1¦PR_FS¦0"),
        )
    )  # fmt: skip
    folder = tmp_path / "into"
    done = pmo("import", "xer", source, "--into", folder)
    assert done.returncode == 0, done.stderr
    assert " 0 errors" in pmo("-C", folder, "validate").stderr
    shown = pmo("-C", folder, "show", "activities", "--format", "csv", "--columns",
                "id,early_start,early_finish").stdout  # fmt: skip
    assert shown.splitlines()[1:] == [
        "new-quay.a1000,2026-03-30,2026-03-30",
        "new-quay.a1010,2026-04-07,2026-04-08",
        "shed.b1000,2026-04-09,2026-04-09",
    ]
