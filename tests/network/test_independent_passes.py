"""Networks as large as real plans, against passes that somebody else wrote.

The other implementation counts durations in working days and lags in calendar days, so its
calendar works every day; its milestones stand in the evening, so there are none here.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from portfolio.network.activities import LinkType
from portfolio.network.schedule import Schedule, schedule
from tests.network.networks import CLOCK, TYPES, Drawn

other = pytest.importorskip("trueppm_scheduler", reason="needs the package trueppm-scheduler")

FIRST = date(2026, 3, 2)
SIZES = (40, 60, 90, 130, 180, 250, 320, 400)


def network_of(size: int, types: tuple[LinkType, ...], seed: int) -> Drawn:
    """Draw activities of 1 to 30 days, each tied to one to three of the forty before it."""
    chance = Random(f"{size} {types} {seed}")
    ties = {
        (before, node): (chance.choice(types), chance.choice((0, 0, 0, 1, 2, 5)))
        for node in range(2, size)
        for before in chance.sample(
            range(max(1, node - 40), node), min(node - 1, chance.randint(1, 3))
        )
    }
    # Theirs lets a finish-to-finish or start-to-finish link pull work before the first day.
    floors: list[tuple[int, int, LinkType, int]] = [(0, node, "SS", 0) for node in range(1, size)]
    links = [*floors, *((i, j, kind, lag) for (i, j), (kind, lag) in ties.items())]
    return Drawn([chance.randint(1, 30) for _ in range(size)], links)


def ours(drawn: Drawn) -> Schedule:
    return schedule(drawn.build(1, [CLOCK], 0))


def theirs(drawn: Drawn) -> list[tuple[int, int, int, int, int, int]]:
    """Return ES, EF, LS, LF, TF and FF by the other implementation, in days from the start."""
    tasks = [
        other.Task(id=str(node), name=str(node), duration=timedelta(days=length))
        for node, length in enumerate(drawn.durations)
    ]
    links = [
        other.Dependency(str(i), str(j), other.DependencyType[kind], timedelta(days=lag))
        for i, j, kind, lag in drawn.links
    ]
    every_day = other.Calendar(working_days=0b1111111)
    plan = other.Project("p", "P", FIRST, tasks, links, every_day)
    found = {task.id: task for task in other.schedule(plan).tasks}
    return [
        (
            (task.early_start - FIRST).days,
            (task.early_finish - FIRST).days + 1,
            (task.late_start - FIRST).days,
            (task.late_finish - FIRST).days + 1,
            task.total_float.days,
            task.free_float.days,
        )
        for task in (found[str(node)] for node in range(len(drawn.durations)))
    ]


@pytest.mark.parametrize("types", [("FS",), TYPES], ids=["finish-to-start", "all link types"])
@pytest.mark.parametrize("size", SIZES)
def test_dates_and_floats_agree(size: int, types: tuple[LinkType, ...]) -> None:
    for seed in range(5):
        drawn = network_of(size, types, seed)
        found = ours(drawn)
        columns = (
            found.early_start,
            found.early_finish,
            found.late_start,
            found.late_finish,
            found.total_float,
            found.free_float,
        )
        assert list(zip(*columns, strict=True)) == theirs(drawn)
