"""Which files of a folder belong to a portfolio, and their contents, each read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from portfolio.listing import listed
from portfolio.loading.findings import Findings
from portfolio.place import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SETTINGS_NAME = "pmo.yaml"
SIZE_LIMIT = 64 * 1024 * 1024
_DEPTH, _FOLDERS, _NAMED = 3, 2000, 5
_SUFFIXES = (".yaml", ".yml", ".csv")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's path relative to the portfolio's folder, with `/`, and its bytes."""

    path: str
    content: bytes


def find_root(start: Path) -> Path | None:
    """Return the nearest folder upwards that holds a `pmo.yaml`, as git finds its repository."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS_NAME).is_file():
            return folder
    return None


def portfolios_below(folder: Path) -> tuple[str, ...]:
    """Return the portfolios below a folder by their paths in it, as far as one looks for them."""
    found: list[str] = []
    for number, (path, names, files) in enumerate(os.walk(folder)):
        names[:] = sorted(name for name in names if not name.startswith("."))
        below = Path(path).relative_to(folder)
        if SETTINGS_NAME in files and below.parts:
            found.append(below.as_posix())
        if (SETTINGS_NAME in files and below.parts) or len(below.parts) >= _DEPTH:
            names.clear()
        if number >= _FOLDERS:
            break
    return tuple(found)


def in_words(portfolios: Sequence[str]) -> str:
    """Return the paths of portfolios in words, many only counted: `2 portfolios: a, b`."""
    if len(portfolios) == 1:
        return f"the portfolio {portfolios[0]}"
    return f"{len(portfolios)} portfolios: {listed(portfolios, _NAMED)}"


def read_files(
    root: Path, include: Sequence[str], exclude: Sequence[str]
) -> Iterator[tuple[SourceFile, Findings]]:
    """Yield the portfolio's files in the order of their paths, with what went wrong reading them.

    Dot-files and dot-folders stay out, and folders with a `pmo.yaml` of their own, which are other
    portfolios. In a glob, `*` crosses folders too.
    """
    for entry in _walk(root, "", {os.path.realpath(root)}, os.path.realpath(root)):
        findings = entry[1]
        path = entry[0]
        if findings.found:
            yield SourceFile(path, b""), findings
        elif is_chosen(path, include, exclude):
            yield SourceFile(path, _content(root / path, findings)), findings


def is_chosen(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Tell whether the globs let a path in."""
    if not path.endswith(_SUFFIXES):
        return False
    if include and not any(fnmatchcase(path, glob) for glob in include):
        return False
    return not any(
        fnmatchcase(path, glob) or path.startswith(glob.rstrip("/") + "/") for glob in exclude
    )


def chosen(paths: Iterable[str], include: Sequence[str], exclude: Sequence[str]) -> Iterator[str]:
    """Yield the paths of a listing that ``read_files`` would read, in order."""
    known = sorted(paths, key=lambda path: path.split("/"))
    mark = f"/{SETTINGS_NAME}"
    others = {path.removesuffix(mark) for path in known if path.endswith(mark)}
    for path in known:
        hidden = path.startswith(".") or "/." in path
        inside_other = bool(others) and any(
            path[:at] in others for at, letter in enumerate(path) if letter == "/"
        )
        belongs = path != SETTINGS_NAME and not hidden and not inside_other
        if belongs and is_chosen(path, include, exclude):
            yield path


def _walk(
    root: Path, folder: str, visited: set[str], inside: str
) -> Iterator[tuple[str, Findings]]:
    """Walk depth first in sorted order; a folder that was visited already is not entered again."""
    base = root / folder
    try:
        entries = sorted(os.scandir(base), key=lambda e: e.name)
    except OSError as error:
        yield folder or ".", _unreadable(folder or ".", error)
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith(".") or path == SETTINGS_NAME:
            continue
        if entry.is_symlink() and not _stays_inside(entry.path, inside):
            if _is_folder(entry) or entry.name.endswith(_SUFFIXES):
                yield path, _outside(path)
        elif _is_folder(entry):
            real = os.path.realpath(entry.path)
            if real not in visited and not (base / entry.name / SETTINGS_NAME).exists():
                visited.add(real)
                yield from _walk(root, path, visited, inside)
        elif entry.name.endswith(_SUFFIXES):
            yield path, Findings(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, say
        return False


def _stays_inside(path: str, inside: str) -> bool:
    real = os.path.realpath(path)
    return real == inside or real.startswith(inside + os.sep)


def _outside(path: str) -> Findings:
    findings = Findings(path)
    findings.add(
        "YML-OUTSIDE",
        "the link leads out of the portfolio's folder; it is not followed",
        packed(1, 1),
        hint="copy the file, or lay its folder over with --with",
    )
    return findings


def _unreadable(path: str, error: OSError) -> Findings:
    findings = Findings(path)
    findings.add(
        "YML-UNREADABLE",
        f"cannot be read: {error.strerror or error}",
        packed(1, 1),
        hint="check that the file exists and that you may read it",
    )
    return findings


def _content(path: Path, findings: Findings) -> bytes:
    try:
        stated = path.stat()
        if not S_ISREG(stated.st_mode):
            findings.add(
                "YML-UNREADABLE",
                "cannot be read: it is no regular file",
                packed(1, 1),
                hint="a pipe or a device holds no portfolio; remove it, or exclude it",
            )
            return b""
        if stated.st_size > SIZE_LIMIT:
            findings.add(
                "YML-SIZE",
                f"the file is larger than {SIZE_LIMIT >> 20} MiB",
                packed(1, 1),
                hint="split it",
            )
            return b""
        return path.read_bytes()
    except OSError as error:
        findings.found.extend(_unreadable(findings.path, error).found)
        return b""
