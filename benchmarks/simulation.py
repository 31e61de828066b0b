"""The simulation of a schedule beside drawing its random numbers and one pass over them."""

from __future__ import annotations

import sys
from datetime import date

from benchmarks.measuring import Figure, python, race, table

SIZE, ITERATIONS = 5_000, 10_000
TIME_TARGET, MEMORY_TARGET = 3.0, 3.0
_DAY = 480
_BLOCK = 1_000


def measure(turns: int) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times and memory, and the ratios of the simulation to the floor."""
    module = ("-m", "benchmarks.simulation")
    runs = race({name: python(*module, name) for name in ("floor", "simulation")}, turns)
    floor, ours = runs["floor"], runs["simulation"]
    memory = ours.peak_bytes / floor.peak_bytes
    rows = [
        (run.name, f"{run.seconds:.2f}", f"{run.times(floor):.2f}", f"{run.megabytes:.0f}")
        for run in (floor, ours)
    ]
    what = f"{SIZE:,} activities × {ITERATIONS:,} iterations"
    return table((what, "seconds", "× floor", "MB"), rows), (
        Figure("simulation, time", ours.times(floor), TIME_TARGET),
        Figure("simulation, memory", memory, MEMORY_TARGET),
    )


def _floor() -> None:
    """Draw the triangles in blocks, and add each row to the latest of its predecessors."""
    import numpy as np

    from benchmarks.corpus_network import links

    waits = links(SIZE)
    stream = np.random.default_rng(1)
    for _ in range(ITERATIONS // _BLOCK):
        finish = np.empty((SIZE, _BLOCK))
        for node in range(SIZE):
            row = stream.triangular(5 * _DAY, 8 * _DAY, 15 * _DAY, _BLOCK)
            before = waits[node]
            if before:
                row += np.maximum.reduce([finish[each] for each in before])
            finish[node] = row
        finish.max(axis=0)


def _simulation() -> None:
    from benchmarks.corpus_network import full_id, links
    from portfolio.analysis.risk.distributions import ThreePoint
    from portfolio.analysis.risk.simulation import SimulationModel, UncertainDuration, simulate
    from portfolio.calendar import Calendar
    from portfolio.network.activities import Activity, Link
    from portfolio.network.progress import remaining_work
    from portfolio.network.schedule_network import build_network

    waits, calendar = links(SIZE), Calendar("standard")
    network = build_network(
        [Activity(full_id(n), 8 * _DAY, project="plan") for n in range(SIZE)],
        [Link(full_id(b), full_id(n)) for n in range(SIZE) for b in waits[n]],
        [calendar],
        calendar.start_of(date(2026, 6, 1)),
    )
    points = ThreePoint(5 * _DAY, 8 * _DAY, 15 * _DAY)
    durations = tuple(UncertainDuration(full_id(n), n, points) for n in range(SIZE))
    model = SimulationModel(durations, network=network, work=remaining_work(network))
    simulate(model, iterations=ITERATIONS)


if __name__ == "__main__":
    if sys.argv[1:] == ["floor"]:
        _floor()
    elif sys.argv[1:] == ["simulation"]:
        _simulation()
    else:
        text, figures = measure(3)
        print(text)
        print("\n".join(figure.words for figure in figures))
