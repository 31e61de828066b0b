"""Where generated files go in a folder: beside the files that somebody else wrote."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from portfolio.loading.discovery import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

MARK = "Written by pmo import"
TABLE = "Its activities stand in the table of the same name."
ACTIVITIES = "activities."
"""How the name of a table of activities begins; the name of its project follows."""
BESIDE = "-imported"
_MAPPING = " with the mapping "
_END = "; the next one overwrites it."
_MOST = 1000


class LeadsOut(Exception):  # noqa: N818 - it is a fact about the user's folder
    """A file of an import would stand outside the folder that it is for."""


def mark(sources: Iterable[str], mapping: str = "") -> str:
    """Return the first line of every file of an import, by which the next one knows its own."""
    by = f"{_MAPPING}{mapping}" if mapping else ""
    return f"{MARK} from {', '.join(sorted(sources))}{by}{_END}"


def is_ours(path: Path, mapping: str | None = None) -> bool:
    """Tell whether a file was written by an import: by any, or by those with a mapping.

    The mapping of a schedule is empty. A table has no place for the mark: the file of its project,
    of the same name, says that it has one.
    """
    is_table = path.suffix == ".csv"
    if path.is_symlink() or not path.is_file():
        return False
    if is_table and not path.name.startswith(ACTIVITIES):
        return False
    marked = f"{path.stem.partition('.')[2]}.yaml" if is_table else path.name
    try:
        with path.with_name(marked).open("rb") as file:
            first, second = (file.readline().decode("utf-8", "replace").rstrip() for _ in "12")
    except OSError:
        return False
    if not first.startswith(f"# {MARK}") or (is_table and second != f"# {TABLE}"):
        return False
    return mapping is None or mapping == first.removesuffix(_END).partition(_MAPPING)[2]


def is_taken(path: Path, mapping: str = "") -> bool:
    """Tell whether something stands at a path that an import may not replace."""
    return os.path.lexists(path) and not is_ours(path, mapping)


def settle(paths: Iterable[str], folder: Path, mapping: str = "") -> dict[str, str]:
    """Return where each file goes: there, or beside what somebody else wrote there.

    A name beside, once an import has taken it, is found again by the next one.
    """
    names_in = cache(_names_in)
    return {
        path: _settled(PurePosixPath(path), folder, mapping, names_in((folder / path).parent))
        for path in paths
    }


def _settled(path: PurePosixPath, folder: Path, mapping: str, there: AbstractSet[str]) -> str:
    is_there = path.name in there
    if is_there and is_ours(folder / path, mapping):
        return str(path)
    if not is_there and not any(name.startswith(f"{path.stem}{BESIDE}") for name in there):
        return str(path)
    endings = ("", BESIDE, *(f"{BESIDE}-{number}" for number in range(2, _MOST)))
    names = [path.with_stem(f"{path.stem}{ending}") for ending in endings]
    ours = (name for name in names if name.name in there and is_ours(folder / name, mapping))
    return str(next(ours, None) or next(name for name in names if name.name not in there))


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - thousands may lie there
    except OSError:
        return frozenset()


def check_inside(paths: Iterable[str], folder: Path) -> None:
    """Raise LeadsOut where a path leads out of a folder, by its parts or by a link on its way."""
    inside = Path(os.path.realpath(folder))
    parents = {(folder / path).parent: path for path in paths}
    for parent, path in parents.items():
        real = Path(os.path.realpath(parent))
        if not real.is_relative_to(inside):
            message = f"{path} would be written outside {folder}: into {real}"
            raise LeadsOut(message)


def left_over(files: Mapping[str, str], folder: Path, mapping: str) -> tuple[str, ...]:
    """Return files of an earlier import that this one does not write."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(
        path
        for path in chosen(found, (), ())
        if path not in files and is_ours(folder / path, mapping)
    )
