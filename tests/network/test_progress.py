"""Progress: actual dates win, the rest begins at the data date, logic is retained or overridden."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import Driver, Schedule, schedule
from portfolio.network.schedule_network import build_network
from tests.network.networks import CLOCK, ENGLAND, START, link


def at_ten(activities: list[Activity], *links: str, override: bool = False) -> Schedule:
    """Schedule on an axis without nights with the data date 10."""
    network = build_network(
        activities,
        [link(text) for text in links],
        [CLOCK],
        0,
        data_date=10,
        progress_override=override,
    )
    return schedule(network)


def span(found: Schedule, id_: str) -> tuple[int, int]:
    """Return the early start and finish."""
    node = found.network.index[id_]
    return found.early_start[node], found.early_finish[node]


class TestActualDatesWin:
    done = Activity("A", 5, actual_start=2, actual_finish=9)

    def test_finished_work_stands_where_it_was_and_has_no_float(self) -> None:
        found = at_ten([self.done, Activity("B", 3)], "A>B")
        assert span(found, "A") == (2, 9)
        assert (found.late_start[0], found.late_finish[0]) == (2, 9)
        assert (found.total_float[0], found.free_float[0]) == (None, None)
        assert found.driver("A") == Driver("actual")
        assert not found.is_critical("A")

    def test_a_finish_without_a_start_is_counted_back(self) -> None:
        assert span(at_ten([Activity("A", 5, actual_finish=9)]), "A") == (4, 9)

    def test_its_predecessors_no_longer_hold_it(self) -> None:
        found = at_ten([Activity("P", 8), self.done], "P>A")
        assert span(found, "A") == (2, 9)
        assert found.slack(0) == 2 - 18
        assert found.total_float[0] == 0

    def test_start_to_start_counts_from_the_actual_start(self) -> None:
        begun = Activity("A", 20, actual_start=4, remaining=14)
        found = at_ten([begun, Activity("B", 3)], "A SS+8 B")
        assert span(found, "B") == (12, 15)
        assert found.total_float == [0, 9]


class TestTheDataDate:
    def test_nothing_that_has_not_begun_is_planned_into_the_past(self) -> None:
        found = at_ten([Activity("A", 5)])
        assert span(found, "A") == (10, 15)
        assert found.driver("A") == Driver("data_date")

    def test_remaining_work_begins_there(self) -> None:
        assert span(at_ten([Activity("A", 9, actual_start=3, remaining=4)]), "A") == (3, 14)

    @pytest.mark.parametrize(("begun", "finish"), [(8, 13), (3, 10)])
    def test_unstated_remaining_work_is_what_time_has_not_used_up(
        self, begun: int, finish: int
    ) -> None:
        assert span(at_ten([Activity("A", 5, actual_start=begun)]), "A") == (begun, finish)

    def test_an_overdue_milestone_stands_on_its_forecast_until_somebody_moves_it(self) -> None:
        found = at_ten([Activity("M", start_no_earlier=6), Activity("B", 2)], "M>B")
        assert span(found, "M") == (6, 6)
        assert span(found, "B") == (10, 12)

    def test_without_a_data_date_the_rest_follows_what_is_done(self) -> None:
        begun = Activity("A", 9, actual_start=3, remaining=4)
        network = build_network([begun], [], [CLOCK], 0)
        assert span(schedule(network), "A") == (3, 12)

    def test_remaining_work_counts_on_the_calendar(self) -> None:
        thursday = ENGLAND.start_of(date(2026, 4, 2))
        begun = Activity("A", 4500, actual_start=START, remaining=900)
        network = build_network([begun], [], [ENGLAND], START, data_date=thursday)
        assert schedule(network).dates("A").early_finish == date(2026, 4, 7)


class TestOutOfSequence:
    """B has begun although A, which it waits for, has not."""

    activities = (Activity("A", 6), Activity("B", 9, actual_start=4, remaining=3))

    def test_retained_logic_lets_the_rest_of_b_wait(self) -> None:
        found = at_ten([*self.activities], "A>B")
        assert span(found, "B") == (4, 19)
        assert found.total_float == [0, 0]
        assert found.driver("B") == Driver("link", Link("A", "B"))
        assert found.late_start[1] == 4

    def test_progress_override_lets_b_go_on(self) -> None:
        found = at_ten([*self.activities], "A>B", override=True)
        assert span(found, "B") == (4, 13)
        assert found.total_float == [0, 3]
        assert found.driver("B") == Driver("actual")

    def test_constraints_on_the_start_are_history(self) -> None:
        held = self.activities[1]._replace(constraint="MSO", constraint_at=30)
        assert span(at_ten([held]), "B") == (4, 13)

    def test_a_finish_limit_still_counts(self) -> None:
        held = self.activities[1]._replace(constraint="FNLT", constraint_at=11)
        assert at_ten([held]).total_float == [-2]
