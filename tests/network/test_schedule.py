"""The critical path: published networks, the four link types, calendars, and what always holds."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest

from portfolio.calendar import DAY
from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import Driver, Schedule, schedule
from portfolio.network.schedule_network import build_network
from tests.network.networks import (
    CLOCK,
    ENGLAND,
    START,
    by_id,
    link,
    plain_schedule,
)


class TestPublishedNetworks:
    def test_nine_activities_with_all_their_dates_and_floats(self) -> None:
        found = plain_schedule(
            {"1": 6, "2": 7, "3": 8, "4": 11, "5": 8, "6": 7, "7": 4, "8": 4, "9": 10},
            ["2>4", "1>5", "2>5", "3>5", "3>6", "4>7", "4>8", "6>8", "5>9"],
        )
        table = zip(
            found.early_start,
            found.early_finish,
            found.late_start,
            found.late_finish,
            found.total_float,
            found.free_float,
            strict=True,
        )
        assert dict(zip("123456789", table, strict=True)) == {
            "1": (0, 6, 2, 8, 2, 2),
            "2": (0, 7, 1, 8, 1, 0),
            "3": (0, 8, 0, 8, 0, 0),
            "4": (7, 18, 11, 22, 4, 0),
            "5": (8, 16, 8, 16, 0, 0),
            "6": (8, 15, 15, 22, 7, 3),
            "7": (18, 22, 22, 26, 4, 4),
            "8": (18, 22, 22, 26, 4, 4),
            "9": (16, 26, 16, 26, 0, 0),
        }
        assert found.finish == 26
        assert [id_ for id_ in "123456789" if found.is_critical(id_)] == ["3", "5", "9"]

    def test_five_activities(self) -> None:
        found = plain_schedule(
            {"A": 12, "B": 10, "C": 10, "D": 5, "E": 3}, ["A>C", "B>C", "C>D", "C>E"]
        )
        assert found.finish == 27
        assert by_id(found, found.total_float) == {"A": 0, "B": 2, "C": 0, "D": 0, "E": 2}
        assert by_id(found, found.free_float) == {"A": 0, "B": 2, "C": 0, "D": 0, "E": 2}
        assert by_id(found, found.late_start) == {"A": 0, "B": 2, "C": 12, "D": 22, "E": 24}

    def test_an_arrow_network(self) -> None:
        found = plain_schedule(
            {"1-2": 7, "1-3": 10, "2-4": 6, "3-4": 5, "3-5": 4, "4-5": 3, "5-6": 2},
            ["1-2>2-4", "1-3>3-4", "1-3>3-5", "2-4>4-5", "3-4>4-5", "3-5>5-6", "4-5>5-6"],
        )
        assert found.finish == 20
        assert list(found.total_float) == [2, 0, 2, 0, 4, 0, 0]


class TestTheFourLinkTypes:
    durations: ClassVar = {"A": 5, "B": 8, "C": 6, "D": 4, "E": 7, "F": 0}
    links = ("A>B", "A SS+2 C", "B FF+3 D", "C FS+1 D", "C SF+12 E", "D>F", "E>F")
    found = plain_schedule(durations, links)

    def test_early_dates(self) -> None:
        assert list(self.found.early_start) == [0, 5, 2, 12, 7, 16]
        assert list(self.found.early_finish) == [5, 13, 8, 16, 14, 16]

    def test_late_dates(self) -> None:
        assert list(self.found.late_start) == [0, 5, 4, 12, 9, 16]
        assert list(self.found.late_finish) == [5, 13, 10, 16, 16, 16]

    def test_floats(self) -> None:
        assert list(self.found.total_float) == [0, 0, 2, 0, 2, 0]
        assert list(self.found.free_float) == [0, 0, 0, 0, 2, 0]

    def test_every_date_names_the_link_that_decided_it(self) -> None:
        driven_by = {id_: self.found.driver(id_).link for id_ in "BCDEF"}
        assert driven_by == {
            "B": link("A>B"),
            "C": link("A SS+2 C"),
            "D": link("B FF+3 D"),
            "E": link("C SF+12 E"),
            "F": link("D>F"),
        }
        assert self.found.driver("A") == Driver("project_start")

    def test_an_imposed_finish_makes_float_negative_and_shows_it(self) -> None:
        found = plain_schedule(self.durations, self.links, Activity("F", deadline=13))
        assert list(found.total_float) == [-3, -3, -1, -3, -1, -3]
        # (critical path length + total float) / critical path length
        assert (16 + min(room for room in found.total_float if room is not None)) / 16 == 0.8125
        assert found.finish == 16


class TestMilestones:
    def test_a_milestone_stands_on_its_forecast_without_predecessors(self) -> None:
        forecast = ENGLAND.finish_of(date(2026, 6, 1))
        found = in_england([Activity("go-live", start_no_earlier=forecast)], [])
        assert set(found.dates("go-live")) == {date(2026, 6, 1)}
        assert found.driver("go-live") == Driver("start_no_earlier")

    def test_logic_that_is_later_than_the_forecast_wins(self) -> None:
        forecast = ENGLAND.finish_of(date(2026, 3, 4))
        found = in_england(
            [Activity("build", 10 * 450), Activity("done", start_no_earlier=forecast)],
            ["build>done"],
        )
        assert found.dates("done").early_finish == date(2026, 3, 13)

    def test_it_takes_the_finish_date_of_its_driver_and_not_the_next_morning(self) -> None:
        start = date(2026, 3, 30)
        network = build_network(
            [Activity("work", 6 * 450), Activity("done"), Activity("next", 450)],
            [link("work>done"), link("done>next")],
            [ENGLAND],
            ENGLAND.start_of(start),
        )
        found = schedule(network)
        assert found.dates("done").early_finish == date(2026, 4, 8)
        assert found.dates("next").early_start == date(2026, 4, 9)

    @pytest.mark.parametrize(
        ("lag", "calendar", "expected"),
        [(5 * 450, 0, date(2026, 4, 16)), (5 * 1440, -1, date(2026, 4, 14))],
    )
    def test_a_lag_counts_working_or_elapsed_time(
        self, lag: int, calendar: int, expected: date
    ) -> None:
        network = build_network(
            [Activity("first", 6 * 450), Activity("second", 450)],
            [Link("first", "second", "FS", lag, calendar)],
            [ENGLAND],
            ENGLAND.start_of(date(2026, 3, 30)),
        )
        assert schedule(network).dates("second").early_start == expected

    def test_a_milestone_that_was_reached_stands_at_its_actual(self) -> None:
        reached = ENGLAND.finish_of(date(2026, 3, 5))
        found = in_england(
            [Activity("build", 4500), Activity("done", actual_finish=reached), Activity("n", 450)],
            ["build>done", "done>n"],
        )
        assert found.dates("done").early_finish == date(2026, 3, 5)
        assert found.dates("n").early_start == date(2026, 3, 6)
        assert found.total_float[1] is None

    def test_a_milestone_on_a_saturday_stays_there(self) -> None:
        saturday = date(2026, 3, 7)
        found = in_england(
            [Activity("m", start_no_earlier=ENGLAND.finish_of(saturday)), Activity("n", 450)],
            ["m>n"],
        )
        assert found.dates("m").early_finish == saturday
        assert found.dates("n").early_start == date(2026, 3, 9)


class TestElapsedWorkAndLevelOfEffort:
    def test_concrete_cures_through_the_weekend(self) -> None:
        found = in_england(
            [Activity("pour", 5 * 450), Activity("cure", 2 * 1440, is_elapsed=True),
             Activity("strip", 450)],
            ["pour>cure", "cure>strip"],
        )  # fmt: skip
        assert found.dates("cure").early_finish == date(2026, 3, 8)
        assert found.dates("strip").early_start == date(2026, 3, 9)

    def test_a_level_of_effort_spans_what_it_accompanies_and_drives_nothing(self) -> None:
        support = Activity("support", 3, is_level_of_effort=True)
        found = plain_schedule(
            {"A": 5, "B": 8, "support": 3, "after": 1},
            ["A>B", "A SS support", "B FF+4 support", "support>after"],
            support,
        )
        assert found.early_start[2:] == [0, 0]
        assert found.early_finish[2] == 17
        assert found.finish == 13
        assert found.total_float[2] is None
        assert not found.is_critical("support")


class TestSeveralProjects:
    """A short project a hands over to a long project b."""

    activities = (
        Activity("a.do", 3, project="a"),
        Activity("a.report", 1, project="a"),
        Activity("b.take", 2, project="b"),
        Activity("b.else", 20, project="b"),
    )
    found = schedule(
        build_network(activities, [link("a.do>b.take"), link("a.do>a.report")], [CLOCK], 0)
    )

    def test_each_project_has_an_end_of_its_own(self) -> None:
        assert self.found.ends == {"a": 4, "b": 20}
        assert self.found.finish == 20

    def test_float_is_measured_to_the_end_of_the_own_project(self) -> None:
        assert list(self.found.total_float) == [0, 0, 15, 0]
        assert list(self.found.free_float) == [0, 0, 15, 0]

    def test_near_critical_is_a_threshold_in_minutes(self) -> None:
        assert not self.found.is_critical("b.take", threshold=14)
        assert self.found.is_critical("b.take", threshold=15)


class TestFloatOverAWeekend:
    def test_elapsed_work_that_ends_on_a_saturday_has_no_working_time_to_lose(self) -> None:
        cure = Activity("cure", 1 * DAY, is_elapsed=True)
        found = in_england(
            [Activity("pour", 5 * 450), cure, Activity("strip", 450)],
            ["pour>cure", "cure>strip"],
        )
        assert found.dates("cure").early_finish == date(2026, 3, 7)
        assert found.total_float[1] == 0
        assert found.free_float[1] == 0
        assert found.dates("cure").late_finish == date(2026, 3, 9)

    def test_the_late_finish_of_work_is_the_evening_and_not_the_next_morning(self) -> None:
        found = in_england(
            [Activity("short", 450), Activity("long", 5 * 450), Activity("then", 450)],
            ["short>then", "long>then"],
        )
        assert found.dates("short").late_finish == date(2026, 3, 6)
        assert found.dates("short").late_start == date(2026, 3, 6)
        assert found.total_float[0] == 4 * 450


def in_england(activities: list[Activity], links: list[str]) -> Schedule:
    """Schedule from Monday 2 March 2026 on the English calendar."""
    return schedule(build_network(activities, [link(text) for text in links], [ENGLAND], START))
