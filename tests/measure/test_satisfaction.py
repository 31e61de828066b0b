"""The voice of the customer in figures, held against the worked examples WE-39, WE-40 and WE-41."""

from __future__ import annotations

import pytest

from portfolio.measure.satisfaction import (
    customer_effort,
    net_promoter,
    net_promoter_of,
    response_rate,
    satisfaction,
)
from portfolio.measure.statistics import Interval, difference, finite_population_factor, straddles

EXACT = 1e-6


def test_satisfaction_is_the_share_of_the_two_top_boxes() -> None:
    found = satisfaction([5] * 40 + [4] * 35 + [3] * 21).value
    assert found is not None
    assert 100 * found.share == pytest.approx(78.125, rel=EXACT)
    assert 100 * found.interval.low == pytest.approx(68.8620932638833, rel=EXACT)
    assert 100 * found.interval.high == pytest.approx(85.22365491912247, rel=EXACT)


def test_the_top_boxes_are_those_of_the_scale() -> None:
    found = satisfaction([7, 6, 5, 4], highest=7).value
    assert found is not None
    assert (found.share, found.mean) == (0.5, 5.5)


def test_eight_of_ten_is_compatible_with_anything_from_49_to_94_percent() -> None:
    found = satisfaction([5] * 8 + [2] * 2).value
    assert found is not None
    assert straddles(found.interval, 0.85)
    assert not straddles(Interval(0.9, 0.99), 0.85)


@pytest.mark.parametrize(
    ("answers", "score", "low", "high"),
    [
        ((9, 7, 4), 25.0, -9.470161896581722, 52.94842276614694),
        ((5, 0, 0), 100.0, 17.49145303416897, 100),
    ],
)
def test_the_net_promoter_score_and_its_adjusted_interval(
    answers: tuple[int, int, int], score: float, low: float, high: float
) -> None:
    found = net_promoter(*answers).value
    assert found is not None
    assert (found.score, found.low, found.high) == pytest.approx((score, low, high), rel=EXACT)


def test_a_thousand_answers_narrow_the_net_promoter_score() -> None:
    found = net_promoter(250, 675, 75).value
    assert found is not None
    assert found.score == 17.5
    # The plain Wald interval of the same answers is 14.137 to 20.863.
    assert (found.low, found.high) == pytest.approx((14.137219, 20.862781), abs=0.1)


def test_promoters_are_nines_and_tens_and_detractors_six_and_below() -> None:
    found = net_promoter_of([10, 9, 8, 7, 6, 0]).value
    assert found is not None
    assert (found.score, found.count) == (0.0, 6)


def test_effort_by_mean_and_by_share() -> None:
    found = customer_effort([6, 7, 5, 4, 7, 6, 2, 5, 6, 7]).value
    assert found is not None
    assert (found.mean, found.easy, found.count) == (5.5, 0.8, 10)


def test_ten_easy_answers_of_twenty_are_half() -> None:
    found = customer_effort([6] * 10 + [3] * 10).value
    assert found is not None
    assert found.easy == 0.5


def test_effort_on_another_scale_is_refused() -> None:
    assert customer_effort([9, 10]).code == "out_of_range"


def test_the_response_rate_and_how_a_small_population_narrows_the_interval() -> None:
    assert response_rate(10, 25).value == 0.4
    factor = finite_population_factor(10, 25).value
    assert factor is not None
    half_width = 1.96 * (0.8 * 0.2 / 10) ** 0.5
    assert 100 * half_width * factor == pytest.approx(19.6, rel=EXACT)


@pytest.mark.parametrize("compute", [satisfaction, net_promoter_of, customer_effort])
def test_nobody_answered_is_no_data(compute: object) -> None:
    assert callable(compute)
    assert compute([]).code == "no_data"


def test_a_rate_without_invitations_is_not_known() -> None:
    assert response_rate(3, None).code == "no_data"
    assert response_rate(0, 0).code == "zero_denominator"
    assert finite_population_factor(10, 5).code == "out_of_range"
    assert finite_population_factor(1, 1).code == "out_of_range"


def test_two_periods_are_compared_by_the_interval_of_their_difference() -> None:
    found = difference((85, 100), (60, 100)).value
    assert found is not None
    assert 0.12 < found.low < 0.25 < found.high < 0.38
    unclear = difference((12, 20), (11, 20)).value
    assert unclear is not None
    assert unclear.low < 0 < unclear.high


def test_fewer_than_ten_answers_are_not_comparable() -> None:
    assert difference((9, 9), (80, 100)).code == "small_sample"
