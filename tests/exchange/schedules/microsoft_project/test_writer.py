"""From Microsoft Project's XML to a portfolio: its files say what the file said, and load."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi
from portfolio.model.delivery.projects import Activity
from tests.exchange.mspdi import HEAD, Made, fields, file, link, read, task

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (2, 3, 4))
FRIDAY = date(2026, 3, 6)


class TestNumbers:
    def test_tasks_keep_their_numbers_as_ids(self) -> None:
        made = Made(read(task(17), task(4, Duration="PT0H0M0S")))
        assert {"harbour-wall.17", "harbour-wall.4"} <= set(made.portfolio.entities)

    @pytest.mark.parametrize(
        ("minutes", "written"),
        [("PT80H0M0S", "10d"), ("PT12H0M0S", "1.5d"), ("PT7H30M0S", "7.5h"), ("PT0H7M0S", "7min")],
    )
    def test_durations_are_in_days_where_that_is_exact(self, minutes: str, written: str) -> None:
        assert Made(read(task(1, Duration=minutes))).text(1, "duration") == written

    def test_elapsed_ones_stay_elapsed(self) -> None:
        made = Made(read(task(1, Duration="PT72H0M0S", DurationFormat=8)))
        assert made.text(1, "duration") == "3ed"
        assert made.dates(1) == (MONDAY, date(2026, 3, 5))


class TestLogic:
    FROM_QUAY = link(99, CrossProject=1, CrossProjectName=r"C:\plans\quay.mpp\7")

    @pytest.mark.parametrize(
        ("type_", "lag", "code", "expected"),
        [
            (1, 0, 7, (TUESDAY, TUESDAY)),
            (1, 4800, 7, (WEDNESDAY, WEDNESDAY)),
            (1, -4800, 7, (MONDAY, MONDAY)),
            (3, 9600, 7, (WEDNESDAY, WEDNESDAY)),
            (0, 9600, 7, (WEDNESDAY, WEDNESDAY)),
            (2, 9600, 7, (TUESDAY, TUESDAY)),
            (1, 14400, 8, (WEDNESDAY, date(2026, 3, 4))),
            (1, 200, 19, (date(2026, 3, 5), date(2026, 3, 5))),
            (1, 200, 20, (TUESDAY, WEDNESDAY)),
        ],
    )
    def test_links_move_dates_as_they_did(
        self, type_: int, lag: int, code: int, expected: tuple[date, date]
    ) -> None:
        """A day's task on Monday, another behind it."""
        made = Made(read(task(1), task(2, link(1, Type=type_, LinkLag=lag, LagFormat=code))))
        assert made.dates(2) == expected

    def test_one_from_another_file_is_named(self) -> None:
        made = Made(read(task(1, self.FROM_QUAY)))
        what = "links to other project files: left out, unless imported together"
        assert made.told == {what: ("quay 7 FS 1",)}

    def test_one_from_a_file_imported_along_holds_across_projects(self) -> None:
        head = HEAD.replace("Harbour wall", "Quay")
        quay = read_mspdi(file(task(7, Duration="PT32H0M0S"), head=head), "quay.xml")
        made = Made(read(task(1, self.FROM_QUAY)), quay)
        assert made.dates(7, "quay").finish == date(2026, 3, 5)
        assert made.dates(1).start == FRIDAY
        assert made.told == {}

    def test_a_percentage_is_named_as_fixed(self) -> None:
        made = Made(read(task(1), task(2, link(1, LinkLag=50, LagFormat=19))))
        what = "lags in percent: fixed at what the predecessor takes now"
        assert made.told == {what: ("1 FS 2 Task 2 (50%)",)}

    def test_a_link_from_a_summary_waits_for_all_in_it(self) -> None:
        made = Made(
            read(
                task(1, Summary=1),
                task(2, OutlineLevel=2),
                task(3, link(2), OutlineLevel=2),
                task(4, OutlineLevel=2, Duration="PT32H0M0S"),
                task(5, link(1)),
            )
        )
        assert made.dates(5) == (FRIDAY, FRIDAY)
        following = made.portfolio.entities["harbour-wall.5"]
        assert isinstance(following, Activity)
        assert [each.id.id for each in following.predecessors] == [
            "harbour-wall.3",
            "harbour-wall.4",
        ]
        assert made.told == {
            "links of summary tasks: passed on to the tasks in them": ("1 FS 5 Task 5",)
        }

    def test_a_link_to_a_summary_holds_all_in_it(self) -> None:
        made = Made(
            read(
                task(1),
                task(2, link(1), Summary=1),
                task(3, OutlineLevel=2),
                task(4, link(3), OutlineLevel=2),
            )
        )
        assert (made.dates(3).start, made.dates(4).start) == (TUESDAY, WEDNESDAY)

    def test_no_link_waits_for_the_first_of_several_to_start(self) -> None:
        schedule = read(task(1, Summary=1), task(2, OutlineLevel=2), task(3, link(1, Type=3)))
        told = Made(schedule).told
        assert told == {
            "links of summary tasks that tasks cannot stand for: left out": ("1 SS 3 Task 3",)
        }


