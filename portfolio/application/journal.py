"""Sets of files that change together: all of them or none, whatever ends the writer.

A writer holds the folder's lock, writes every file beside its target, says in a journal that all
are there, and only then renames. Whoever finds the journal of a writer that has ended knows how far
it came: with the last line the renames are finished, without it what was staged is removed. The
lock is the kernel's and goes with its process; a reader takes it, shared, and writes nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

JOURNAL = ".pmo-journal"
_STAGED = "all staged\n"
_ENDING = ".pmo-new"
_PATIENCE, _STEP = 2.0, 0.002
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.EBADF}
_LARGEST = 16 << 20
_FINISHES = "`pmo validate --fix` finishes it, then makes the safe edits"


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths inside a folder, which is there: all of them or none.

    Raises OSError where something cannot be written; then no file has changed. A Failure while
    somebody else is writing.
    """
    with _locked(folder, alone=True):
        _finish(folder)
        _write(folder, files)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Keep writers away from a folder while it is read.

    Waits two seconds for a writer that is at work. A Failure where it takes longer, and where one
    has ended in the middle of its renames.
    """
    with _locked(folder, alone=False):
        if _is_committed(folder):
            message = f"a change of several files in {folder} was not finished"
            raise Failure(message, _FINISHES)
        yield


def settle(folder: Path) -> None:
    """Finish, or undo, what a writer left behind in a folder that has ended."""
    with _locked(folder, alone=True):
        _finish(folder)


def _finish(folder: Path) -> None:
    journal = folder / JOURNAL
    targets = _targets(journal)
    if targets is None:
        return
    if _is_committed(folder):
        _rename(folder, targets)
    else:
        _remove_staged(folder, targets)
    with suppress(OSError):  # what a repository brings may be a folder
        journal.unlink()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    journal = folder / JOURNAL
    made = _folders_for(folder, files)
    try:
        _store(journal, json.dumps([*files]).encode() + b"\n")
        for path, content in files.items():
            _store(_staged(folder, path), content, like=folder / path)
        _append(journal, _STAGED)
    except BaseException:
        _remove_staged(folder, files)
        journal.unlink(missing_ok=True)
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir()
        raise
    try:
        _rename(folder, files)
        journal.unlink()
    except OSError as error:
        message = f"only some files in {folder} were changed: {error.strerror or error}"
        raise Failure(message, _FINISHES) from None


def _folders_for(folder: Path, paths: Iterable[str]) -> list[Path]:
    """Make the folders that are not there yet; return them, the outer ones first."""
    made: list[Path] = []
    for path in paths:
        missing = [each for each in (folder / path).parents if not each.exists()]
        for each in reversed(missing):
            each.mkdir()
            made.append(each)
    return made


def _rename(folder: Path, paths: Iterable[str]) -> None:
    """Rename what is staged; what is not staged any more has its name already."""
    parents = set()
    for path in paths:
        with suppress(FileNotFoundError):
            _staged(folder, path).replace(folder / path)
        parents.add((folder / path).parent)
    for each in parents:
        _sync_folder(each)


def _remove_staged(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        with suppress(OSError):
            _staged(folder, path).unlink()


def _staged(folder: Path, path: str) -> Path:
    target = folder / path
    return target.with_name(f".{target.name}{_ENDING}")


def _store(path: Path, content: bytes, like: Path | None = None) -> None:
    """Write a new file to the disk; with the rights of the one that it will replace."""
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.is_file():
        path.chmod(like.stat().st_mode & 0o7777)


def _append(path: Path, line: str) -> None:
    with path.open("ab") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _targets(journal: Path) -> list[str] | None:
    """Return what a journal was about; None without one, nothing where it was cut off.

    A repository can bring a journal: only paths inside its folder count, and no link on the way.
    """
    if not os.path.lexists(journal):
        return None
    stated = _lines(journal)
    try:
        paths = json.loads(stated[0]) if stated else []
    except ValueError:
        return []
    return [path for path in paths if _is_inside(path, journal.parent)] if _is_list(paths) else []


def _is_list(value: Any) -> bool:  # noqa: ANN401 - whatever a file holds
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_inside(path: str, folder: Path) -> bool:
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts:
        return False
    return not any((folder / Path(*parts[:count])).is_symlink() for count in range(1, len(parts)))


def _is_committed(folder: Path) -> bool:
    journal = folder / JOURNAL
    return os.path.lexists(journal) and _lines(journal)[-1:] == [_STAGED]


def _lines(journal: Path) -> list[str]:
    if journal.is_symlink() or not journal.is_file():
        return []
    with journal.open("rb") as file:
        return file.read(_LARGEST).decode("utf-8", "replace").splitlines(keepends=True)


@contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the lock of a folder, ``alone`` or with others who read."""
    if sys.platform == "win32":  # pragma: no cover - a folder has no lock there
        yield
        return
    import fcntl

    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        if alone:
            raise
        yield  # whoever reads is told what is in the way, file by file
        return
    try:
        _wait(lambda: fcntl.flock(handle, fcntl.LOCK_NB | kind), folder)
        yield
    finally:
        os.close(handle)


def _wait(lock: Callable[[], None], folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lock()
        except BlockingIOError:
            if time.monotonic() > until:
                message = f"another pmo is at work in {folder}"
                raise Failure(message, "run it again when that has ended") from None
            time.sleep(_STEP)
        except OSError as error:
            if error.errno in _NO_LOCKS:  # a network's folder may have none
                return
            raise
        else:
            return
