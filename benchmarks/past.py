"""`pmo validate --against` a merge base 100 commits back, beside a plain run on the same files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks import corpus
from benchmarks.measuring import Figure, pmo, race, table

COMMITS = 200
BACK = 100
TARGET = 2.0
_NAME = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")


def measure(entities: int, turns: int, place: Path) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times, and what a comparison costs in plain runs."""
    folder = place / f"past-{entities}"
    files = write_history(folder, entities)
    plain = ("-C", str(folder), "validate", "--quiet")
    against = (*plain, "--against", "fork")
    runs = race(
        {"plain": pmo(*plain), "--against": pmo(*against), "--new": pmo(*against, "--new")},
        turns,
        accept=(0, 1),
    )
    rows = [
        (name, f"{run.seconds:.2f}", f"{run.times(runs['plain']):.2f}", f"{run.megabytes:.0f}")
        for name, run in runs.items()
    ]
    what = f"{entities:,} entities in {files:,} files, {COMMITS} commits, base {BACK} back"
    text = table((what, "s", "× plain", "MB"), rows)
    return text, (
        Figure("`pmo validate --against`", runs["--against"].times(runs["plain"]), TARGET),
    )


def write_history(folder: Path, entities: int) -> int:
    """Write a portfolio and its history, the branch `fork` where HEAD left; return its files."""
    files = corpus.write(folder, entities)
    _git(folder, "init", "-q")
    pages = sorted(folder.rglob("*.yaml"))
    _git(folder, "add", ".")
    for number in range(COMMITS):
        page = pages[number * 7 % len(pages)]
        with page.open("a", encoding="utf-8") as stream:
            stream.write(f"# {number}\n")
        _git(folder, "add", str(page))
        _git(folder, *_NAME, "commit", "-q", "-m", f"Change {number}")
    _git(folder, "branch", "fork", f"HEAD~{BACK}")
    return files


def _git(folder: Path, *words: str) -> None:
    subprocess.run(("git", *words), cwd=folder, check=True, stdin=subprocess.DEVNULL)
