"""`pmo validate` against the floor, on the same bytes, whole process against whole process."""

from __future__ import annotations

from pathlib import Path

from benchmarks import corpus
from benchmarks.measuring import Run, pmo, python, race, table

# The smallest of these is mostly the start of Python; the ratio to hold is the one at 29,000.
SIZES = (300, 3_000, 29_000)
TARGET = 3.0
TARGET_SIZE = 29_000


def measure(sizes: tuple[int, ...], turns: int, place: Path) -> tuple[str, dict[int, float]]:
    """Return the table of times and memory by size, and the ratios to the floor."""
    rows: list[tuple[str, ...]] = []
    ratios: dict[int, float] = {}
    for entities in sizes:
        folder = place / f"corpus-{entities}"
        files = corpus.write(folder, entities)
        floor, validate = _pair(folder, turns)
        ratios[entities] = validate.times(floor)
        rows.append(
            (
                f"{entities:,} entities in {files:,} files",
                f"{floor.seconds:.2f}",
                f"{validate.seconds:.2f}",
                f"{ratios[entities]:.2f}",
                f"{floor.megabytes:.0f}",
                f"{validate.megabytes:.0f}",
            )
        )
    header = ("portfolio", "floor s", "validate s", "× floor", "floor MB", "validate MB")
    return table(header, rows), ratios


def _pair(folder: Path, turns: int) -> tuple[Run, Run]:
    """Run both on one folder, each with the garbage collector off while it reads."""
    runs = race(
        {
            "floor": python("-m", "benchmarks.floor", str(folder)),
            "validate": pmo("-C", str(folder), "validate", "--quiet"),
        },
        turns,
    )
    return runs["floor"], runs["validate"]
