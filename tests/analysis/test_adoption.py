"""Adoption and change load, held against the worked examples WE-42 and WE-44."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.adoption import (
    ELEMENTS,
    adkar_profile,
    barrier_point,
    change_load,
    saturation,
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
