"""Ask every Python of this machine everything, and tell which answers differ; exit 1 where any do.

Run it as ``python -m tests.same_bytes``; ``--constraints`` names the list of versions that all of
them install.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.same_bytes.answering import REFUSED
from tests.same_bytes.differences import answers_in, differences
from tests.same_bytes.pythons import ROOT, WANTED, environment_of, found_pythons

_FOLDER = ROOT / "build" / "same-bytes"
_LISTED = ROOT / "constraints.txt"


def main() -> int:
    """Compare the answers of all Pythons with those of the first."""
    parser = argparse.ArgumentParser(prog="python -m tests.same_bytes", description=__doc__)
    parser.add_argument("--constraints", type=Path, default=_LISTED if _LISTED.exists() else None)
    constraints = parser.parse_args().constraints
    found = found_pythons()
    for version in WANTED:
        _say(f"Python {version}: {found.get(version, 'skipped, it is not on this machine')}")
    with ThreadPoolExecutor(len(found)) as pool:  # all at once, so that no core waits at the end
        asked = {
            version: pool.submit(_answers, version, python, constraints)
            for version, python in found.items()
        }
    (first, reference), *others = ((version, each.result()) for version, each in asked.items())
    names = answers_in(reference)
    differing = [_told(f"{first} ≠ {version}", reference, folder) for version, folder in others]
    refused = [name for name in names if (reference / name).read_bytes().startswith(REFUSED)]
    for name in sorted(refused):
        _say(f"refused: {name}: {(reference / name).read_bytes()!r}")
    _say(f"{len(names)} answers of Python {', '.join(found)}: {sum(differing)} differ")
    return 1 if any(differing) or refused else 0


def _answers(version: str, python: Path, constraints: Path | None) -> Path:
    """Return the folder of a Python's answers."""
    inside = environment_of(python, _FOLDER / version / "venv", constraints)
    folder = _FOLDER / version / "answers"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [inside, "-m", "tests.same_bytes.answering", folder],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
        check=True,
    )
    return folder


def _told(pair: str, one: Path, other: Path) -> int:
    """Print what differs between two folders of answers; return how much does."""
    found = list(differences(one, other))
    for name, said in found:
        _say(f"{pair}: {name}: {said}")
    return len(found)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
