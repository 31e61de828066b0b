"""What is written beside its place until it is whole, and what a writer that has ended left there.

A place to write in is locked by its writer. The lock is the kernel's and goes with the process:
what nobody holds any more is a leftover, which the next writer to the same target removes.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDING = ".pmo-new"
NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.EBADF}
"""What a network's folder may answer to who wants a lock."""


@contextmanager
def beside(target: Path, *, is_folder: bool = False) -> Iterator[Path]:
    """Give an empty file or folder beside a target, which goes unless it was renamed.

    The folders around the target are made; they go too where the writing fails.
    """
    with _parents(target):
        _sweep(target)
        place, handle = _made(target, is_folder=is_folder)
        try:
            yield place
        finally:
            with suppress(OSError):
                _remove(place)
            if handle is not None:
                os.close(handle)


@contextmanager
def _parents(target: Path) -> Iterator[None]:
    made = make_folders(missing_folders(Path(), [target]))
    try:
        yield
    except BaseException:
        remove_folders(made)
        raise


def missing_folders(folder: Path, paths: Iterable[str | Path]) -> list[Path]:
    """Return the folders around paths inside a folder that are not there, the outer ones first."""
    around = (each for path in paths for each in reversed((folder / path).parents))
    return [each for each in dict.fromkeys(around) if not each.exists()]


def make_folders(folders: Iterable[Path]) -> list[Path]:
    """Make folders, each after the one around it; all or none."""
    made: list[Path] = []
    try:
        for each in folders:
            each.mkdir(exist_ok=True)
            made.append(each)
    except BaseException:
        remove_folders(made)
        raise
    return made


def remove_folders(folders: Iterable[Path]) -> None:
    """Remove those of the folders that are empty."""
    for each in reversed([*folders]):
        with suppress(OSError):
            each.rmdir()


def _made(target: Path, *, is_folder: bool) -> tuple[Path, int | None]:
    """Make a new place and hold its lock; another one where a sweeper came between the two."""
    while True:
        place = _new(target, is_folder=is_folder)
        if sys.platform == "win32":  # pragma: no cover - what is open cannot be renamed there
            return place, None
        try:
            return place, _held(place)
        except (BlockingIOError, FileNotFoundError):
            continue
        except OSError as error:
            if error.errno in NO_LOCKS:
                return place, None
            _remove(place)
            raise


def _new(target: Path, *, is_folder: bool) -> Path:
    if is_folder:
        return Path(tempfile.mkdtemp(ENDING, f".{target.name}.", target.parent))
    handle, name = tempfile.mkstemp(ENDING, f".{target.name}.", target.parent)
    os.close(handle)
    return Path(name)


def _held(place: Path) -> int:
    """Return what holds the lock of a place; BlockingIOError where somebody else does."""
    import fcntl

    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place.lstat()  # whoever held it before has perhaps removed it
    except BaseException:
        os.close(handle)
        raise
    return handle


def _sweep(target: Path) -> None:
    """Remove what writers to the same target, who have ended, left beside it."""
    if sys.platform == "win32":  # pragma: no cover - it cannot be told who has ended
        return
    for name in os.listdir(target.parent):  # noqa: PTH208 - thousands may lie there
        if name.startswith(f".{target.name}.") and name.endswith(ENDING):
            place = target.with_name(name)
            with suppress(OSError):
                handle = _held(place)
                try:
                    _remove(place)
                finally:
                    os.close(handle)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def fill(path: Path, content: bytes, *, like: Path) -> None:
    """Write a file to the disk, with the rights of the one that it will replace, if it is there."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if like.is_file():
        path.chmod(like.stat().st_mode & 0o7777)


def store(path: Path, content: bytes, *, like: Path) -> None:
    """Write a new file to the disk, in place of whatever stands at its path."""
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(path, flags, 0o644))
    fill(path, content, like=like)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
