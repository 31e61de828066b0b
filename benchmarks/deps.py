"""`pmo deps --slip` from the files to the effects, against reading a CSV file and the passes."""

from __future__ import annotations

from pathlib import Path

from benchmarks import corpus_network
from benchmarks.measuring import Figure, pmo, python, race, table

TARGET = 3.0


def measure(sizes: tuple[int, ...], turns: int, place: Path) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times by size, and the ratios to the floor."""
    rows: list[tuple[str, ...]] = []
    figures: list[Figure] = []
    for size in sizes:
        folder = place / f"network-{size}"
        activities = corpus_network.write(folder, size)
        slipping = corpus_network.full_id(size // 2)
        runs = race(
            {
                "floor": python("-m", "benchmarks.network_floor", str(activities)),
                "deps": pmo("-C", str(folder), "deps", slipping, "--slip", "10d", "-q"),
            },
            turns,
        )
        floor, deps = runs["floor"], runs["deps"]
        rows.append(
            (
                f"{size:,} activities",
                f"{floor.seconds:.2f}",
                f"{deps.seconds:.2f}",
                f"{deps.times(floor):.2f}",
                f"{floor.megabytes:.0f}",
                f"{deps.megabytes:.0f}",
            )
        )
        figures.append(Figure(f"`pmo deps --slip`, {size:,} activities", deps.times(floor), TARGET))
    header = ("plan", "floor s", "deps s", "× floor", "floor MB", "deps MB")
    return table(header, rows), tuple(figures)
