"""Generated files into a folder: all or none, and never over a file that somebody else wrote."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "Written by pmo import"


class Occupied(Exception):  # noqa: N818 - it is a fact about the user's folder
    """Files stand in the way that this command did not write."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        """Keep their paths."""
        super().__init__(", ".join(paths))
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Placed:
    """How many files were written, and which ones of earlier imports are no longer made."""

    written: int
    left_over: tuple[str, ...]


def is_ours(path: Path) -> bool:
    """Tell whether a file was written by an import.

    A table has no place for the mark: it comes with the file of its project, of the same name.
    """
    if path.suffix == ".csv":
        path = path.with_name(f"{path.stem.partition('.')[2]}.yaml")
        if not path.is_file():
            return False
    with path.open("rb") as file:
        return file.readline().startswith(f"# {MARK}".encode())


def occupied(files: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Return the paths at which somebody else's file stands."""
    return tuple(path for path in files if (folder / path).exists() and not is_ours(folder / path))


def place(files: Mapping[str, str], folder: Path, *, force: bool = False) -> Placed:
    """Write all files beside the folder first, then move them in; raise Occupied before that."""
    in_the_way = occupied(files, folder)
    if in_the_way and not force:
        raise Occupied(in_the_way)
    left_over = _left_over(files, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pmo-import-", dir=folder) as written:
        for path, text in files.items():
            target = Path(written, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        for path in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(written, path), target)
    return Placed(len(files), left_over)


def _left_over(files: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Find files of an earlier import that this one does not write."""
    if not folder.is_dir():
        return ()
    found = (
        path
        for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.csv")))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    paths = (p.relative_to(folder).as_posix() for p in found if p.is_file() and is_ours(p))
    return tuple(path for path in paths if path not in files)
