"""A generated portfolio of any size: without errors, and the same for the same seed.

Eight files a project, in a folder of its own, with about 78 entities: the plan, the registers, the
team, the contract, the service. Run it as ``python -m benchmarks.corpus FOLDER --entities 29000``.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date
from pathlib import Path

from benchmarks.corpus_plan import plan
from benchmarks.corpus_registers import PAGES

AS_OF = date(2026, 6, 1)
ENTITIES_A_PROJECT = 78

_SETTINGS = f"""\
organisation:
  name: Northwind Utilities (generated)
  currency: GBP
as_of: {AS_OF}
"""

_SHARED = """\
portfolio: {id: all, name: All change, owner: p0000-lead, period: {start: 2026-01-01, end: 2027-12-31}}
board:
  id: change-board
  name: Change board
  level: portfolio
  chair: p0000-lead
  members: [p0000-lead, p0000-analyst, p0000-tester]
  quorum: 2
  cadence: 31d
  next_meeting: 2026-06-15
  terms_of_reference: Decides what starts, what stops and what is rebaselined.
"""


def write(folder: Path, entities: int, seed: int = 1) -> int:
    """Write a portfolio of about so many entities; return how many files it has."""
    projects = max(1, round(entities / ENTITIES_A_PROJECT))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pmo.yaml").write_text(_SETTINGS, encoding="utf-8")
    (folder / "organisation.yaml").write_text(_SHARED + _objectives(), encoding="utf-8")
    for number in range(projects):
        _write_project(folder, number, random.Random(f"{seed}-{number}"))
    return sum(1 for _ in folder.rglob("*.yaml"))


def _objectives() -> str:
    """Return ten objectives whose weights add to 1."""
    rows = [
        f"  - {{id: objective-{number}, name: Objective {number}, owner: p0000-lead, "
        f"perspective: customer, weight: 0.1, horizon: 2027-12-31}}"
        for number in range(10)
    ]
    return "\n".join(["objectives:", *rows, ""])


def _write_project(folder: Path, number: int, chance: random.Random) -> None:
    place = folder / "projects" / f"p{number:04}"
    place.mkdir(parents=True, exist_ok=True)
    for name, page in {"plan": plan, **PAGES}.items():
        (place / f"{name}.yaml").write_text(page(number, chance, AS_OF), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write a corpus where the command line says."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--entities", type=int, default=29_000)
    options.add_argument("--seed", type=int, default=1)
    stated = options.parse_args(arguments)
    print(f"{write(stated.folder, stated.entities, stated.seed)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
