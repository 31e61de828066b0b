"""Adoption and change load, held against the worked examples WE-42 and WE-44."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.operations.adoption import (
    ELEMENTS,
    adkar_profile,
    adoption_index,
    barrier_point,
    change_load,
    individual_barriers,
    saturation,
    speed_of_adoption,
    support_gap,
    training_coverage,
)

# Four people: awareness, desire, knowledge, ability, reinforcement.
PEOPLE = [(5, 4, 3, 2, 3), (4, 3, 2, 2, 1), (4, 4, 3, 3, 2), (5, 3, 3, 2, 2)]


def test_the_group_is_blocked_at_knowledge_and_half_of_its_people_at_desire() -> None:
    profile = adkar_profile(PEOPLE).value
    assert profile is not None
    means = [Decimal(m) for m in ("4.5", "3.5", "2.75", "2.25", "2")]
    assert list(profile.means.values()) == means
    assert (profile.barrier, profile.readiness) == ("knowledge", Decimal("0.6"))
    individuals = [
        barrier_point(dict(zip(ELEMENTS, map(Decimal, scores), strict=True))) for scores in PEOPLE
    ]
    assert individuals == ["knowledge", "desire", "knowledge", "desire"]


def test_without_answers_there_is_no_profile() -> None:
    assert adkar_profile([]).code == "no_data"


@pytest.mark.parametrize(
    ("magnitudes", "capacity", "load", "share"),
    [
        (["high", "medium"], 15, 15, "100.0"),
        (["medium", "low", "low"], 15, 7, "46.7"),
        ([], 15, 0, "0.0"),
        (["low"], 12, 1, "8.3"),
        (["high", "high", "medium"], 12, 25, "208.3"),
        (["medium"], 12, 5, "41.7"),
    ],
)
def test_the_heat_map(magnitudes: list[str], capacity: int, load: int, share: str) -> None:
    assert change_load(magnitudes) == load
    found = saturation(load, Decimal(capacity)).value
    assert found is not None
    assert f"{100 * found:.1f}" == share


def test_a_unit_that_can_absorb_nothing_has_no_saturation() -> None:
    assert saturation(5, Decimal(0)).code == "zero_denominator"


def test_the_barriers_of_individuals_are_counted_for_four_people_and_no_fewer() -> None:
    assert individual_barriers(PEOPLE).value == {"desire": 2, "knowledge": 2}
    free = individual_barriers([(4, 4, 4, 4, 4)] * 4).value
    assert free == {"none": 4}
    assert individual_barriers(PEOPLE[:3]).code == "small_sample"
    assert individual_barriers([]).code == "no_data"


def test_adoption_is_use_times_proficiency() -> None:
    assert adoption_index(100, 70, 56).value == Decimal("0.56")
    assert adoption_index(100, 0, 0).value == 0
    assert adoption_index(0, 0, 0).code == "zero_denominator"


@pytest.mark.parametrize(
    ("use", "expected"),
    [(("0.8", "0.8"), 1), (("0.5", "0.9", "0.8"), 2), (("0.9", "0.7", "0.9"), None), ((), None)],
)
def test_speed_asks_for_two_periods_at_the_target(
    use: tuple[str, ...], expected: int | None
) -> None:
    found = speed_of_adoption([Decimal(each) for each in use], Decimal("0.8"))
    assert found.value == expected
    assert found.is_known or found.code == "unreachable"


def test_support_to_spare_in_one_group_does_not_help_another() -> None:
    assert support_gap([(34, 1, 2), (96, 1, 1), (152, 0, 1)]).value == Decimal(186) / 282
    assert support_gap([(10, -2, 2)]).value == 4
    assert support_gap([(0, -2, 2)]).code == "no_data"


def test_training_goes_on_at_its_pace_and_never_beyond_everybody() -> None:
    def projected(*numbers: int) -> Decimal | None:
        found = training_coverage(*numbers).value
        assert found is not None
        return found.projected.value

    assert projected(30, 60, 20, 10) == Decimal("0.75")
    assert projected(30, 60, 20, 100) == 1
    assert projected(30, 60, 20, -5) == Decimal("0.5")
    assert projected(30, 60, 0, 10) is None
    assert projected(30, 60) is None
    assert training_coverage(0, 0).code == "zero_denominator"
