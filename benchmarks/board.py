"""A board report of hundreds of projects, beside what TaskJuggler needs for the same plans."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.measuring import Figure, pmo, race, table
from benchmarks.plans import plans, write_portfolio, write_taskjuggler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measuring import Run

PROJECTS = 500
TARGET = 1.0
PEER = "tj3"
MISSING = (
    f"`{PEER}` is not installed here, so that nothing stands beside these times: "
    "`.ci/tools --peers` installs it from the Debian package of that name."
)


def measure(place: Path, projects: int = PROJECTS) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times and sizes, and how much of the peer's time a report takes.

    The last line has no peer: projects that have risks, contracts, services and customers, too.
    """
    made = plans(projects)
    write_portfolio(place / "plans", made)
    write_taskjuggler(place / "plans.tjp", made)
    corpus.write(place / "whole", projects * corpus.ENTITIES_A_PROJECT)
    commands = _commands(place)
    runs = race({name: command for name, (command, _) in commands.items()}, turns=1)
    peer = runs.get(PEER)
    rows = [_row(runs[name], peer, output) for name, (_, output) in commands.items()]
    header = (f"{projects} projects", "s", f"× {PEER}", "MB", "pages", "largest kB", "all kB")
    figures = (
        Figure(f"`{name}` beside {PEER}, {projects} projects", runs[name].times(peer), TARGET)
        for name in ("pmo report board", "pmo report all")
        if peer is not None
    )
    text = table(header, rows)
    return text if peer is not None else f"{text}\n\n{MISSING}", tuple(figures)


def _commands(place: Path) -> dict[str, tuple[Sequence[str], Path]]:
    """Return what is run, by name, each with the file or folder that it writes."""
    page, site, whole, theirs = (
        place / name for name in ("board.html", "site", "whole.html", "theirs")
    )
    theirs.mkdir()
    plan = ("-C", str(place / "plans"), "--quiet", "report")
    larger = ("-C", str(place / "whole"), "--quiet", "report")
    found: dict[str, tuple[Sequence[str], Path]] = {
        "pmo report board": (pmo(*plan, "board", "--force", "-o", str(page)), page),
        "pmo report all": (pmo(*plan, "all", "--format", "html", "--force", "-o", str(site)), site),
        "pmo report board, all registers": (
            pmo(*larger, "board", "--force", "-o", str(whole)),
            whole,
        ),
    }
    tool = shutil.which(PEER)
    if tool is None:
        return found
    quiet = ("--silent", "--no-color", "-o", str(theirs))
    return {PEER: ((tool, *quiet, str(place / "plans.tjp")), theirs), **found}


def _row(run: Run, peer: Run | None, output: Path) -> tuple[str, ...]:
    """Return a line: the time, its ratio, the memory, and what was written."""
    pages = [output] if output.is_file() else list(output.glob("*.html"))
    sizes = [page.stat().st_size / 1000 for page in pages]
    ratio = f"{run.times(peer):.3f}" if peer is not None and "registers" not in run.name else "–"
    return (
        run.name,
        f"{run.seconds:.1f}",
        ratio,
        f"{run.megabytes:.0f}",
        f"{len(sizes):,}",
        f"{max(sizes):,.0f}",
        f"{sum(sizes):,.0f}",
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        text, found = measure(Path(folder), int(sys.argv[1]) if sys.argv[1:] else PROJECTS)
    print(text, *(figure.words for figure in found), sep="\n")
