"""All measurements in one run, as ratios; exit 1 where one is far from its target.

python -m benchmarks.run            a few minutes, printed
python -m benchmarks.run --smoke    under a minute, for CI: fails beyond twice a target
python -m benchmarks.run --full --write    the long one; replaces the figures in the documentation
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import board, deps, past, peers, schedule, simulation, startup, validate
from benchmarks.house import ROOT
from benchmarks.measuring import Figure

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

# A shared machine doubles any figure now and then; what is beyond that is a change of ours.
GENEROSITY = 2.0


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of everything is measured."""

    sizes: tuple[int, ...]
    activities: tuple[int, ...]
    turns: int


SMOKE = Scope(sizes=(29_000,), activities=(10_000,), turns=3)
NORMAL = Scope(sizes=(300, 3_000, 29_000), activities=(10_000, 100_000), turns=3)
FULL = Scope(sizes=(300, 3_000, 29_000, 290_000), activities=(1_000, 10_000, 100_000), turns=7)


def measured(scope: Scope, place: Path) -> Iterator[tuple[str, str, tuple[Figure, ...]]]:
    """Yield a heading, a table and its figures, one measurement after the other.

    The schedule comes last: it fills this process, and a child's peak memory is never told as less
    than what its parent had.
    """
    yield "Start-up", *startup.measure(scope.turns * 3)
    yield "Validating against the floor", *validate.measure(scope.sizes, scope.turns, place)
    if scope is not SMOKE:
        ripple = deps.measure(scope.activities[-1:], scope.turns, place)
        yield "A ripple through a plan in CSV", *ripple
        yield "Comparing with history", *past.measure(scope.sizes[1], scope.turns, place)
        yield "Simulating", *simulation.measure(scope.turns)
    if scope is FULL:
        yield "A board report beside TaskJuggler", *board.measure(place)
        yield "Beside other checkers of YAML", *peers.measure(place)
    passes = schedule.measure(scope.activities, scope.turns)
    yield "Scheduling against one topological pass", *passes


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write where asked; return 1 where a figure is far beyond its target."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    size = options.add_mutually_exclusive_group()
    size.add_argument("--smoke", action="store_true", help="small, for CI")
    size.add_argument("--full", action="store_true", help="the long one")
    options.add_argument("--write", action="store_true", help=f"replace the figures in {PAGE.name}")
    stated = options.parse_args(arguments)
    scope = SMOKE if stated.smoke else FULL if stated.full else NORMAL
    sections = [f"Python {platform.python_version()}, {platform.machine()}."]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as place:
        for heading, text, named in measured(scope, Path(place)):
            section = "\n".join([f"### {heading}", "", text])
            print(section, *(f"- {figure.words}" for figure in named), "", sep="\n", flush=True)
            sections.append(section)
            figures += named
    sections.append("\n".join(f"- {figure.words}" for figure in figures))
    if stated.write:
        replace_figures(PAGE, "\n\n".join(sections))
    return 1 if any(figure.ratio > figure.target * GENEROSITY for figure in figures) else 0


def replace_figures(page: Path, text: str) -> None:
    """Replace what stands between the markers."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
