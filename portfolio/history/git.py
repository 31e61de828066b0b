"""Git's program, reading: a hostile witness that is asked for refs, commits and objects only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic
from typing import IO, TYPE_CHECKING, Self

from portfolio.history.error import HistoryError
from portfolio.history.git_folder import write_git_folder
from portfolio.history.repository import Repository, find_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PATIENCE = 6.0
"""Seconds that a command waits for git in all, beside one for each 50 megabytes that arrive."""
_MEGABYTE = 1 << 20
_EACH_SECOND = 50 * _MEGABYTE
_LARGEST = 64 * _MEGABYTE
_MOST = 1024 * _MEGABYTE
_MEMORY = 1024 * _MEGABYTE
_AT_ONCE = 100
"""Objects asked for at a time: their names fit into a pipe, so that nobody waits for the other."""
_OPTIONS = ("-c", "safe.bareRepository=explicit", "-c", "protocol.allow=never")


class History:
    """The past of the portfolio in one folder, for as long as one command looks at it.

    Nothing is looked for before it is needed; what then cannot be read raises a HistoryError.
    ``environment`` is what git runs in: its path, above all.
    """

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        """Keep where to look."""
        self.root = root.resolve()
        self._given = environment
        self._held = ExitStack()
        self._waited = 0.0
        self._received = 0
        self._reader: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process and no file behind."""
        self._dismiss()
        self._held.close()

    @cached_property
    def repository(self) -> Repository:
        """Return where the repository lies."""
        try:
            return find_repository(self.root)
        except OSError as error:
            raise _unreadable(error) from None

    @property
    def prefix(self) -> str:
        """Return the portfolio's folder as the repository states it, with a slash behind."""
        below = self.root.relative_to(self.repository.top).as_posix()
        return "" if below == "." else f"{below}/"

    def line(self, *words: str) -> str | None:
        """Return what git answers to a question, without blanks around; None where it fails."""
        process = self._start(words)
        with self._timed(process):
            output = process.communicate()[0]
        if process.returncode == 0:
            return output.decode("utf-8", "replace").strip()
        if self._left <= 0:
            raise self._impatient()
        return None

    def objects(self, names: Iterable[str]) -> dict[str, bytes]:
        """Read objects, each once; those that the repository lacks are not in the result."""
        wanted = list(dict.fromkeys(names))
        found: dict[str, bytes] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            found.update(self._answers(wanted[start : start + _AT_ONCE]))
        return found

    def missing(self, what: str) -> HistoryError:
        """Return the error for something that should be there, which names what would bring it."""
        if self.repository.boundary:
            message = f"this shallow clone lacks {what}"
            return HistoryError(message, DEEPEN)
        if self.repository.is_partial:
            message = f"this partial clone lacks {what}"
            return HistoryError(message, "fetch all of it: `git fetch --refetch --no-filter`")
        message = f"the repository lacks {what}, or it is damaged"
        return HistoryError(message, "`git fsck` says what; `git fetch --refetch` fetches it again")

    def _answers(self, names: list[str]) -> Iterator[tuple[str, bytes]]:
        """Ask for a few objects at once."""
        self._reader = reader = self._reader or self._start(("cat-file", "--batch"), asking=True)
        assert reader.stdin is not None  # noqa: S101 - both are pipes
        assert reader.stdout is not None  # noqa: S101
        try:
            with self._timed(reader):
                reader.stdin.write("".join(f"{name}\n" for name in names).encode())
                reader.stdin.flush()
                answers = [(name, self._answer(name, reader.stdout)) for name in names]
        except (OSError, ValueError):
            self._dismiss()
            if self._left <= 0:
                raise self._impatient() from None
            raise self.missing(f"an object near {names[0][:12]}") from None
        return ((name, content) for name, content in answers if content is not None)

    def _answer(self, name: str, stream: IO[bytes]) -> bytes | None:
        """Read one object as git prints it; a ValueError where it does not."""
        words = stream.readline().split()
        if words[1:] == [b"missing"]:
            return None
        size = int(words[-1]) if words else -1
        self._received += max(size, 0)
        if size > _LARGEST or self._received > _MOST:
            self._dismiss()
            message = f"object {name[:12]} makes it more than pmo reads from a repository"
            raise HistoryError(message, "a file may have 64 MiB, all of them together 1 GiB")
        content = stream.read(size + 1)
        if size < 0 or len(content) <= size:
            raise ValueError(name)
        return content[:size]

    @contextmanager
    def _timed(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Kill a process that keeps us waiting too long."""
        started = monotonic()  # before the timer: whoever is killed by it has waited long enough
        timer = Timer(max(self._left, 0), process.kill)
        timer.start()
        try:
            yield
        finally:
            self._waited += monotonic() - started
            timer.cancel()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count the work on what git answers as waiting; too much of it is a HistoryError."""
        started, waited = monotonic(), self._waited
        yield
        self._waited = waited + monotonic() - started
        if self._left <= 0:
            raise self._impatient()

    @property
    def _left(self) -> float:
        return PATIENCE + self._received / _EACH_SECOND - self._waited

    def _impatient(self) -> HistoryError:
        message = f"git did not answer within {PATIENCE:.0f} seconds, or too much to look through"
        return HistoryError(message, "`git fsck` and `git gc` tell whether the repository is sound")

    def _start(self, words: Iterable[str], *, asking: bool = False) -> subprocess.Popen[bytes]:
        """Start git, outside of the work tree."""
        if self._left <= 0:
            raise self._impatient()
        try:
            program, options, environment = self._how
            process = subprocess.Popen(  # noqa: S603 - fixed words, no shell
                (program, *options, *words),
                cwd=Path(program).anchor,
                env=environment,
                stdin=subprocess.PIPE if asking else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise _unreadable(error) from None
        if sys.platform == "linux":
            import resource

            # A ref or an object that never ends would be read until the memory does.
            with suppress(OSError):  # a container may not let us
                resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        return process

    @cached_property
    def _how(self) -> tuple[str, tuple[str, ...], Mapping[str, str]]:
        """Return git's program, what is said to it always, and the environment that it runs in."""
        repository = self.repository
        path = _safe_path(self._given.get("PATH", os.defpath), repository.top)
        program = shutil.which("git", path=path)
        if program is None or not Path(program).is_absolute():
            message = "git is not installed"
            raise HistoryError(message, "install it, or put its folder into PATH")
        own = Path(self._held.enter_context(TemporaryDirectory(prefix="pmo-git-")))
        write_git_folder(repository, own)
        options = (f"--git-dir={own}", f"--work-tree={own}", *_OPTIONS)
        environment = {
            **{key: value for key, value in self._given.items() if not key.startswith("GIT_")},
            "PATH": path,
            "LC_ALL": "C",
            "GIT_OBJECT_DIRECTORY": str(repository.shared / "objects"),
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_GRAFT_FILE": os.devnull,
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }
        return program, options, environment

    def _dismiss(self) -> None:
        if self._reader is not None:
            _end(self._reader)
        self._reader = None


DEEPEN = "fetch more: `fetch-depth: 0` in actions/checkout, GIT_DEPTH: 0, `git fetch --unshallow`"


def _unreadable(error: OSError) -> HistoryError:
    message = f"the repository cannot be read: {error.strerror}: {error.filename}"
    return HistoryError(message, "check that its files, and a temporary folder, are yours to use")


def _safe_path(path: str, top: Path) -> str:
    """Return the absolute folders of a path that lie outside of the repository.

    A relative one would be looked up in the work tree, where anybody can commit a `git`.
    """
    folders = [each for each in path.split(os.pathsep) if Path(each).is_absolute()]
    return os.pathsep.join(
        each for each in folders if not Path(os.path.realpath(each)).is_relative_to(top)
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it has not ended, and close its pipes."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
    process.wait()
