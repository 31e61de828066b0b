"""Run `pmo` as a user does: a process of its own, its streams and its exit status.

A process is forked from one that has imported everything already: a third of a second less for each
of some thousand. What is said of a fresh process (what it imports, its hash seed, its installation)
starts one instead.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

_SECONDS = 120
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.cli.warmed"])


def pmo(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `pmo` with arguments."""
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as folder:
        streams = (Path(folder, "stdout"), Path(folder, "stderr"))
        at = os.fspath(cwd) if cwd is not None else os.getcwd()  # noqa: PTH109 - as it is
        process = FORKING.Process(target=become, args=(words, at, dict(os.environ), streams))
        # The child would import whatever program runs the tests, to find its functions there.
        with patch.dict(sys.modules, {"__main__": types.ModuleType("__main__")}):
            process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(words, _SECONDS)
        out, err = (stream.read_text(encoding="utf-8") for stream in streams)
    return subprocess.CompletedProcess(words, process.exitcode, out, err)


def become(
    words: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    streams: tuple[str | Path, str | Path],
) -> None:
    """Be `pmo` in the forked process."""
    from pmo_cli.app import main

    for descriptor, path in enumerate(streams, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["pmo", *words]
    main()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_valid(folder: Path) -> bool:
    """Tell whether the portfolio in a folder's `p` has no error.

    That every project serves an objective is a rule of the trade, which no import can keep.
    """
    ran = pmo("-C", "p", "validate", "--ignore", "STR-NO-OBJECTIVE", cwd=folder)
    return ran.returncode == 0 and "0 errors" in ran.stdout + ran.stderr
