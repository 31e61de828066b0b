"""Three points, held against the worked examples WE-25 to WE-28."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from portfolio.analysis.risk import distributions as formulas
from portfolio.analysis.risk.distributions import ThreePoint, gaussian_copula

POINTS = ThreePoint(2, 4, 9)


def test_the_moments_of_both_shapes() -> None:
    assert formulas.mean(POINTS, "triangular") == 5
    assert formulas.mean(POINTS, "pert") == 4.5
    assert formulas.standard_deviation(POINTS, "triangular") == pytest.approx(1.472, abs=5e-5)
    assert formulas.standard_deviation(POINTS, "pert") == pytest.approx(1.2677, abs=5e-5)


def test_the_deviation_for_sums_by_hand_is_not_that_of_a_sampler() -> None:
    assert formulas.classic_deviation(POINTS) == pytest.approx(1.1667, abs=5e-5)
    uniform = (np.arange(100_000) + 0.5) / 100_000
    sampled = formulas.quantiles(POINTS, "pert", uniform).std()
    assert sampled == pytest.approx(1.2677, abs=1e-3)


@pytest.mark.parametrize(
    ("shape", "median", "eighty"), [("triangular", 4.8167, 6.3542), ("pert", 4.3826, 5.6259)]
)
def test_the_quantiles_of_both_shapes(shape: formulas.Shape, median: float, eighty: float) -> None:
    found = formulas.quantiles(POINTS, shape, np.array([0, 0.5, 0.8, 1]))
    assert found == pytest.approx([2, median, eighty, 9], abs=5e-5)


@pytest.mark.parametrize("points", [(1, 1, 3), (1, 3, 3)])
def test_a_mode_at_either_end_is_a_distribution_too(points: tuple[int, int, int]) -> None:
    uniform = (np.arange(20_000) + 0.5) / 20_000
    for shape in ("triangular", "pert"):
        stated = ThreePoint(*points)
        found = formulas.quantiles(stated, shape, uniform)
        assert found.mean() == pytest.approx(formulas.mean(stated, shape), abs=1e-3)


def test_equal_points_are_a_constant() -> None:
    constant = ThreePoint(3, 3, 3)
    assert formulas.standard_deviation(constant, "pert") == 0
    assert set(formulas.quantiles(constant, "pert", np.array([0.1, 0.9]))) == {3}


def test_points_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not in ascending order"):
        ThreePoint(4, 2, 9)


def test_the_probability_of_a_pert_path() -> None:
    path = [ThreePoint(5, 8, 17), ThreePoint(3, 5, 7), ThreePoint(4, 6, 8), ThreePoint(3, 4, 5)]
    expected = sum(formulas.mean(each, "pert") for each in path)
    deviation = sqrt(sum(formulas.classic_deviation(each) ** 2 for each in path))
    assert expected == 24
    assert deviation == pytest.approx(2.2361, abs=5e-5)
    total = NormalDist(expected, deviation)
    assert total.cdf(28) == pytest.approx(0.9632, abs=5e-5)
    assert total.inv_cdf(0.8) == pytest.approx(25.8819, abs=5e-5)


def test_a_pert_chain_adds_variances_and_not_deviations() -> None:
    total = formulas.deviation_of_sum([0.5, 1.5, 0.5, 1 / 3], {})
    assert total == pytest.approx(1.6915, abs=5e-5)


def test_correlation_widens_a_total() -> None:
    deviations = [2.0, 3.0, 4.0]
    alone = formulas.deviation_of_sum(deviations, {})
    tied = formulas.deviation_of_sum(deviations, {(0, 1): 0.5, (0, 2): 0.3, (1, 2): 0.4})
    assert (alone, tied) == pytest.approx((5.3852, 7.0285), abs=5e-5)
    eighty = [NormalDist(45, each).inv_cdf(0.8) for each in (alone, tied)]
    assert eighty == pytest.approx([49.5323, 50.9153], abs=5e-5)


def test_a_possible_matrix_is_left_alone() -> None:
    copula = gaussian_copula({(0, 1): 0.5, (0, 2): 0.3, (1, 2): 0.4})
    assert copula.repaired_by == 0
    assert copula.factor @ copula.factor.T == pytest.approx(
        np.array([[1, 0.5, 0.3], [0.5, 1, 0.4], [0.3, 0.4, 1]])
    )


def test_an_impossible_matrix_is_repaired_and_says_by_how_much() -> None:
    copula = gaussian_copula({(0, 1): 0.9, (1, 2): 0.9, (0, 2): -0.9})
    repaired = copula.factor @ copula.factor.T
    assert np.linalg.eigvalsh(repaired).min() > -1e-12
    assert np.diag(repaired) == pytest.approx([1, 1, 1])
    assert copula.repaired_by == pytest.approx(abs(repaired[0, 2] + 0.9))
    assert 0.3 < copula.repaired_by < 0.6
