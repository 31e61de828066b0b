"""The pass over samples places everything where the pass over numbers does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from portfolio.loading.loader import load
from portfolio.network.planning import Plan, plan_of
from portfolio.network.sampled import sampled_forward
from portfolio.network.sampled_axis import SampledAxis
from portfolio.network.sampled_ends import sampled_ends
from portfolio.network.schedule import schedule

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return a plan with every link type, progress, lags and imposed dates."""
    portfolio = load(MERIDIAN, today=date(2026, 3, 31)).portfolio
    assert portfolio is not None
    return plan_of(portfolio)


def test_every_sample_is_a_schedule(plan: Plan) -> None:
    network, work = plan.network, plan.schedule.work
    stated = np.array(work.minutes, float)[:, None]
    chance = np.random.default_rng(1)
    minutes = np.rint(stated * chance.uniform(0.3, 3, (len(stated), 12)))
    found = sampled_forward(network, work, minutes.copy(), {})
    ends = sampled_ends(found)
    for sample in range(minutes.shape[1]):
        numbers = replace(work, minutes=[int(each) for each in minutes[:, sample]])
        expected = schedule(network, stated=numbers)
        assert expected.ends == {name: samples[sample] for name, samples in ends.items()}
        reached = [found.finish_instant(node)[sample] for node in range(len(stated))]
        assert list(expected.early_finish) == reached


def test_the_axis_of_samples_converts_like_the_axis(plan: Plan) -> None:
    axis = plan.network.axes[0]
    sampled = SampledAxis(axis)
    spread = range(axis.first - 30_000, axis.last + 30_000, 977)
    assert [axis.position(at) for at in spread] == list(sampled.position(np.array(spread, float)))
    positions = range(-20_000, axis.positions[-1] + 20_000, 233)
    array = np.array(positions, float)
    assert [axis.start_at(each) for each in positions] == list(sampled.start_at(array))
    assert [axis.finish_at(each) for each in positions] == list(sampled.finish_at(array))
