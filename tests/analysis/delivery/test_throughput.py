"""When a backlog is empty, and how much of what a team promised it finished."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.delivery.throughput import Steps, steps, throughput_forecast
from portfolio.model.delivery.projects import Project
from tests.portfolios import portfolio_of

PROJECT = """
people: [{id: anna, name: Anna Sample}]
project: {id: atlas, name: Atlas, sponsor: anna, delivery: adaptive}
"""
BOXES = """
iterations:
  - {id: s1, project: atlas, start: 2026-02-02, end: 2026-02-13, committed: 10, delivered: 9,
     left: 30}
  - {id: s2, project: atlas, start: 2026-02-16, end: 2026-02-27, committed: 8, delivered: 10,
     kept: 7}
  - {id: s3, project: atlas, start: 2026-03-02, end: 2026-03-13, delivered: 5, left: 24}
  - {id: s4, project: atlas, start: 2026-03-30, end: 2026-04-10, committed: 9, left: 12}
"""


class TestForecast:
    """Past time boxes, drawn with replacement."""

    def test_a_steady_team_needs_the_backlog_by_its_pace(self) -> None:
        found = throughput_forecast([(4, 1)] * 6, 20).value
        assert found is not None
        assert (found.p50, found.p80) == (5, 5)

    def test_a_part_of_a_fortnight_is_enough_for_a_part_of_its_items(self) -> None:
        found = throughput_forecast([(8, 2)] * 3, 12).value
        assert found is not None
        assert (found.p50, found.p80) == (3, 3)

    def test_two_outcomes_agree_with_the_exact_distribution(self) -> None:
        # Weeks finish 0 or 2 items, one as likely as the other; 2 items left. The week in which
        # they are finished is geometric: 1/2 in the first, 3/4 by the second, 7/8 by the third.
        found = throughput_forecast([(0, 1), (2, 1)] * 3, 2, runs=40_000).value
        assert found is not None
        assert found.p50 in {1, 2}  # exactly one half lies at the edge
        assert found.p80 == 3

    def test_the_same_seed_gives_the_same_weeks_and_another_seed_nearly(self) -> None:
        worked = [(n, 1) for n in (1, 2, 3, 4, 5, 9)]
        found = throughput_forecast(worked, 100).value
        assert found == throughput_forecast(worked, 100).value
        other = throughput_forecast(worked, 100, seed=7).value
        assert found is not None
        assert other is not None
        assert abs(found.p80 - other.p80) <= 1
        assert found.p50 < found.p80

    @pytest.mark.parametrize(
        ("worked", "code"),
        [
            ([(4, 1)] * 5, "small_sample"),
            ([(0, 1)] * 6, "unreachable"),
            ([(0, 1)] * 5000 + [(1, 1)], "unreachable"),
        ],
        ids=["five weeks", "nothing finished", "one week in a century"],
    )
    def test_too_little_data_and_no_progress_have_no_date(
        self, worked: list[tuple[int, int]], code: str
    ) -> None:
        assert throughput_forecast(worked, 1, runs=500).code == code

    def test_an_empty_backlog_needs_no_weeks(self) -> None:
        found = throughput_forecast([], 0).value
        assert found is not None
        assert found.p80 == 0


def found_of(text: str) -> Steps | None:
    portfolio = portfolio_of(PROJECT + text)
    return steps(portfolio, portfolio.all(Project)[0]).value


class TestSteps:
    """A project's own time boxes."""

    def test_more_than_was_promised_does_not_make_up_for_a_broken_promise(self) -> None:
        found = found_of(BOXES)
        assert found is not None
        assert found.count == 3  # the fourth has not ended
        assert found.say_do.value == Decimal(16) / 18
        assert found.per_week.value == 4

    def test_the_forecast_counts_from_the_end_of_the_last_box(self) -> None:
        found = found_of(BOXES)
        assert found is not None
        assert found.left == 24
        assert found.p50.value is not None
        assert date(2026, 4, 10) < found.p50.value < date(2026, 6, 1)
        assert found.p80.value is not None
        assert found.p80.value >= found.p50.value

    def test_a_backlog_that_is_not_stated_has_no_end(self) -> None:
        found = found_of(BOXES.replace(", left: 24", ""))
        assert found is not None
        assert found.p50.code == "no_data"
        assert found.p80.code == "no_data"

    def test_without_an_ended_box_there_is_nothing_to_say(self) -> None:
        assert found_of("") is None