class TestDates:
    @pytest.mark.parametrize(
        ("code", "when", "expected"),
        [
            (4, "2026-03-04T08:00:00", (WEDNESDAY, WEDNESDAY)),
            (4, "2026-03-03T17:00:00", (WEDNESDAY, WEDNESDAY)),
            (2, "2026-03-04T08:00:00", (WEDNESDAY, WEDNESDAY)),
            (3, "2026-03-04T17:00:00", (WEDNESDAY, WEDNESDAY)),
            (6, "2026-03-05T08:00:00", (WEDNESDAY, WEDNESDAY)),
        ],
    )
    def test_constraints_hold_at_the_end_of_the_day_that_they_mean(
        self, code: int, when: str, expected: tuple[date, date]
    ) -> None:
        made = Made(read(task(1, ConstraintType=code, ConstraintDate=when)))
        assert made.dates(1) == expected
        assert made.told == {}

    def test_an_hour_within_a_day_is_named(self) -> None:
        made = Made(read(task(1, ConstraintType=4, ConstraintDate="2026-03-04T10:00:00")))
        (names,) = made.told.values()
        assert names == ("1 Task 1 2026-03-04 10:00",)

    def test_a_manual_task_starts_no_earlier_than_it_did(self) -> None:
        stands = {"Start": "2026-03-04T08:00:00", "Finish": "2026-03-04T17:00:00"}
        made = Made(read(task(1, Manual=1, **stands), task(2, link(1), Manual=1)))
        assert made.dates(1) == (WEDNESDAY, WEDNESDAY)
        assert made.dates(2).start == date(2026, 3, 5)  # logic moves it on
        assert made.told == {
            "manually scheduled tasks: start no earlier than their date (SNET)": (
                "1 Task 1",
                "2 Task 2",
            )
        }

    def test_a_task_that_levelling_put_off_stays_put_off(self) -> None:
        stands = {"Start": "2026-03-04T08:00:00", "LevelingDelay": 9600}
        made = Made(read(task(1, **stands)))
        assert made.dates(1).start == WEDNESDAY
        assert list(made.told) == ["levelling delays: starts no earlier than (SNET)"]

    def test_a_split_task_is_named(self) -> None:
        made = Made(read(task(1, Finish="2026-03-06T17:00:00")))
        assert list(made.told) == ["tasks split or stretched by their resources: in one piece"]

    def test_a_summary_that_may_not_start_holds_what_begins_it(self) -> None:
        limits = {"ConstraintType": 4, "ConstraintDate": "2026-03-04T08:00:00"}
        later = {"ConstraintType": 4, "ConstraintDate": "2026-03-06T08:00:00"}
        made = Made(
            read(
                task(1, Summary=1, **limits),
                task(2, OutlineLevel=2),
                task(3, link(2), OutlineLevel=2),
                task(4, OutlineLevel=2, **later),
            )
        )
        assert [made.dates(n).start for n in (2, 3, 4)] == [WEDNESDAY, date(2026, 3, 5), FRIDAY]
        assert made.text(3, "constraint") == "None"
        (names,) = made.told.values()
        assert names == ("1 Task 1",)

    def test_other_constraints_and_deadlines_of_summaries_are_named(self) -> None:
        when = "2026-03-09T08:00:00"
        limits = {"ConstraintType": 7, "ConstraintDate": when, "Deadline": when}
        made = Made(read(task(1, Summary=1, **limits), task(2, OutlineLevel=2)))
        assert set(made.told) == {
            "constraints of summary tasks: left out",
            "deadlines of summary tasks: left out",
        }


class TestMilestones:
    @pytest.mark.parametrize(
        ("stands", "work_starts"), [("08:00", WEDNESDAY), ("17:00", date(2026, 3, 5))]
    )
    def test_at_the_start_of_a_day_they_let_work_start_that_day(
        self, stands: str, work_starts: date
    ) -> None:
        when = f"2026-03-04T{stands}:00"
        permit = task(
            1, Duration="PT0H0M0S", ConstraintType=4, ConstraintDate=when, Start=when, Finish=when
        )
        made = Made(read(permit, task(2, link(1))))
        assert made.dates(1).finish == WEDNESDAY
        assert made.dates(2).start == work_starts

    def test_with_logic_they_stand_where_logic_puts_them(self) -> None:
        made = Made(read(task(1), task(2, link(1), Duration="PT0H0M0S")))
        assert made.dates(2).finish == MONDAY
        assert made.text(2, "forecast") == "None"

    def test_those_of_other_projects_stand_on_their_finish(self) -> None:
        other = task(1, ExternalTask=1, Finish="2026-03-03T17:00:00")
        made = Made(read(other, task(2, link(1))))
        assert made.text(1, "type") == "external"
        assert made.dates(2).start == WEDNESDAY


class TestProgress:
    DONE = task(
        1,
        PercentComplete=100,
        ActualStart="2026-03-02T08:00:00",
        ActualFinish="2026-03-02T17:00:00",
    )

    def test_the_portfolio_stands_on_the_status_date(self) -> None:
        head = HEAD + fields(StatusDate="2026-03-04T17:00:00")
        made = Made(read(self.DONE, task(2, link(1)), head=head))
        assert made.portfolio.settings.as_of == WEDNESDAY
        assert made.dates(1) == (MONDAY, MONDAY)

    def test_what_remains_counts_from_there(self) -> None:
        half = task(
            2,
            Duration="PT32H0M0S",
            PercentComplete=50,
            ActualStart="2026-03-02T08:00:00",
            Stop="2026-03-03T17:00:00",
            RemainingDuration="PT24H0M0S",
        )
        made = Made(read(half))
        assert made.text(2, "remaining") == "3d"
        assert made.dates(2) == (MONDAY, FRIDAY)

    def test_without_progress_it_stands_on_the_first_day(self) -> None:
        assert Made(read(task(1))).portfolio.settings.as_of == MONDAY
