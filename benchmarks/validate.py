"""`pmo validate` against the floor, on the same bytes, whole process against whole process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from benchmarks import corpus
from benchmarks.measuring import Figure, Run, pmo, python, race, table

# Smaller portfolios are mostly the start of Python and its imports: printed, held to nothing.
SMALLEST_HELD = 29_000
TARGET = 3.0
GROWTH_TARGET = 1.1


def measure(sizes: tuple[int, ...], turns: int, place: Path) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times and memory by size; the ratios to the floor, and the growth."""
    raced = {}
    rows: list[tuple[str, ...]] = []
    for entities in sizes:
        folder = place / f"corpus-{entities}"
        files = corpus.write(folder, entities)
        floor, validate = raced[entities] = _pair(folder, turns)
        rows.append(
            (
                f"{entities:,} entities in {files:,} files",
                f"{floor.seconds:.2f}",
                f"{validate.seconds:.2f}",
                f"{validate.times(floor):.2f}",
                f"{floor.megabytes:.0f}",
                f"{validate.megabytes:.0f}",
            )
        )
    header = ("portfolio", "floor s", "validate s", "× floor", "floor MB", "validate MB")
    return table(header, rows), (*_against_floor(raced), *_growth(raced))


def _against_floor(raced: Mapping[int, tuple[Run, Run]]) -> Iterator[Figure]:
    for entities, (floor, validate) in raced.items():
        if entities >= SMALLEST_HELD:
            name = f"`pmo validate`, {entities:,} entities"
            yield Figure(name, validate.times(floor), TARGET)


def _growth(raced: Mapping[int, tuple[Run, Run]]) -> Iterator[Figure]:
    """Yield how time and memory grow from one size to the next, per growth of the portfolio."""
    for (few, (_, small)), (many, (_, large)) in pairwise(raced.items()):
        if few >= SMALLEST_HELD:
            name = f"from {few:,} to {many:,} entities, growth of"
            yield Figure(f"{name} time", large.times(small) / (many / few), GROWTH_TARGET)
            memory = large.peak_bytes / small.peak_bytes / (many / few)
            yield Figure(f"{name} memory", memory, GROWTH_TARGET)


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
