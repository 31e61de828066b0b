"""Sets of files that change together: all of them or none, whatever ends the writer.

A writer holds the folder's lock, writes every file beside its target, says in a journal that all
are there, and only then renames. Whoever finds the journal of a writer that has ended knows how far
it came: with the last line the renames are finished, without it what was staged is removed. The
lock is the kernel's and goes with its process; a reader takes it, shared, and writes nothing.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from portfolio.application.failure import Failure
from portfolio.application.staging import (
    ENDING,
    NO_LOCKS,
    make_folders,
    missing_folders,
    remove_folders,
    store,
    sync_folder,
)
from portfolio.application.wrong_folder import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

JOURNAL = ".pmo-journal"
_STAGED = "all staged\n"
_PATIENCE, _STEP = 2.0, 0.002
_LARGEST = 16 << 20


class InUse(Failure):
    """Somebody writes in a folder, or has ended in the midst of it."""


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths inside a folder, which is there: all of them or none.

    Raises OSError where something cannot be written; then no file has changed. A Failure while
    somebody else is writing, and where only some could be renamed.
    """
    with _locked(folder, alone=True):
        with _told(folder):
            _finish(folder)
        _write(folder, files)


@contextmanager
def reading(folder: Path, finishes: str = "") -> Iterator[None]:
    """Keep writers away from a folder while it is read.

    Waits two seconds for a writer that is at work. A Failure where it takes longer, and where one
    has ended in the middle of its renames; ``finishes`` is the command for that.
    """
    with _locked(folder, alone=False):
        if _is_committed(folder):
            message = f"a change of several files in {folder} was not finished"
            raise InUse(message, _hint(folder, finishes))
        yield


def settle(folder: Path) -> None:
    """Finish, or undo, what a writer left behind in a folder that has ended."""
    if not os.path.lexists(folder / JOURNAL):
        return
    with _told(folder), _locked(folder, alone=True):
        _finish(folder)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what a system refuses, while an earlier writer's work is finished, into a sentence."""
    try:
        yield
    except OSError as error:
        message = f"a change of several files in {folder} cannot be finished"
        raise Failure(f"{message}: {error.strerror or error}", _hint(folder)) from None


def _hint(folder: Path, finishes: str = "") -> str:
    """Name the command that finishes what was begun in a folder."""
    if finishes or (folder / SETTINGS).is_file():
        command = finishes or f"pmo -C {shlex.quote(str(folder))} validate --fix"
        return f"`{command}` finishes it, then makes the safe edits"
    return "the same command, run again, finishes it"


def _finish(folder: Path) -> None:
    journal = folder / JOURNAL
    if not os.path.lexists(journal):
        return
    files, folders = _stated(journal, 0), _stated(journal, 1)
    if _is_committed(folder):
        _rename(folder, files)
    else:
        _undo(folder, files, folders)
    with suppress(OSError):  # what a repository brings may be a folder
        journal.unlink()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    journal = folder / JOURNAL
    missing = missing_folders(folder, files)
    folders = [each.relative_to(folder).as_posix() for each in missing]
    paths = sorted(files, key=lambda path: path != SETTINGS)  # who has it, finds the journal
    begun = f"{json.dumps(paths)}\n{json.dumps(folders)}\n".encode()
    try:
        store(journal, begun, like=journal)
        make_folders(missing)
        for path in paths:
            store(_staged(folder, path), files[path], like=folder / path)
        _append(journal, _STAGED)
    except BaseException:
        _undo(folder, paths, folders)
        raise
    try:
        _rename(folder, paths)
        journal.unlink()
    except OSError as error:
        if all(os.path.lexists(_staged(folder, path)) for path in paths):
            os.truncate(journal, len(begun))
            _undo(folder, paths, folders)
            raise
        message = f"only some files in {folder} were changed: {error.strerror or error}"
        raise Failure(message, _hint(folder)) from None


def _undo(folder: Path, files: Iterable[str], folders: Iterable[str]) -> None:
    """Remove what is staged, the folders that were made for it, and the journal at last.

    What cannot be removed stays until the next writer comes.
    """
    with suppress(OSError):
        for path in files:
            _staged(folder, path).unlink(missing_ok=True)
        remove_folders(folder / path for path in folders)
        (folder / JOURNAL).unlink(missing_ok=True)


def _rename(folder: Path, paths: Iterable[str]) -> None:
    """Rename what is staged; what is not staged any more has its name already."""
    parents = set()
    for path in paths:
        with suppress(FileNotFoundError):
            _staged(folder, path).replace(folder / path)
        parents.add((folder / path).parent)
    for each in parents:
        sync_folder(each)


def _staged(folder: Path, path: str) -> Path:
    target = folder / path
    return target.with_name(f".{target.name}{ENDING}")


def _append(path: Path, line: str) -> None:
    with path.open("ab") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _stated(journal: Path, line: int) -> list[str]:
    """Return what a line of a journal lists: its files, its new folders; nothing where it is cut.

    A repository can bring a journal: only paths inside its folder count, and no link on the way.
    """
    try:
        paths = json.loads(_lines(journal)[line])
    except (ValueError, IndexError):
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
                raise InUse(message, "run it again when that has ended") from None
            time.sleep(_STEP)
        except OSError as error:
            if error.errno in NO_LOCKS:  # a network's folder may have none
                return
            raise
        else:
            return
