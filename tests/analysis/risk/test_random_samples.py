"""Random numbers of our own making: the bits are numpy's, the rest has known values."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.analysis.risk.distributions import gaussian_copula, normal_values
from portfolio.analysis.risk.random_samples import standard_normal, uniform
from portfolio.measure.random_numbers import below, streams


def test_the_bits_are_those_that_numpy_publishes_for_this_generator() -> None:
    """The first of pcg64-testset-1.csv, which numpy tests each release against."""
    bits = np.random.PCG64(0xDEADBEAF).random_raw(3)
    assert [f"{each:x}" for each in bits] == [
        "60d24054e17a0698", "d5e79d89856e4f12", "d254972fe64bd782",
    ]  # fmt: skip


def test_a_share_is_the_upper_53_bits() -> None:
    drawn = uniform(np.random.PCG64(0xDEADBEAF), 1, 2)
    assert drawn[0].tolist() == [
        (0x60D24054E17A0698 >> 11) / 2**53,
        (0xD5E79D89856E4F12 >> 11) / 2**53,
    ]


def test_shares_are_the_same_drawn_by_rows_or_at_once() -> None:
    [one], [other] = streams(7, 1), streams(7, 1)
    whole = uniform(one, 70, 5)
    assert whole.tolist() == [uniform(other, 1, 5)[0].tolist() for _ in range(70)]


def test_streams_of_one_seed_have_nothing_in_common() -> None:
    drawn = [uniform(stream, 1, 1000)[0] for stream in streams(7, 4)]
    assert abs(np.corrcoef(drawn) - np.eye(4)).max() < 0.1


@pytest.mark.parametrize(
    ("share", "value"),
    [(0.5, 0.0), (0.8, 0.8416212), (0.9, 1.2815516), (0.975, 1.9599640), (0.01, -2.3263479),
     (0.001, -3.0902323), (1e-6, -4.7534243)],
)  # fmt: skip
def test_a_normal_sample_is_the_quantile_of_the_tables(share: float, value: float) -> None:
    assert normal_values(np.array([share]))[0] == pytest.approx(value, abs=1e-5)


def test_normal_samples_have_the_moments_of_the_normal_distribution() -> None:
    [stream] = streams(1, 1)
    drawn = standard_normal(stream, 10, 100_000)
    assert drawn.mean() == pytest.approx(0, abs=0.004)
    assert drawn.std() == pytest.approx(1, abs=0.003)
    assert (drawn**3).mean() == pytest.approx(0, abs=0.02)
    assert (drawn**4).mean() == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 52])
def test_every_whole_number_below_a_limit_comes_as_often(limit: int) -> None:
    [stream] = streams(limit, 1)
    counts = np.bincount(below(stream, limit, 100, 1000).ravel().astype(int), minlength=limit)
    assert len(counts) == limit
    assert abs(counts - 100_000 / limit).max() < 5 * (100_000 / limit) ** 0.5


@pytest.mark.parametrize(("count", "rho"), [(3, 0.5), (6, 0.3), (12, 1.0)])
def test_a_group_that_correlates_alike_has_one_factor_whatever_library_finds_it(
    count: int, rho: float
) -> None:
    """Its eigenvectors are not unique; its symmetric square root is, and known in closed form."""
    pairs = {(i, j): rho for i in range(count) for j in range(i + 1, count)}
    apart = (1 - rho) ** 0.5
    together = ((1 + (count - 1) * rho) ** 0.5 - apart) / count
    expected = apart * np.eye(count) + together
    assert abs(gaussian_copula(pairs).factor - expected).max() < 1e-8
