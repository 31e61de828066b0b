"""The same files and the same day give the same bytes, whoever's machine and terminal it is.

Two processes answer the same questions of two copies of a portfolio: another seed of hashes,
another zone of time, another language and encoding, another folder to stand in, and files that were
written in another order.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hostile.files import EXAMPLE
from tests.hostile.portfolio import write_hostile
from tests.same_bytes.answering import REFUSED
from tests.same_bytes.differences import answers_in

MANY = 80


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
    """Return what `pmo` answers on a machine, each answer whole; of the example a PDF, too."""
    portfolio = copied(source, folder / f"copy of {machine.seed}", machine)
    target = folder / f"answers of {machine.seed}"
    subprocess.run(
        [
            *(sys.executable, "-m", "tests.same_bytes.answering", str(target)),
            *("--few", str(portfolio)),
            *(["--paper"] if source == EXAMPLE else []),
        ],
        env=environment(machine),
        cwd=stand_in(folder, machine),
        check=True,
        timeout=600,
    )
    return {name: (target / name).read_bytes() for name in answers_in(target)}


@pytest.mark.parametrize("source", ["example", pytest.param("hostile", marks=pytest.mark.more)])
def test_two_machines_answer_everything_alike(tmp_path: Path, source: str) -> None:
    (tmp_path / "files").mkdir()
    files = EXAMPLE if source == "example" else write_hostile(tmp_path / "files")
    one, other = (answers(files, tmp_path, machine) for machine in MACHINES)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert [answer for answer in one.values() if answer.startswith(REFUSED)] == []
    assert len(one) > MANY
