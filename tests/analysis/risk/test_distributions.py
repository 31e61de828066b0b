"""Three points, held against the worked examples WE-25 to WE-28."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.analysis.risk import distributions as formulas
from portfolio.analysis.risk.distributions import ThreePoint, gaussian_copula

POINTS = ThreePoint(2, 4, 9)


@pytest.mark.parametrize(
    ("shape", "mean", "deviation"), [("triangular", 5, 1.472), ("pert", 4.5, 1.2677)]
)
def test_the_moments_of_both_shapes(shape: formulas.Shape, mean: float, deviation: float) -> None:
    """Not the sixth of the span that is added up by hand, which would be 1.1667."""
    uniform = (np.arange(100_000) + 0.5) / 100_000
    sampled = formulas.quantiles(POINTS, shape, uniform)
    assert (sampled.mean(), sampled.std()) == pytest.approx((mean, deviation), abs=1e-3)


@pytest.mark.parametrize(
    ("shape", "median", "eighty"), [("triangular", 4.8167, 6.3542), ("pert", 4.3826, 5.6259)]
)
def test_the_quantiles_of_both_shapes(shape: formulas.Shape, median: float, eighty: float) -> None:
    found = formulas.quantiles(POINTS, shape, np.array([0, 0.5, 0.8, 1]))
    assert found == pytest.approx([2, median, eighty, 9], abs=5e-5)


@pytest.mark.parametrize(
    ("points", "triangular", "pert"), [((1, 1, 3), 5 / 3, 8 / 6), ((1, 3, 3), 7 / 3, 16 / 6)]
)
def test_a_mode_at_either_end_is_a_distribution_too(
    points: tuple[int, int, int], triangular: float, pert: float
) -> None:
    uniform = (np.arange(20_000) + 0.5) / 20_000
    stated = ThreePoint(*points)
    assert formulas.quantiles(stated, "triangular", uniform).mean() == pytest.approx(
        triangular, abs=1e-3
    )
    assert formulas.quantiles(stated, "pert", uniform).mean() == pytest.approx(pert, abs=1e-3)


def test_equal_points_are_a_constant() -> None:
    constant = ThreePoint(3, 3, 3)
    assert set(formulas.quantiles(constant, "pert", np.array([0.1, 0.9]))) == {3}


def test_points_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not in ascending order"):
        ThreePoint(4, 2, 9)


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
