"""Stop a command at chosen moments of its writing, without computing again what it writes.

The command runs once, in a forked process, up to where it begins to write. From there a child is
forked for each moment: it goes on writing, and tells of each thing that it does to files. At one of
them it is killed, or may not write any more.
"""

from __future__ import annotations

import os
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from tests.cli.running import FORKING, become
from tests.cli.writers import PLACE

How = Literal["killed at", "killed near", "forbidden from"]
NEVER = 0
NOBODY = 65534
_WRITERS = ("write_file", "write_set")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "fcntl")


@dataclass(frozen=True)
class Ended:
    """How a writer ended: after how many steps, and by which status; killed it is negative."""

    steps: int
    status: int

    @property
    def was_killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Writer:
    """A command that stands before its writing, and writes as often as it is asked to."""

    def __init__(self, pipe: Connection, talk: Path) -> None:
        self._pipe, self._talk, self._heard = pipe, talk, 0

    def run(
        self,
        step: int = NEVER,
        how: How = "killed at",
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Ended:
        """Write, stopped in some way at one of its steps; do something else meanwhile."""
        self._pipe.send((step, how))
        while not self._pipe.poll(0.01):  # in which the writer gets the lock that readers share
            meanwhile()
        ended = self._pipe.recv()
        assert isinstance(ended, Ended)
        return ended

    def said(self) -> str:
        """Return what it said since somebody asked."""
        words = self._talk.read_text()[self._heard :]
        self._heard += len(words)
        return words


@contextmanager
def before_it_writes(words: Sequence[str], folder: Path, user: int = 0) -> Iterator[Writer]:
    """Bring a command to where it begins to write, which another user does."""
    ours, theirs = FORKING.Pipe()
    talk = folder / "talk.txt"
    streams = (os.devnull, str(talk))
    given = (words, str(folder), dict(os.environ), streams, theirs, user)
    process = FORKING.Process(target=_stand, args=given)
    with patch.dict(sys.modules, {"__main__": types.ModuleType("__main__")}):
        process.start()
    theirs.close()
    try:
        assert ours.poll(120), f"{words} wrote nothing"
        ours.recv()
        yield Writer(ours, talk)
        ours.send(None)
        process.join(10)
    finally:
        process.kill()
        process.join()


def _stand(
    words: Sequence[str],
    folder: str,
    environment: dict[str, str],
    streams: tuple[str, str],
    pipe: Connection,
    user: int,
) -> None:
    """Run the command; where it first writes, wait for moments instead."""
    from portfolio.application import writing

    for name in _WRITERS:
        setattr(writing, name, _forking(getattr(writing, name), pipe, user))
    become(words, folder, environment, streams)


def _forking(write: Callable[..., None], pipe: Connection, user: int) -> Callable[..., None]:
    def stand(*arguments: object, **options: object) -> None:
        if os.getpid() in _writing:
            return write(*arguments, **options)
        pipe.send("stands")
        while (asked := pipe.recv()) is not None:
            step, how = asked
            told, tells = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(told)
                _writing.add(os.getpid())
                if user:
                    os.setuid(user)
                _tell_of_each_step(tells, step, how)
                return write(*arguments, **options)
            os.close(tells)
            pipe.send(_ended(child, told, step, how))
            os.close(told)
        os._exit(0)

    return stand


_writing: set[int] = set()


def _tell_of_each_step(tells: int, stop: int, how: How) -> None:
    """Write a byte for whatever changes something; at one of them do what there is to do."""
    count = 0

    def hear(event: str, details: tuple[object, ...]) -> None:
        nonlocal count
        opens = event == "open" and isinstance(details[2], int) and details[2] & _WRITES
        if not opens and not event.startswith(_CHANGES):
            return
        count += 1
        os.write(tells, b".")
        if count == stop and how == "forbidden from":
            forbid(Path(PLACE))
        while count == stop and how == "killed at":
            signal.pause()

    sys.addaudithook(hear)


def forbid(folder: Path) -> None:
    """Take the right to change anything in a folder, or below it."""
    for each in (folder, *folder.rglob("*")):
        if each.is_dir():
            each.chmod(0o555)


def _ended(child: int, told: int, step: int, how: How) -> Ended:
    """Kill a child that has told of a step, where it is to be killed, and see how it ended."""
    steps = 0
    while os.read(told, 1):
        steps += 1
        if steps == step and how != "forbidden from":
            os.kill(child, signal.SIGKILL)
    return Ended(steps, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
