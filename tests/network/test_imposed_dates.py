"""Constraints and deadlines: what they fix, what they limit, and the float that shows it."""

from __future__ import annotations

from typing import ClassVar

import pytest

from portfolio.network.activities import Activity, ConstraintType
from portfolio.network.schedule import Driver
from tests.network.networks import by_id, plain_schedule


class TestImposedDates:
    """A takes 5, B takes 4 after it, C takes 12 beside them."""

    durations: ClassVar = {"A": 5, "B": 4, "C": 12}

    @pytest.mark.parametrize(
        ("constraint", "imposed", "dates", "floats"),
        [
            ("SNET", 7, (7, 11), (3, 1)),
            ("SNLT", 4, (5, 9), (-1, -1)),
            ("FNET", 11, (7, 11), (3, 1)),
            ("FNLT", 10, (5, 9), (1, 1)),
            ("MSO", 6, (6, 10), (1, 0)),
            ("MSO", 3, (3, 7), (-2, 0)),
            ("MFO", 11, (7, 11), (2, 0)),
        ],
    )
    def test_a_constraint_on_b_decides_its_dates_and_the_floats_of_a_and_b(
        self,
        constraint: ConstraintType,
        imposed: int,
        dates: tuple[int, int],
        floats: tuple[int, int],
    ) -> None:
        held = Activity("B", 4, constraint=constraint, constraint_at=imposed)
        found = plain_schedule(self.durations, ["A>B"], held)
        assert (found.early_start[1], found.early_finish[1]) == dates
        assert tuple(found.total_float[:2]) == floats

    def test_as_late_as_possible_uses_its_own_float_and_nobody_elses(self) -> None:
        late = Activity("A", 5, constraint="ALAP")
        found = plain_schedule({**self.durations, "D": 1}, ["A>B", "B>D", "C>D"], late)
        assert by_id(found, found.early_start) == {"A": 0, "B": 5, "C": 0, "D": 12}
        both = (late, Activity("B", 4, constraint="ALAP"))
        found = plain_schedule({**self.durations, "D": 1}, ["A>B", "B>D", "C>D"], *both)
        assert by_id(found, found.early_start) == {"A": 3, "B": 8, "C": 0, "D": 12}
        assert found.driver("A") == Driver("constraint")

    def test_a_deadline_moves_no_early_date(self) -> None:
        found = plain_schedule(self.durations, ["A>B"], Activity("B", 4, deadline=8))
        assert found.early_finish[1] == 9
        assert tuple(found.total_float) == (-1, -1, 0)


class TestMilestonesUnderImposedDates:
    durations: ClassVar = {"A": 5, "M": 0, "B": 4}
    links = ("A>M", "M>B")

    @pytest.mark.parametrize(
        ("held", "stands", "floats"),
        [
            (Activity("M", constraint="SNET", constraint_at=7), 7, [2, 0, 0]),
            (Activity("M", constraint="FNET", constraint_at=7), 7, [2, 0, 0]),
            (Activity("M", constraint="MFO", constraint_at=3), 3, [-2, 0, 0]),
            (Activity("M", constraint="MSO", constraint_at=8), 8, [3, 0, 0]),
            (Activity("M", constraint="FNLT", constraint_at=4), 5, [-1, -1, 0]),
            (Activity("M", constraint="SNLT", constraint_at=3), 5, [-2, -2, 0]),
            (Activity("M", deadline=4), 5, [-1, -1, 0]),
            (Activity("M", constraint="ALAP"), 5, [0, 0, 0]),
        ],
    )
    def test_it_stands_and_leaves_room(
        self, held: Activity, stands: int, floats: list[int]
    ) -> None:
        found = plain_schedule(self.durations, self.links, held)
        assert found.early_finish[1] == stands
        assert list(found.total_float) == floats

    def test_as_late_as_possible_is_just_before_what_waits_for_it(self) -> None:
        late = Activity("M", constraint="ALAP")
        found = plain_schedule({"M": 0, "C": 9, "B": 4}, ["M>B", "C>B"], late)
        assert found.early_finish == [9, 9, 13]

    def test_the_reason_names_the_imposed_date(self) -> None:
        held = Activity("M", constraint="SNET", constraint_at=7)
        assert plain_schedule(self.durations, self.links, held).driver("M").reason == "constraint"
        fixed = Activity("M", constraint="MFO", constraint_at=7)
        assert plain_schedule(self.durations, self.links, fixed).driver("M").reason == "constraint"
        early = Activity("A", 5, constraint="FNET", constraint_at=8)
        assert plain_schedule(self.durations, self.links, early).driver("A").reason == "constraint"
