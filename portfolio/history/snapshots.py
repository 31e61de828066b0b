"""The portfolio's files as a commit holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.history.commits import SHORT
from portfolio.history.error import HistoryError
from portfolio.history.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.history.git import History

_MOST = 256 << 20
LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The inputs below a folder as a commit holds them; ``absent`` are kept outside git (LFS)."""

    commit: str
    texts: Mapping[str, bytes]
    absent: tuple[str, ...] = ()


def snapshot(history: History, commit: str) -> Snapshot:
    """Read the inputs below the portfolio's folder at a commit.

    Git objects are read directly; neither work tree nor index is touched. Links and submodules
    are left out. Raises a HistoryError where something is out of reach.
    """
    trees = Trees(history)
    entries = trees.entries(trees.folder(commit))
    wanted = {p: e.id for p, e in entries.items() if not (e.is_link or e.is_submodule)}
    contents = history.objects(wanted.values())
    lacking = next((path for path, id_ in wanted.items() if id_ not in contents), None)
    if lacking is not None:
        raise history.missing(f"{history.prefix}{lacking} of commit {commit[:SHORT]}")
    if sum(len(contents[id_]) for id_ in wanted.values()) > _MOST:
        message = f"commit {commit[:SHORT]} holds more than pmo reads from a repository"
        raise HistoryError(message, "the files of a portfolio may have 256 MiB together")
    texts = {path: contents[id_] for path, id_ in wanted.items()}
    absent = tuple(path for path, text in texts.items() if text.startswith(LFS))
    return Snapshot(commit[:SHORT], {p: t for p, t in texts.items() if p not in absent}, absent)
