"""Dates and cost under uncertainty: the answer of `pmo risk simulate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.analysis.risk.simulation_inputs import SimulationInputs
    from portfolio.analysis.risk.simulation_outcome import Outcome
    from portfolio.application.open import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationRequest:
    """Whose dates and cost are drawn, how often, and how three points are read.

    The same ``seed`` gives the same result. ``opportunities`` lets them help; ``residual`` draws
    risks as their responses leave them.
    """

    selectors: tuple[str, ...] = ()
    iterations: int = 10_000
    seed: int = 20260101
    distribution: Literal["triangular", "pert"] = "triangular"
    opportunities: bool = False
    residual: bool = False


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was drawn, and what came of it."""

    opened: Opened
    asked: SimulationRequest
    inputs: SimulationInputs
    outcome: Outcome


def simulate(
    opened: Opened, asked: SimulationRequest, progress: Callable[[int], None] | None = None
) -> Simulation:
    """Draw durations, costs and risks; ``progress`` is told how often everything was drawn."""
    from portfolio.analysis.risk.simulation import simulate as drawn
    from portfolio.analysis.risk.simulation_inputs import simulation_inputs
    from portfolio.application.selection import chosen_parts

    inputs = simulation_inputs(
        opened.view,
        chosen_parts(opened.view, asked.selectors),
        opportunities=asked.opportunities,
        residual=asked.residual,
    )
    outcome = drawn(
        inputs.model,
        iterations=asked.iterations,
        seed=asked.seed,
        shape=asked.distribution,
        progress=progress,
    )
    return Simulation(opened, asked, inputs, outcome)
