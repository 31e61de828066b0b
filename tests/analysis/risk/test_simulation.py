"""The simulation, held against closed forms and the worked examples WE-29, WE-30 and WE-64."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import sqrt

import numpy as np
import pytest

from portfolio.analysis.risk.distributions import Shape, ThreePoint
from portfolio.analysis.risk.simulation import (
    DiscreteRisk,
    SimulationModel,
    UncertainCost,
    UncertainDuration,
    simulate,
)
from portfolio.analysis.risk.simulation_inputs import simulation_inputs
from portfolio.analysis.risk.simulation_outcome import (
    COST,
    percentile,
    percentile_error,
    probability_within,
    tornado,
)
from portfolio.calendar import Calendar
from portfolio.network.activities import Activity, Link
from portfolio.network.progress import remaining_work
from portfolio.network.schedule_network import build_network
from tests.portfolios import portfolio_of

CHAIN = [ThreePoint(2, 4, 9), ThreePoint(3, 5, 12), ThreePoint(1, 2, 4)]
DAY = 480
TIED = dict.fromkeys(combinations(range(3), 2), 0.5)


def costs(points: list[ThreePoint], rho: dict[tuple[int, int], float]) -> SimulationModel:
    """Return a project whose cost is a sum of uncertain parts."""
    parts = (UncertainCost(f"part-{n}", "atlas", each) for n, each in enumerate(points))
    return SimulationModel(costs=tuple(parts), rho=rho)


def days(points: list[ThreePoint], links: list[Link]) -> SimulationModel:
    """Return activities a, b, c ... of uncertain days; what nothing follows ends the project."""
    calendar = Calendar("standard")
    nodes = [
        Activity("abc"[n], int(each.likely * DAY), project="atlas") for n, each in enumerate(points)
    ]
    network = build_network(nodes, links, [calendar], calendar.start_of(date(2026, 6, 1)))
    durations = tuple(
        UncertainDuration(
            "abc"[n], n, ThreePoint(each.low * DAY, each.likely * DAY, each.high * DAY)
        )
        for n, each in enumerate(points)
    )
    return SimulationModel(durations, network=network, work=remaining_work(network))


def working_days(samples: np.ndarray) -> np.ndarray:
    """Return instants as working days after the start of the network."""
    calendar = Calendar("standard")
    origin = calendar.axis.position(calendar.start_of(date(2026, 6, 1)))
    return np.array([(calendar.axis.position(int(at)) - origin) / DAY for at in samples])


def mean(points: ThreePoint, shape: Shape) -> float:
    """Return the closed form: the mode counts once in a triangle, four times in a beta-PERT."""
    weight = 1 if shape == "triangular" else 4
    return (points.low + weight * points.likely + points.high) / (2 + weight)


def variance(points: ThreePoint, shape: Shape) -> float:
    """Return the closed form: (mu - a)(b - mu) / 7 of a beta-PERT, that of a triangle by sides."""
    if shape == "pert":
        return (mean(points, shape) - points.low) * (points.high - mean(points, shape)) / 7
    left, right = points.likely - points.low, points.high - points.likely
    return (left * left + left * right + right * right) / 18


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_a_sum_of_independent_parts_has_the_moments_of_the_closed_form(shape: Shape) -> None:
    total = simulate(costs(CHAIN, {}), shape=shape).total_cost
    deviation = sqrt(sum(variance(each, shape) for each in CHAIN))
    assert total.mean() == pytest.approx(sum(mean(each, shape) for each in CHAIN), abs=0.1)
    assert total.std() == pytest.approx(deviation, rel=0.03)


def test_a_chain_of_three_triangles() -> None:
    total = simulate(costs(CHAIN, {}), iterations=200_000).total_cost
    found = [percentile(total, share) for share in (0.1, 0.5, 0.8, 0.9)]
    assert found == pytest.approx([10.84, 13.85, 16.17, 17.40], abs=0.03)
    assert total.std() == pytest.approx(2.51, abs=0.03)
    assert probability_within(total, 11) == pytest.approx(0.1144, abs=0.003)
    assert percentile(total, 0.8) - 11 == pytest.approx(5.17, abs=0.03)


def test_a_tied_chain_is_wider_and_its_mean_stays() -> None:
    total = simulate(costs(CHAIN, TIED), iterations=200_000).total_cost
    # Both this and the published figure are samples, each good to about 0.01.
    assert percentile(total, 0.8) == pytest.approx(16.93, abs=0.04)
    assert total.std() == pytest.approx(3.33, abs=0.03)
    assert total.mean() == pytest.approx(14, abs=0.03)


def test_perfect_correlation_adds_deviations() -> None:
    total = simulate(costs([CHAIN[0]] * 3, dict.fromkeys(TIED, 1.0))).total_cost
    assert total.std() == pytest.approx(3 * 1.472, rel=0.03)


def test_the_chain_as_a_schedule_finishes_when_its_durations_add_up() -> None:
    links = [Link("a", "b"), Link("b", "c")]
    outcome = simulate(days(CHAIN, links))
    found = working_days(outcome.ends["atlas"])
    assert percentile(found, 0.8) == pytest.approx(16.17, rel=0.01)
    assert outcome.criticality == (1.0, 1.0, 1.0)


def test_three_threats_against_their_exact_enumeration() -> None:
    threats = [(0.2, 100), (0.1, 300), (0.3, 60)]
    risks = tuple(
        DiscreteRisk(f"r{n}", p, "atlas", ThreePoint(i, i, i)) for n, (p, i) in enumerate(threats)
    )
    total = simulate(SimulationModel(risks=risks), iterations=200_000).total_cost
    cumulative = {
        0: 0.504, 60: 0.72, 100: 0.846, 160: 0.9, 300: 0.956, 360: 0.98, 400: 0.994, 460: 1
    }  # fmt: skip
    assert set(total) == set(cumulative)
    for limit, share in cumulative.items():
        assert probability_within(total, limit) == pytest.approx(share, abs=0.004)
    assert [percentile(total, share) for share in (0.5, 0.8, 0.95)] == [0, 100, 300]
    assert total.mean() == pytest.approx(68, rel=0.02)
    assert 1 - probability_within(total, 80) == pytest.approx(0.28, abs=0.004)


@pytest.mark.parametrize(("paths", "together"), [(2, 0.64), (3, 0.512)])
def test_parallel_paths_are_on_time_together_less_often_than_each(
    paths: int, together: float
) -> None:
    points = [ThreePoint(0, 10, 20)] * paths
    eighty = 20 - sqrt((1 - 0.8) * 20 * 10)  # P80 of each path
    outcome = simulate(days(points, []), iterations=50_000)
    found = working_days(outcome.ends["atlas"])
    assert probability_within(found, eighty) == pytest.approx(together, abs=0.01)
    assert percentile(found, 0.5) > 10
    assert sum(outcome.criticality) == pytest.approx(1, abs=0.01)
    assert outcome.criticality == pytest.approx([1 / paths] * paths, abs=0.01)


def test_p80_hardly_moves_with_another_seed_and_says_by_how_much() -> None:
    model = days(CHAIN, [Link("a", "b"), Link("b", "c")])
    first, second = (simulate(model, seed=seed).ends["atlas"] for seed in (1, 2))
    one, other = (percentile(working_days(each), 0.8) for each in (first, second))
    assert one != other
    assert abs(one - other) / one < 0.01
    error = percentile_error(working_days(first), 0.8)
    assert error is not None
    assert 0.01 < error < 0.1


def test_the_same_seed_gives_the_same_samples() -> None:
    model = costs(CHAIN, TIED)
    assert np.array_equal(simulate(model).total_cost, simulate(model).total_cost)


def test_a_risk_lengthens_what_it_hits_and_makes_it_critical() -> None:
    model = days([ThreePoint(5, 5, 5), ThreePoint(6, 6, 6)], [])
    struck = DiscreteRisk("late", 0.25, hits={0: 4 * DAY})
    risky = SimulationModel(
        model.durations, risks=(struck,), network=model.network, work=model.work
    )
    outcome = simulate(risky)
    found = working_days(outcome.ends["atlas"])
    assert set(found) == {6, 9}
    assert probability_within(found, 6) == pytest.approx(0.75, abs=0.02)
    assert outcome.criticality[0] == pytest.approx(0.25, abs=0.02)
    assert [each.id for each in tornado(outcome, "atlas")] == ["late"]


def test_the_tornado_ranks_by_what_moves_the_total_and_a_constant_moves_nothing() -> None:
    points = [ThreePoint(1, 2, 3), ThreePoint(10, 20, 60), ThreePoint(7, 7, 7)]
    outcome = simulate(costs(points, {}))
    found = tornado(outcome, COST)
    assert found[0].id == "part-1"
    assert found[0].rank > 0.95
    assert "part-2" not in {each.id for each in found}


def test_calendar_days_of_a_risk_count_as_the_working_time_in_them() -> None:
    portfolio = portfolio_of("""
people: [{id: anna, name: Anna Sample}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  activities: [{id: build, duration: 10d}]
risks:
  - {id: late, event: A, owner: anna, project: atlas, probability: 0.5, impact_time: 14cd,
     affects: [atlas.build]}
""")
    (late,) = simulation_inputs(portfolio).model.risks
    assert list(late.hits.values()) == [10 * 450]  # ten standard days of seven and a half hours


def test_three_durations_that_mix_working_and_elapsed_time_are_left_out_by_name() -> None:
    portfolio = portfolio_of("""
people: [{id: anna, name: Anna Sample}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  activities: [{id: build, duration: 10d, duration_3pt: {min: 8d, likely: 10d, max: 21cd}}]
""")
    inputs = simulation_inputs(portfolio)
    assert inputs.model.durations == ()
    assert inputs.left_out == (("atlas.build", "working and elapsed time are mixed"),)
