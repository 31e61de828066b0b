"""The files that a commit holds below a folder, read from its trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.history.error import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portfolio.history.git import History

SUFFIXES = (".yaml", ".yml", ".csv")
"""What the inputs of a portfolio end with."""
_FOLDER, _LINK, _SUBMODULE = "40000", "120000", "160000"
_MOST_ENTRIES = 1_000_000
_LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at a path of a commit: how, and under which id."""

    mode: str
    id: str

    @property
    def is_link(self) -> bool:
        """Tell whether it is a symbolic link."""
        return self.mode == _LINK

    @property
    def is_submodule(self) -> bool:
        """Tell whether it is another repository."""
        return self.mode == _SUBMODULE


class Trees:
    """The trees of a repository, each read once."""

    def __init__(self, history: History) -> None:
        """Begin with none."""
        self._history = history
        self._read: dict[str, bytes] = {}

    def entries(self, commit: str) -> Mapping[str, Entry]:
        """Return the possible inputs below the portfolio's folder, and submodules, by path."""
        tree = self._folder(commit)
        found: dict[str, Entry] = {}
        seen = 0
        level = [("", tree)] if tree else []
        while level:
            self._fetch(id_ for _, id_ in level)
            below: list[tuple[str, str]] = []
            for folder, id_ in level:
                for name, entry in _parsed(self._read[id_], len(id_) // 2):
                    path, seen = f"{folder}{name}", seen + 1
                    if entry.mode == _FOLDER:
                        below.append((f"{path}/", entry.id))
                    elif entry.is_submodule or path.endswith(SUFFIXES):
                        found[path] = entry
                    if seen > _MOST_ENTRIES or len(path) > _LONGEST_PATH:
                        message = (
                            f"commit {commit[:12]} holds more or deeper files than a disk would"
                        )
                        raise HistoryError(message, "look at it with `git ls-tree`")
            level = below
        return found

    def parents(self, commit: str) -> tuple[str, ...]:
        """Return the ids of the parents of a commit."""
        return self._stated(commit, b"parent ")

    def _folder(self, commit: str) -> str | None:
        """Return the tree of the portfolio's folder in a commit; None where it is not there."""
        (tree,) = self._stated(commit, b"tree ")[:1]
        for part in self._history.prefix.split("/")[:-1]:
            self._fetch([tree])
            entry = dict(_parsed(self._read[tree], len(tree) // 2)).get(part)
            if entry is None or entry.mode != _FOLDER:
                return None
            tree = entry.id
        return tree

    def _stated(self, commit: str, word: bytes) -> tuple[str, ...]:
        """Return the ids that a commit states in its head under a word."""
        self._fetch([commit])
        head = self._read[commit].partition(b"\n\n")[0]
        return tuple(
            line.removeprefix(word).decode("ascii", "replace")
            for line in head.split(b"\n")
            if line.startswith(word)
        )

    def _fetch(self, ids: Iterator[str] | list[str]) -> None:
        """Read what was not read before."""
        wanted = {id_ for id_ in ids if id_ not in self._read}
        self._read.update(self._history.objects(wanted))
        lacking = wanted - self._read.keys()
        if lacking:
            raise self._history.missing(f"the object {min(lacking)[:12]}")


def _parsed(tree: bytes, width: int) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of a tree; an id takes so many bytes."""
    position = 0
    while position < len(tree):
        end = tree.index(b"\0", position)
        mode, _, name = tree[position:end].partition(b" ")
        position = end + 1 + width
        id_ = tree[end + 1 : position].hex()
        yield name.decode("utf-8", "surrogateescape"), Entry(mode.decode("ascii", "replace"), id_)
