"""Tasks and links of Microsoft Project's XML: what each code means, and what has no place."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from portfolio.exchange.schedules.schedule import Length
from portfolio.network.activities import ConstraintType, LinkType
from tests.exchange.mspdi import link, only_link, only_task, read, task, told

QUAY = r"C:\plans\quay.mpp\7"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestOutline:
    def test_a_task_stands_under_the_summaries_above_it(self) -> None:
        schedule = read(
            task(1, OutlineLevel=1, Summary=1, Name="Build"),
            task(2, OutlineLevel=2, Summary=1, Name="Walls"),
            task(3, OutlineLevel=3, WBS="1.1.1"),
            task(4, OutlineLevel=2),
            task(5, OutlineLevel=1),
        )
        assert [each.outline for each in schedule.tasks] == [
            (), ("Build",), ("Build", "Walls"), ("Build",), (),
        ]  # fmt: skip
        assert [each.type for each in schedule.tasks[:3]] == ["summary", "summary", "task"]
        assert (schedule.tasks[2].wbs, schedule.tasks[2].parent) == ("1.1.1", "2")

    def test_the_row_of_the_project_is_its_name(self) -> None:
        schedule = read(task(0, OutlineLevel=0, Summary=1, Name="Sea defences"), task(1))
        assert schedule.name == "Sea defences"
        assert [each.key for each in schedule.tasks] == ["1"]

    def test_without_a_name_of_its_own_the_project_has_that_of_the_file(self) -> None:
        assert read(task(1), head="").name == "plan"

    def test_blank_rows_are_counted(self) -> None:
        schedule = read(task(1), "<Task><UID>2</UID><ID>2</ID><IsNull>1</IsNull></Task>")
        assert told(schedule.left_out) == {"blank rows: left out": ("row 2",)}

    def test_inactive_tasks_go_with_their_links(self) -> None:
        schedule = read(task(1, Active=0), task(2, link(1), Active=1))
        assert [each.key for each in schedule.tasks] == ["2"]
        assert told(schedule.left_out) == {
            "inactive tasks: left out with their links": ("1 Task 1",),
            "links to tasks that are not here: left out": ("2 Task 2 ← 1",),
        }


class TestDurations:
    @pytest.mark.parametrize(
        ("text", "code", "length"),
        [
            ("PT8H0M0S", 7, Length(Decimal(480))),
            ("PT8H0M0S", 39, Length(Decimal(480))),  # estimated days, shown as 1d?
            ("PT72H0M0S", 8, Length(Decimal(4320), "elapsed")),
            ("PT72H0M0S", 40, Length(Decimal(4320), "elapsed")),
            ("PT0H30M0S", 3, Length(Decimal(30))),
            ("PT0H30M30S", 4, Length(Decimal(30), "elapsed")),
            ("PT80H0M0S", 10, Length(Decimal(4800), "elapsed")),
            ("P2DT4H", 5, Length(Decimal(2 * 1440 + 240))),
        ],
    )
    def test_a_format_says_whether_they_run_through_nights(
        self, text: str, code: int, length: Length
    ) -> None:
        assert only_task(read(task(1, Duration=text, DurationFormat=code))).duration == length

    def test_none_at_all_makes_a_milestone(self) -> None:
        assert only_task(read(task(1, Duration="PT0H0M0S", Milestone=1))).type == "milestone"

    def test_a_milestone_that_takes_time_is_an_activity(self) -> None:
        schedule = read(task(1, Milestone=1))
        assert only_task(schedule).type == "task"
        assert told(schedule.left_out) == {"milestones with a duration: activities": ("1 Task 1",)}

    def test_one_that_is_not_stated_is_the_time_between_the_dates(self) -> None:
        schedule = read(task(1, Duration="", Finish="2026-03-04T08:00:00"))
        assert only_task(schedule).duration == Length(Decimal(2 * 1440), "elapsed")
        assert "tasks without a duration: the time between their dates" in told(schedule.left_out)


class TestLinks:
    @pytest.mark.parametrize(("code", "type_"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS")])
    def test_four_types(self, code: int, type_: LinkType) -> None:
        assert only_link(read(task(1), task(2, link(1, Type=code)))).type == type_

    @pytest.mark.parametrize(
        ("lag", "code", "length"),
        [
            (4800, 7, Length(Decimal(480))),
            (-4800, 7, Length(Decimal(-480))),
            (4800, 39, Length(Decimal(480))),
            (14400, 8, Length(Decimal(1440), "elapsed")),
            (14400, 40, Length(Decimal(1440), "elapsed")),
            (300, 3, Length(Decimal(30))),
            (300, 4, Length(Decimal(30), "elapsed")),
            (600, 5, Length(Decimal(60))),
            (600, 6, Length(Decimal(60), "elapsed")),
            (24000, 9, Length(Decimal(2400))),
            (100800, 10, Length(Decimal(10080), "elapsed")),
            (96000, 11, Length(Decimal(9600))),
            (432000, 12, Length(Decimal(43200), "elapsed")),
            (50, 19, Length(Decimal(50), "percent")),
            (-25, 51, Length(Decimal(-25), "percent")),
            (50, 20, Length(Decimal(50), "elapsed_percent")),
            (50, 52, Length(Decimal(50), "elapsed_percent")),
        ],
    )
    def test_lags_are_tenths_of_minutes_or_percent(
        self, lag: int, code: int, length: Length
    ) -> None:
        schedule = read(task(1), task(2, link(1, LinkLag=lag, LagFormat=code)))
        assert only_link(schedule).lag == length

    def test_those_from_other_files_name_the_file_and_the_task(self) -> None:
        found = only_link(read(task(1, link(99, CrossProject=1, CrossProjectName=QUAY))))
        assert (found.predecessor_project, found.predecessor) == ("quay", "7")

    def test_a_task_of_another_file_is_a_milestone_on_its_finish(self) -> None:
        schedule = read(task(1, ExternalTask=1), task(2, link(1)))
        external = schedule.tasks[0]
        assert (external.type, external.is_external) == ("milestone", True)
        assert "tasks of other projects: milestones on their finish" in told(schedule.left_out)

    def test_an_inserted_project_is_one_activity(self) -> None:
        schedule = read(task(1, IsSubproject=1, SubprojectName="quay.mpp"))
        assert told(schedule.left_out) == {
            "inserted projects: one activity each": ("1 Task 1 (quay.mpp)",)
        }


@pytest.mark.parametrize(
    ("code", "constraint"),
    [
        (0, "ASAP"), (1, "ALAP"), (2, "MSO"), (3, "MFO"),
        (4, "SNET"), (5, "SNLT"), (6, "FNET"), (7, "FNLT"),
    ],
)  # fmt: skip
def test_eight_constraints(code: int, constraint: ConstraintType) -> None:
    when = "2026-03-09T08:00:00"
    found = only_task(read(task(1, ConstraintType=code, ConstraintDate=when)))
    assert (found.constraint, found.constraint_at) == (constraint, at(when))


class TestProgress:
    def test_what_has_happened_is_kept(self) -> None:
        found = only_task(
            read(
                task(
                    1,
                    PercentComplete=40,
                    ActualStart="2026-03-02T08:00:00",
                    RemainingDuration="PT6H0M0S",
                    ActualFinish="NA",
                )
            )
        )
        assert (found.percent_complete, found.actual_finish) == (Decimal(40), None)
        assert found.actual_start == at("2026-03-02T08:00")
        assert found.remaining == Length(Decimal(360))

    def test_without_a_status_date_the_last_thing_that_happened_is_one(self) -> None:
        done = {"ActualStart": "2026-03-02T08:00:00", "ActualFinish": "2026-03-05T17:00:00"}
        half = {"ActualStart": "2026-03-03T08:00:00", "Stop": "2026-03-06T12:00:00"}
        assert read(task(1, **done), task(2, **half)).status_date == at("2026-03-06T12:00")

    def test_nothing_has_happened_nothing_is_known(self) -> None:
        assert read(task(1)).status_date is None


class TestBaselines:
    def test_the_first_is_the_baseline_the_others_are_named(self) -> None:
        first = "<Baseline><Number>0</Number><Start>2026-03-01T08:00:00</Start>"
        first += "<Finish>2026-03-03T17:00:00</Finish><Duration>PT16H0M0S</Duration></Baseline>"
        later = "<Baseline><Number>1</Number><Start>2026-03-09T08:00:00</Start></Baseline>"
        schedule = read(task(1, first + later))
        found = only_task(schedule)
        assert found.baseline_start == at("2026-03-01T08:00")
        assert found.baseline_finish == at("2026-03-03T17:00")
        assert found.baseline_duration == Length(Decimal(960))
        assert told(schedule.left_out) == {"baselines after the first: left out": ("1 Task 1 (1)",)}


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"Notes": "call the crane"}, "notes: left out"),
        ({"Priority": 900}, "priorities: left out"),
        ({"FixedCost": 1200}, "fixed costs: left out"),
    ],
)
def test_what_a_portfolio_has_no_place_for_is_named(value: dict[str, object], what: str) -> None:
    (name,) = told(read(task(1, **value)).left_out)[what]
    assert name.startswith("1 Task 1")


def test_custom_fields_are_named() -> None:
    own = "<ExtendedAttribute><FieldID>188743731</FieldID><Value>A</Value></ExtendedAttribute>"
    assert told(read(task(1, own)).left_out) == {"custom fields: left out": ("1 Task 1",)}


def test_a_schedule_that_counts_back_from_its_finish_is_named() -> None:
    schedule = read(task(1), head="<Title>Wall</Title><ScheduleFromStart>0</ScheduleFromStart>")
    assert told(schedule.left_out) == {"scheduled from the finish: here from the start": ("Wall",)}
