"""Hold what this tree answers against what it answered at a commit; exit 1 where bytes differ.

``python -m tests.same_bytes.before REF`` checks REF out into a folder of its own, asks both trees
everything, each by its own list of questions, about the same portfolios: the examples, what `init`
writes and, where the public data sets lie beside the checkout, two imported ones. ``--only`` takes
some of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.real_data import real_data
from tests.same_bytes.differences import answers_in, differences
from tests.same_bytes.pythons import ROOT

_FOLDER = ROOT / "build" / "same-outputs"
_DAY = "2026-03-31"
_ASK = """
import sys
from pathlib import Path
from tests.same_bytes import answering
from tests.same_bytes.questions import lookups, questions
folder, root, *shared = sys.argv[1:]
if not root:
    answering.answer(lookups(), (), Path(folder))
else:
    asked = questions(answering.opened(Path(root)))
    answering.answer(asked, ("-q", "-C", root, *shared), Path(folder))
"""
_IMPORTED = {
    "a table": (
        "csv",
        ("uk-gmpp", "raw", "gmpp_2019.csv"),
        ("-m", "uk-gmpp", "--as-of", "2018-09-30"),
    ),
    "a schedule": (
        "mspdi",
        ("ms-project-and-friends", "mspdi", "mspdirelations.xml"),
        ("--project", "imported", "--as-of", _DAY),
    ),
}


def main() -> int:
    """Ask both trees and tell which answers differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.same_bytes.before", description=__doc__)
    parser.add_argument("ref", metavar="REF")
    parser.add_argument("--only", metavar="NAME", action="append", help="some of the portfolios")
    asked = parser.parse_args()
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    other = _FOLDER / "tree"
    subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=True)
    subprocess.run(
        ["git", "worktree", "add", "-q", "--detach", other, asked.ref], cwd=ROOT, check=True
    )
    trees = {"before": other, "now": ROOT}
    try:
        with ThreadPoolExecutor(len(trees)) as pool:
            list(pool.map(_write, trees.values(), map(_FOLDER.joinpath, trees)))
            list(pool.map(lambda name: _ask(trees[name], _FOLDER / name, asked.only), trees))
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", other], cwd=ROOT, check=True)
    now = _FOLDER / "now"
    found = list(differences(_FOLDER / "before", now))
    sys.stdout.writelines(f"{name}: {said}\n" for name, said in found)
    answered = len(answers_in(now))
    sys.stdout.write(f"{answered} answers, {len(found)} differ from those of {asked.ref}\n")
    return 1 if found else 0


def _write(tree: Path, folder: Path) -> None:
    """Have a tree begin a portfolio and import others."""
    words = ("--as-of", _DAY, "--country", "GB", "--name", "Harbour Works")
    _run(tree, "-m", "pmo_cli", "-q", "init", str(folder / "files" / "begun"), *words)
    for name, (source, path, stated) in _IMPORTED.items():
        for file in _there(path):
            into = ("--into", str(folder / "files" / name))
            _run(tree, "-m", "pmo_cli", "-q", "import", source, str(file), *into, *stated)


def _ask(tree: Path, folder: Path, only: list[str] | None) -> None:
    """Ask a tree about the same portfolios as the other: the examples, and what is written now."""
    day = ("--as-of", _DAY)
    written = _FOLDER / "now" / "files"
    asked: dict[str, tuple[str, ...]] = {
        "nothing": ("",),
        "the example": (str(ROOT / "examples" / "meridian"), *day),
        "the broken example": (str(ROOT / "examples" / "broken"), *day),
        "what init writes": (str(written / "begun"), *day),
        **{name: (str(written / name),) for name in _IMPORTED if (written / name).exists()},
    }
    for name, words in asked.items():
        if only is None or name in only:
            _run(tree, "-c", _ASK, str(folder / name), *words)


def _there(path: tuple[str, ...]) -> Iterator[Path]:
    try:
        yield real_data(*path)
    except pytest.skip.Exception:
        sys.stdout.write(f"skipped: {'/'.join(path)} is not here\n")


def _run(tree: Path, *words: str) -> None:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(tree)}
    subprocess.run([sys.executable, *words], cwd=tree, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
