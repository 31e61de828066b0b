"""The pass over samples places everything where the pass over numbers does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from portfolio.loading.loader import load
from portfolio.network.activities import Activity
from portfolio.network.portfolio_schedule import Plan, plan_of
from portfolio.network.progress import Work, remaining_work
from portfolio.network.sampled.axis import SampledAxis
from portfolio.network.sampled.backward_pass import sampled_critical
from portfolio.network.sampled.forward_pass import sampled_ends, sampled_forward
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import Network, build_network
from tests.network.networks import ENGLAND, SITE, START, drawn_portfolios, plain_network
from tests.portfolios import view_in

MERIDIAN = Path(__file__).parents[3] / "examples" / "meridian"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return a plan with every link type, progress, lags and imposed dates."""
    portfolio = view_in(load(MERIDIAN, today=date(2026, 3, 31)))
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


def disagreements(network: Network, work: Work, minutes: NDArray[np.float64]) -> list[str]:
    """Return what is critical in a sample and has float in the schedule of it, or reverse."""
    found = sampled_forward(network, work, minutes.copy(), {})
    critical = sampled_critical(found, sampled_ends(found))
    wrong = []
    for sample in range(minutes.shape[1]):
        numbers = replace(work, minutes=[int(each) for each in minutes[:, sample]])
        room = schedule(network, stated=numbers).total_float
        for node, free in enumerate(room):
            if critical[node][sample] != (free is not None and free <= 0):
                wrong.append(f"{network.activities[node].id}: {free}")
    return wrong


def test_critical_is_no_float_in_the_schedule_of_every_sample(plan: Plan) -> None:
    work = plan.schedule.work
    stated = np.array(work.minutes, float)[:, None]
    chance = np.random.default_rng(2)
    minutes = np.rint(stated * chance.uniform(0.3, 3, (len(stated), 40)))
    assert disagreements(plan.network, work, minutes) == []


def test_work_far_behind_a_date_is_critical_although_it_drives_nothing() -> None:
    """The shorter path waits five units at the merge, but the date is missed by twenty-one."""
    promised = Activity("end", 1, deadline=10)
    network = plain_network(
        {"long": 30, "short": 25, "end": 1}, ["long>end", "short>end"], promised
    )
    work = remaining_work(network)
    found = sampled_forward(network, work, np.array(work.minutes, float)[:, None], {})
    assert schedule(network).total_float == [-21, -16, -21]
    assert sampled_critical(found, sampled_ends(found)).all()


@settings(max_examples=150, deadline=None)
@given(network=drawn_portfolios(), seed=st.integers(0, 1000), due=st.integers(0, 20))
def test_critical_is_no_float_on_random_networks(network: Network, seed: int, due: int) -> None:
    chance = np.random.default_rng(seed)
    promised = [
        activity._replace(deadline=START + due * 1440) if chance.random() < 0.3 else activity
        for activity in network.activities
    ]
    network = build_network(promised, network.links, [ENGLAND, SITE], START)
    work = remaining_work(network)
    stated = np.array(work.minutes, float)[:, None]
    minutes = np.rint(stated * chance.uniform(0.3, 3, (len(stated), 5)))
    assert disagreements(network, work, minutes) == []


def test_the_axis_of_samples_converts_like_the_axis(plan: Plan) -> None:
    axis = plan.network.axes[0]
    sampled = SampledAxis(axis)
    spread = range(axis.first - 30_000, axis.last + 30_000, 977)
    assert [axis.position(at) for at in spread] == list(sampled.position(np.array(spread, float)))
    positions = range(-20_000, axis.positions[-1] + 20_000, 233)
    array = np.array(positions, float)
    assert [axis.start_at(each) for each in positions] == list(sampled.start_at(array))
    assert [axis.finish_at(each) for each in positions] == list(sampled.finish_at(array))
