"""Every command that writes, with a place where it has something to write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from portfolio.application.journal import JOURNAL
from portfolio.application.staging import ENDING
from tests.cli.running import pmo

State = dict[str, bytes]
PLACE = "place"
"""The folder in which a writer works; commands run in the one around it."""
P = f"{PLACE}/p"

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
OVERBOOKED = """\
people: [{{id: {0}, name: {0} Sample, productive_share: 1}}]
projects:
  - id: {1}
    name: {1}
    sponsor: {0}
    activities: [{{id: build, duration: 30d}}, {{id: docs, duration: 5d}}]
  - {{id: {1}-hub, name: Hub, sponsor: {0}}}
assignments:
  - {{id: {1}-a, person: {0}, work: {1}-hub, from: 2026-04-06, to: 2026-04-17, pct: 70}}
  - {{id: {1}-b, person: {0}, work: {1}.docs, from: 2026-04-06, to: 2026-04-10, pct: 50}}
"""
MISSPELT = "people: [{{id: {0}, name: {0} Sample, role: Lead, start_date: 31/01/2021}}]\n"
MAPPING = """\
pmo: {organisation: {name: Test, currency: GBP}}
tables:
  - {kind: project, id: name, fields: {name: name, sponsor: {value: ida}, start: start}}
entities: {people: [{id: ida, name: Ida Berg}]}
"""
OTHERS = (("anna", "atlas"), ("ben", "beacon"), ("cleo", "crane"))


def overbooked(folder: Path) -> None:
    """Make a portfolio with three files, in each of which somebody has too much to do."""
    _portfolio(folder, {f"{each[0]}.yaml": OVERBOOKED.format(*each) for each in OTHERS})


def misspelt(folder: Path) -> None:
    """Make a portfolio with three files, in each of which there is something to fix."""
    _portfolio(folder, {f"{each[0]}.yaml": MISSPELT.format(each[0]) for each in OTHERS})


def _portfolio(folder: Path, files: dict[str, str]) -> None:
    (folder / P).mkdir(parents=True)
    for name, text in {"pmo.yaml": SETTINGS, **files}.items():
        (folder / P / name).write_text(text)


def tables(folder: Path) -> None:
    """Lay down a table and a mapping, outside of where they are imported to."""
    (folder / PLACE).mkdir()
    (folder / "list.yaml").write_text(MAPPING)
    rows = "".join(f"{name},2026-01-05\n" for name in ("Atlas", "Beacon", "Crane", "odd"))
    (folder / "p.csv").write_text(f"name,start\n{rows}Delta,soon\n")


def nothing(folder: Path) -> None:
    """Leave an empty place."""
    (folder / PLACE).mkdir()


def somebodys_notes(folder: Path) -> None:
    """Leave a folder that is in use."""
    (folder / P).mkdir(parents=True)
    (folder / P / "notes.txt").write_text("mine")


def _after(prepare: Callable[[Path], None], *words: str) -> Callable[[Path], None]:
    def prepared(folder: Path) -> None:
        prepare(folder)
        ran = pmo(*words, cwd=folder)
        assert ran.returncode in {0, 1}, ran.stderr

    return prepared


def _an_earlier_import(folder: Path) -> None:
    _after(tables, *_IMPORT)(folder)
    (folder / "p.csv").write_text("name,start\nAtlas,2026-02-05\nBeacon,2026-02-06\nEdge,\n")


_IMPORT = ("import", "csv", "p.csv", "-m", "list.yaml", "--into", P)
_SITE = ("-C", P, "report", "all", "-o", f"{PLACE}/site")
_FIX = ("-C", P, "validate", "--fix")
_BASELINE = ("-C", P, "validate", "--write-baseline")


@dataclass(frozen=True)
class Writing:
    """A command, what lies there before it, and the folder that it changes as one."""

    words: tuple[str, ...]
    prepare: Callable[[Path], None]
    root: str


WRITERS = {
    "init": Writing(("init", P), nothing, P),
    "init beside other files": Writing(("init", P), somebodys_notes, P),
    "init --example": Writing(("init", "--example", P), nothing, P),
    "a new site": Writing(_SITE, overbooked, f"{PLACE}/site"),
    "a site over an older one": Writing(
        (*_SITE, "--as-of", "2026-04-01"), _after(overbooked, *_SITE), f"{PLACE}/site"
    ),
    "import --into": Writing(_IMPORT, tables, P),
    "import over an earlier one": Writing(_IMPORT, _an_earlier_import, P),
    "import --problems": Writing(
        (*_IMPORT, "--dry-run", "--problems", f"{PLACE}/odd.csv"), tables, PLACE
    ),
    "validate --fix": Writing(_FIX, misspelt, P),
    "resources level --write": Writing(("-C", P, "resources", "level", "--write"), overbooked, P),
    "validate --write-baseline": Writing(_BASELINE, overbooked, P),
    "a baseline over an older one": Writing(
        _BASELINE, _after(_after(misspelt, *_BASELINE), *_FIX), P
    ),
    "new -o": Writing(("-C", P, "new", "risk", "-o", f"{P}/r.yaml"), overbooked, P),
    "report -o": Writing(
        ("-C", P, "report", "board", "-o", f"{PLACE}/b.html", "--as-of", "2026-04-01"),
        _after(overbooked, "-C", P, "report", "board", "-o", f"{PLACE}/b.html"),
        PLACE,
    ),
    "show -o": Writing(("-C", P, "show", "project", "-o", f"{PLACE}/r.csv"), overbooked, PLACE),
    "deps -o": Writing(("-C", P, "deps", "-o", f"{PLACE}/d.dot"), overbooked, PLACE),
    "export -o": Writing(
        ("-C", P, "export", "mspdi", "atlas", "-o", f"{PLACE}/deep/p.xml"), overbooked, PLACE
    ),
}


_AT_FIRST = {"init", "a site over an older one", "validate --fix", "report -o"}


def few_at_first() -> list[object]:
    """Return the writers as parameters: a handful for every run, the others for the long one."""
    at_first = WRITERS if "PMO_SOAK_KILLS" in os.environ else _AT_FIRST
    return [
        name if name in at_first else pytest.param(name, marks=pytest.mark.more) for name in WRITERS
    ]


def everything(folder: Path) -> State:
    """Return all files and folders below a folder by their paths, the hidden ones too."""
    found = {}
    for path in folder.rglob("*"):
        found[path.relative_to(folder).as_posix()] = path.read_bytes() if path.is_file() else b""
    return found


def seen(folder: Path) -> State:
    """Return what a reader sees: not what is being written beside it, nor an empty folder."""
    found = {}
    for around, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.endswith(ENDING)]
        for name in names:
            if not name.endswith(ENDING) and name != JOURNAL:
                path = Path(around, name)
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def put_back(state: State, folder: Path) -> None:
    """Let a folder have this content again, and nothing else."""
    shutil.rmtree(folder)
    folder.mkdir()
    lay_down(state, folder)


def lay_down(state: State, folder: Path) -> None:
    """Write this content into an empty folder."""
    for path, content in state.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if content:
            (folder / path).write_bytes(content)
