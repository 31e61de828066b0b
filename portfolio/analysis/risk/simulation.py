"""Monte Carlo over a schedule network and the cost of its projects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.analysis.risk.distributions import (
    NOTHING,
    Copula,
    Shape,
    ThreePoint,
    gaussian_copula,
    quantiles,
)
from portfolio.analysis.risk.random_samples import standard_normal, uniform
from portfolio.analysis.risk.simulation_outcome import Gathering, Outcome
from portfolio.measure.random_numbers import streams
from portfolio.network.sampled.backward_pass import sampled_critical
from portfolio.network.sampled.forward_pass import sampled_ends, sampled_forward

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from portfolio.analysis.risk.distributions import Samples
    from portfolio.network.progress import Work
    from portfolio.network.schedule_network import Network

ITERATIONS = 10_000
SEED = 20260101
_BLOCK = 1000  # iterations drawn at a time: the memory needed, whatever their number


@dataclass(frozen=True, slots=True)
class UncertainDuration:
    """What is left of an activity, in minutes on its calendar."""

    id: str
    node: int
    points: ThreePoint


@dataclass(frozen=True, slots=True)
class UncertainCost:
    """What a part of a project costs."""

    id: str
    project: str
    points: ThreePoint


@dataclass(frozen=True, slots=True)
class DiscreteRisk:
    """An event that strikes or does not: its cost to a project, and the minutes of what it hits.

    An opportunity has negative cost and negative minutes. ``hits`` are minutes by node.
    """

    id: str
    probability: float
    project: str = ""
    cost: ThreePoint = NOTHING
    hits: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class SimulationModel:
    """What is uncertain and what is not.

    The quantities are numbered: durations, then costs, then risks; ``rho`` are the correlations
    of pairs of them. ``fixed_costs`` is what each project costs for certain.
    """

    durations: tuple[UncertainDuration, ...] = ()
    costs: tuple[UncertainCost, ...] = ()
    risks: tuple[DiscreteRisk, ...] = ()
    rho: Mapping[tuple[int, int], float] = field(default_factory=dict)
    fixed_costs: Mapping[str, float] = field(default_factory=dict)
    network: Network | None = None
    work: Work | None = None
    milestones: tuple[int, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ids of the quantities, in the order of their numbers."""
        return (
            *(each.id for each in self.durations),
            *(each.id for each in self.costs),
            *(each.id for each in self.risks),
        )


def simulate(
    model: SimulationModel,
    *,
    iterations: int = ITERATIONS,
    seed: int = SEED,
    shape: Shape = "triangular",
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Draw every uncertain quantity as often as asked, and compute dates and cost each time.

    Blocks of a thousand iterations have a random stream each, spawned from the seed: the same
    seed gives the same outcome on every machine, and memory does not grow with the iterations.
    ``progress`` is told how many are done.

    Source: worked examples WE-29, WE-30 and WE-64.
    """
    copula = gaussian_copula(model.rho)
    gathering = Gathering(model.names, iterations, copula.repaired_by)
    done = 0
    for stream in streams(seed, -(-iterations // _BLOCK)):
        count = min(_BLOCK, iterations - done)
        _simulate_block(model, copula, shape, stream, gathering, count)
        done += count
        if progress is not None:
            progress(done)
    return gathering.outcome()


def _simulate_block(
    model: SimulationModel,
    copula: Copula,
    shape: Shape,
    stream: np.random.PCG64,
    gathering: Gathering,
    count: int,
) -> None:
    drawn = uniform(stream, len(model.names), count)
    copula.tie(drawn, standard_normal(stream, len(copula.members), count))
    strikes = _strikes(model, drawn)
    cost = _costs(model, shape, drawn, strikes, uniform(stream, len(model.risks), count))
    first = len(model.durations) + len(model.costs)
    # A uniform is its own rank; of an event, whether it strikes is all there is to rank.
    drawn[first:] = strikes
    if model.network is None or model.work is None:
        gathering.add(cost, {}, {}, None, drawn)
        return
    minutes, delays = _minutes(model, shape, drawn, strikes)
    found = sampled_forward(model.network, model.work, minutes, delays)
    ends = sampled_ends(found)
    points = {model.network.activities[n].id: found.finish_instant(n) for n in model.milestones}
    gathering.add(cost, ends, points, sampled_critical(found, ends).sum(axis=1), drawn)


def _strikes(model: SimulationModel, uniform: Samples) -> Samples:
    """Return 1 where a risk strikes, risk x sample: a high sample does, so that rho keeps sign."""
    import numpy as np

    first = len(model.durations) + len(model.costs)
    chance = np.array([risk.probability for risk in model.risks])[:, None]
    return (uniform[first:] >= 1 - chance).astype(float)


def _costs(
    model: SimulationModel, shape: Shape, uniform: Samples, strikes: Samples, size: Samples
) -> dict[str, Samples]:
    import numpy as np

    count = uniform.shape[1]
    cost = {project: np.full(count, amount) for project, amount in model.fixed_costs.items()}
    for row, part in enumerate(model.costs, start=len(model.durations)):
        drawn = quantiles(part.points, shape, uniform[row])
        cost[part.project] = cost.get(part.project, 0.0) + drawn
    for number, risk in enumerate(model.risks):
        if risk.cost.span or risk.cost.likely:
            drawn = quantiles(risk.cost, shape, size[number]) * strikes[number]
            cost[risk.project] = cost.get(risk.project, 0.0) + drawn
    return cost


def _minutes(
    model: SimulationModel, shape: Shape, uniform: Samples, strikes: Samples
) -> tuple[Samples, dict[int, Samples]]:
    """Return what is left of every activity, and how long milestones that are hit wait."""
    import numpy as np

    network, work = model.network, model.work
    assert network is not None  # noqa: S101 - the caller has looked
    assert work is not None  # noqa: S101
    minutes = np.empty((len(network.activities), uniform.shape[1]))
    minutes[:] = np.asarray(work.minutes, float)[:, None]
    for row, each in enumerate(model.durations):
        minutes[each.node] = np.rint(quantiles(each.points, shape, uniform[row]))
    delays: dict[int, Samples] = {}
    for number, risk in enumerate(model.risks):
        for node, added in risk.hits.items():
            activity = network.activities[node]
            if activity.is_finished:
                continue
            if activity.duration:
                minutes[node] = np.maximum(0, minutes[node] + added * strikes[number])
            elif added > 0:
                delays[node] = delays.get(node, 0.0) + added * strikes[number]
    return minutes, delays
