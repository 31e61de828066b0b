"""How the benchmarks measure: interleaved runs of whole processes, compared as ratios.

A machine is faster in one minute than in the next, so contestants take turns and the medians of
their turns are compared; absolute seconds are printed for scale and never tested.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

_ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100"}


@dataclass(frozen=True, slots=True)
class Run:
    """What one contestant took: medians over its turns."""

    name: str
    seconds: float
    peak_bytes: int
    turns: int

    def times(self, other: Run) -> float:
        """Return how many times the other one's seconds this one took."""
        return self.seconds / other.seconds

    @property
    def megabytes(self) -> float:
        """Return the peak memory in MB."""
        return self.peak_bytes / 1e6


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio and the target it is held against."""

    name: str
    ratio: float
    target: float

    @property
    def words(self) -> str:
        """Return the ratio and its target as a sentence."""
        verdict = "within" if self.ratio <= self.target else "BEYOND"
        return f"{self.name}: {self.ratio:.2f}×, {verdict} the target of {self.target:g}×"


def turn(command: Sequence[str], accept: tuple[int, ...] = (0,)) -> tuple[float, int]:
    """Run a command to its end; return its wall seconds and its peak memory in bytes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
    )
    # wait4 tells this child's memory; getrusage would tell the largest of all children.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        raise RuntimeError(f"{' '.join(command)} exited with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def race(
    contestants: Mapping[str, Sequence[str]], turns: int, accept: tuple[int, ...] = (0,)
) -> dict[str, Run]:
    """Let the contestants take turns; the first turn of each warms the caches and is dropped."""
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in contestants}
    for number in range(turns + 1):
        for name, command in contestants.items():
            result = turn(command, accept)
            if number:
                taken[name].append(result)
    return {
        name: Run(
            name=name,
            seconds=median(seconds for seconds, _ in results),
            peak_bytes=max(peak for _, peak in results),
            turns=turns,
        )
        for name, results in taken.items()
    }


def python(*words: str) -> tuple[str, ...]:
    """Return the command that runs this interpreter."""
    return (sys.executable, *words)


def pmo(*words: str) -> tuple[str, ...]:
    """Return the command that runs `pmo` as its installed script does."""
    start = "import sys; from pmo_cli.app import main; sys.argv[0] = 'pmo'; sys.exit(main())"
    return python("-c", start, *words)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table: the first column to the left, the others to the right."""
    rule = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))
