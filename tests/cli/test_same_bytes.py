"""The same files and the same day give the same bytes, whoever's machine and terminal it is.

Two processes answer the same questions of two copies of the example: another seed of hashes,
another zone of time, another language and encoding, another folder to stand in, and files that were
written in another order.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from portfolio.report.outline import outlines
from tests.hostile.files import EXAMPLE, most_said
from tests.hostile.portfolio import write_hostile

REPORTS = {
    f"report {name}": ("report", name, *([most_said(outline.subject)] if outline.subject else []))
    for name, outline in outlines().items()
}
ANSWERS = {
    **{f"{name} {form}": (*words, "--format", form) for name, words in REPORTS.items()
       for form in ("markdown", "html")},
    **{f"deps {form}": ("deps", "--format", form)
       for form in ("table", "json", "mermaid", "dot", "graphml", "svg", "html")},
    "deps slip": ("deps", "atlas.build", "--slip", "10d"),
    "deps leaving": ("deps", "--without", most_said("person")),
    **{f"show {form}": ("show", "projects", "--format", form)
       for form in ("table", "csv", "json", "markdown", "xlsx")},
    **{f"validate {form}": ("validate", "--format", form)
       for form in ("text", "json", "github", "gitlab", "sarif", "junit")},
    "export ics": ("export", "ics"),
    "export mspdi": ("export", "mspdi"),
    "risk simulate": ("risk", "simulate", "--iterations", "200", "--format", "json"),
    "resources level": ("resources", "level"),
    "prioritise": ("prioritise", "--format", "json"),
    "explain": ("explain", "settings"),
}  # fmt: skip
_SCRIPT = """
import io, json, sys, pathlib
from pmo_cli.app import main

answers = json.loads(sys.argv[2])
stdout = sys.stdout
for name, words in answers.items():
    raw = io.BytesIO()
    sys.stdout = caught = io.TextIOWrapper(raw, encoding=stdout.encoding, write_through=True)
    try:
        main(["-q", "-C", sys.argv[1], *words])
    except SystemExit as ended:
        assert ended.code in {None, 0, 1}, (name, ended.code)
    caught.flush()
    sys.stdout = stdout
    pathlib.Path(sys.argv[3], name).write_bytes(raw.getvalue())
"""


class Machine(NamedTuple):
    """What may differ between two machines that must answer alike."""

    seed: str
    zone: str
    language: str
    encoding: str
    backwards: bool


MACHINES = (
    Machine("1", "Pacific/Kiritimati", "C.UTF-8", "utf-8", backwards=False),
    Machine("4242", "America/Anchorage", "tr_TR.ISO-8859-9", "iso-8859-9", backwards=True),
)


def environment(machine: Machine) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONHASHSEED": machine.seed,
        "TZ": machine.zone,
        "LANG": machine.language,
        "LC_ALL": machine.language,
        "PYTHONIOENCODING": machine.encoding,
        "PYTHONPATH": str(EXAMPLE.parents[1]),
    }


def copied(source: Path, target: Path, machine: Machine) -> Path:
    """Copy a portfolio file by file, in the order of the machine."""
    for path in sorted(source.rglob("*"), reverse=machine.backwards):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target


def stand_in(folder: Path, machine: Machine) -> Path:
    place = folder / ("here" if machine.backwards else "there")
    place.mkdir(exist_ok=True)
    return place


def answers(source: Path, folder: Path, machine: Machine) -> dict[str, bytes]:
    """Return what `pmo` answers on a machine, each answer whole."""
    import json

    (folder / "answers").mkdir()
    portfolio = copied(source, folder / f"copy of {machine.seed}", machine)
    words = (str(portfolio), json.dumps(ANSWERS), str(folder / "answers"))
    subprocess.run(
        [sys.executable, "-c", _SCRIPT, *words],
        env=environment(machine),
        cwd=stand_in(folder, machine),
        check=True,
        timeout=300,
    )
    return {path.name: path.read_bytes() for path in (folder / "answers").iterdir()}


@pytest.fixture(scope="module", params=["example", "hostile"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    source = EXAMPLE
    if request.param == "hostile":
        source = write_hostile(tmp_path_factory.mktemp("hostile"))
    one, other = (
        answers(source, tmp_path_factory.mktemp(f"machine-{each.seed}"), each) for each in MACHINES
    )
    return one, other


@pytest.mark.parametrize("name", ANSWERS)
def test_two_machines_answer_alike(
    both: tuple[dict[str, bytes], dict[str, bytes]], name: str
) -> None:
    one, other = both
    assert one[name] == other[name]
    assert len(one[name]) > 50


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_two_machines_write_the_same_site(tmp_path: Path, form: str) -> None:
    sites = []
    for machine in MACHINES:
        folder = tmp_path / machine.seed
        portfolio = copied(EXAMPLE, folder / "portfolio", machine)
        written = ["-q", "-C", str(portfolio), "report", "all", "--format", form, "-o", "site"]
        place = stand_in(folder, machine)
        subprocess.run(
            [sys.executable, "-m", "pmo_cli", *written],
            env=environment(machine), cwd=place, check=True, timeout=300,
        )  # fmt: skip
        sites.append({path.name: path.read_bytes() for path in (place / "site").iterdir()})
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def test_two_processes_write_the_same_pdf(tmp_path: Path) -> None:
    """The same fonts and library provided: what `--check` compares needs neither."""
    if importlib.util.find_spec("weasyprint") is None:
        pytest.skip("needs weasyprint")
    for machine in MACHINES:
        portfolio = copied(EXAMPLE, tmp_path / machine.seed / "portfolio", machine)
        target = tmp_path / f"{machine.seed}.pdf"
        words = ["-q", "-C", str(portfolio), "report", "project", "atlas", "-o", str(target)]
        done = subprocess.run(
            [sys.executable, "-m", "pmo_cli", *words],
            env=environment(machine), cwd=stand_in(tmp_path, machine),
            check=False, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        if "PDF needs a library" in done.stderr:
            pytest.skip(done.stderr)
        assert done.returncode == 0, done.stderr
    one, other = ((tmp_path / f"{machine.seed}.pdf").read_bytes() for machine in MACHINES)
    assert one == other
