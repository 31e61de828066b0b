"""Runs of the table: forked from one parent that has everything imported, each under limits.

A portfolio is written, and read, in a process of its own; each command on it is forked from that.
So a run pays for a fork and for what it does itself, and whatever it does harms no other.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import NoReturn

import pmo_cli.app
import portfolio.application.open as opening
from pmo_cli.options import Session
from pmo_cli.session import opened
from portfolio.application.validation import findings
from portfolio.view.view import View
from tests.cli.running import contents
from tests.harness import commands
from tests.harness.faults import Answer, faults
from tests.harness.portfolios import Files, kind_of
from tests.harness.portfolios import portfolio as files_named
from tests.same_bytes.questions import PLACE, Words

MEMORY = 1 << 30
SECONDS = 20
"""Of processor time: a command takes a tenth of a second."""
PATIENCE = 90
"""Seconds on the clock, for what waits for something."""
_ANSWER = 1 << 28


@dataclass(frozen=True, slots=True)
class Run:
    """A command on a portfolio, and what was wrong with its answer."""

    portfolio: str
    words: Words
    seconds: float
    status: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A portfolio, and the commands; where none are named, so many are drawn."""

    portfolio: str
    words: tuple[Words, ...] = ()
    number: int = 0
    seed: str = ""


def run_all(batches: Iterable[Batch], processes: int) -> Iterator[Run]:
    """Yield every run of the batches, some of which run beside each other."""
    waiting = iter(batches)
    running: dict[int, tuple[Batch, Path]] = {}
    with tempfile.TemporaryDirectory() as place:
        for number, batch in enumerate(waiting):
            folder = Path(place, str(number))
            folder.mkdir()
            running[_forked(_run_batch, batch, folder)] = batch, folder
            while len(running) >= processes:
                yield from _ended(running)
        while running:
            yield from _ended(running)


def _ended(running: dict[int, tuple[Batch, Path]]) -> Iterator[Run]:
    child, ending = os.wait()
    batch, folder = running.pop(child)
    runs = folder / "runs"
    lines = runs.read_text().splitlines() if runs.exists() else []
    for line in lines:
        known = json.loads(line)
        yield Run(**known | {"words": tuple(known["words"]), "faults": tuple(known["faults"])})
    status = os.waitstatus_to_exitcode(ending)
    if status != 0:
        said = (folder / "err").read_text(errors="replace")[-2000:]
        yield Run(batch.portfolio, ("opening",), 0, status, (f"ended with {status}: {said}",))
    shutil.rmtree(folder)


def _forked(work: Callable[..., None], *arguments: object) -> int:
    """Return the process that does some work; it ends with 0, or 99 if that failed."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException:  # noqa: BLE001 - nothing may run on in a child
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
            os._exit(99)
        os._exit(0)
    return child


# --- a portfolio ------------------------------------------------------------------------------


def _run_batch(batch: Batch, folder: Path) -> None:
    """Be the process of a portfolio: read it once, and fork each command."""
    _limit()
    _say_into(folder / "err", folder / "err")
    write(files_named(batch.portfolio), folder / "p")
    os.chdir(folder)
    read = _read_once(Path("p"))
    random = Random(f"{batch.seed} {batch.portfolio}")
    kind = kind_of(batch.portfolio)
    asked = batch.words or commands.drawn(read, random, batch.number, kind)
    with (folder / "runs").open("w") as told:
        for words in asked:
            answer = _ask(words, folder)
            wrong = tuple(faults(answer))
            run = Run(batch.portfolio, words, answer.seconds, answer.status, wrong)
            told.write(f"{json.dumps(asdict(run))}\n")
            told.flush()


def write(files: Files, folder: Path) -> None:
    """Write the files of a portfolio into a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _read_once(folder: Path) -> View | None:
    """Read a portfolio, so that the commands find it read and judged; None where it cannot be."""
    judge = findings.judge
    pmo_cli.app.build = cache(pmo_cli.app.build)
    opening._load = cache(opening._load)
    try:
        found = opened(Session(directory=folder, quiet=True))
        judged = judge(found.loaded)
    except Exception:  # noqa: BLE001 - each command meets it again, and is told of
        return None
    findings.judge = lambda loaded, *given, **named: (
        judged
        if loaded is found.loaded and not given and not found.view.hidden
        else judge(loaded, *given, **named)
    )
    return found.view


def _limit() -> None:
    """Limit this process and all that it forks, beyond what the warmed parent has already."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + MEMORY
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, _ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


# --- a command --------------------------------------------------------------------------------


def _ask(words: Words, folder: Path) -> Answer:
    """Run a command in a process of its own, and return how it ended and what it wrote."""
    place = folder / "out"
    place.mkdir()
    known = {*folder.glob("p/**/*")}
    given = [str(place / "answer") if word == PLACE else word for word in words]
    streams = folder / "stdout", folder / "stderr"
    _, ending, used = os.wait4(_forked(_be_pmo, [*_SHARED, *given], streams), 0)
    out, err = (stream.read_bytes() for stream in streams)
    status, seconds = os.waitstatus_to_exitcode(ending), used.ru_utime + used.ru_stime
    left = tuple(str(path) for path in sorted({*folder.glob("p/**/*")} - known))
    answer = Answer(words, status, out, err, contents(place), left, round(seconds, 3))
    shutil.rmtree(place)
    return answer


_SHARED = ("-C", "p", "--debug")


def _be_pmo(words: list[str], streams: tuple[Path, Path]) -> NoReturn:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    _say_into(*streams)
    status = 0
    try:
        pmo_cli.app.main(words)
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _say_into(out: Path, err: Path) -> None:
    for descriptor, path in enumerate((out, err), start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
