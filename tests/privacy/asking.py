"""Ask many questions of a portfolio in one process of its own, and keep all that comes out."""

from __future__ import annotations

import os
import pickle
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.cli.running import FORKING, contents
from tests.same_bytes.questions import DAY, PLACE, Words

_SECONDS = 900
WIDE = {"COLUMNS": "500", "NO_COLOR": "1"}
"""A terminal that cuts no word off, so that none hides."""
Answer = Mapping[str, bytes]
"""What a command wrote: its streams, its exit code and its files, each by its name."""


def answers(root: Path, asked: Mapping[str, Words], *shared: str) -> dict[str, Answer]:
    """Return what `pmo` answers about the portfolio in a folder, by the names of the questions."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "answers")
        given = (root, dict(asked), shared, target)
        process = FORKING.Process(target=_answer, args=given)
        with patch.dict(sys.modules, {"__main__": types.ModuleType("__main__")}):
            process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
        assert process.exitcode == 0
        found: dict[str, Answer] = pickle.loads(target.read_bytes())  # noqa: S301 - ours
        return found


def _answer(root: Path, asked: Mapping[str, Words], shared: Words, target: Path) -> None:
    """Answer in the forked process; the portfolio is loaded once for all questions."""
    from tests.same_bytes.answering import kept, run

    os.environ.update(WIDE)
    os.chdir(root)
    found = {}
    with kept(), TemporaryDirectory() as folder:
        for number, (name, words) in enumerate(asked.items()):
            place = Path(folder, f"answer{number}")
            given = [word.replace(PLACE, str(place)) for word in words]
            out, code, said = run(["--as-of", DAY, *shared, *given])
            streams = {"stdout": out, "stderr": said.encode(), "exit code": str(code).encode()}
            files = contents(place) if place.is_dir() else {}
            alone = {
                path.name: path.read_bytes()
                for path in Path(folder).glob(f"answer{number}*")
                if path.is_file()
            }
            found[name] = {
                key: content.replace(folder.encode(), b"FOLDER").replace(
                    str(root).encode(), b"ROOT"
                )
                for key, content in (streams | files | alone).items()
            }
    target.write_bytes(pickle.dumps(found))
