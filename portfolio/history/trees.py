"""The files that a commit holds below a folder, read from its trees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.history.error import HistoryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.history.git import History

SUFFIXES = (".yaml", ".yml", ".csv")
"""What the inputs of a portfolio end with."""
_FOLDER, _LINK, _SUBMODULE = "40000", "120000", "160000"
_MOST_ENTRIES, _MOST_KEPT = 1_000_000, 100_000
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
        self._known: dict[str, list[tuple[str, Entry]]] = {}

    def entries(self, tree: str) -> Mapping[str, Entry]:
        """Return the possible inputs below a folder, links and submodules, by path."""
        found: dict[str, Entry] = {}
        seen = 0
        level = [("", tree)] if tree else []
        while level:
            self._fetch({id_ for _, id_ in level})
            below: list[tuple[str, str]] = []
            for folder, id_ in level:
                for name, entry in self._parsed(id_):
                    path, seen = f"{folder}{name}", seen + 1
                    if entry.mode == _FOLDER:
                        below.append((f"{path}/", entry.id))
                    elif entry.is_link or entry.is_submodule or path.endswith(SUFFIXES):
                        found[path] = entry
                    too_many = seen > _MOST_ENTRIES or len(found) + len(below) > _MOST_KEPT
                    if too_many or len(path) > _LONGEST_PATH:
                        message = f"the tree {tree[:12]} holds more than a folder would"
                        raise HistoryError(message, "`git ls-tree` shows it")
            level = below
        return found

    def at(self, tree: str, path: str) -> Entry | None:
        """Return what stands at a path below a folder; None where nothing does."""
        entry = Entry(_FOLDER, tree)
        for part in path.split("/"):
            below = dict(self._parsed(entry.id)) if entry.mode == _FOLDER else {}
            if part not in below:
                return None
            entry = below[part]
        return None if entry.mode == _FOLDER else entry

    def parents(self, commit: str) -> tuple[str, ...]:
        """Return the ids of the parents of a commit."""
        return self._stated(commit, "parent")

    def folder(self, commit: str) -> str:
        """Return the tree of the portfolio's folder in a commit; nothing where it is not there."""
        tree = next(iter(self._stated(commit, "tree")), "")
        for part in self._history.prefix.split("/")[:-1]:
            entry = dict(self._parsed(tree)).get(part)
            if entry is None or entry.mode != _FOLDER:
                return ""
            tree = entry.id
        return tree

    def _stated(self, commit: str, word: str) -> tuple[str, ...]:
        """Return the ids that a commit states in its head under a word."""
        self._fetch({commit})
        head = self._read[commit].partition(b"\n\n")[0].decode("utf-8", "replace")
        return tuple(re.findall(rf"^{word} ([0-9a-f]+)$", head, re.MULTILINE))

    def _parsed(self, tree: str) -> list[tuple[str, Entry]]:
        """Return the entries of a tree by name; commits share most of their trees."""
        if tree in self._known:
            return self._known[tree]
        self._fetch({tree})
        content, width, position = self._read[tree], len(tree) // 2, 0
        found: list[tuple[str, Entry]] = []
        while position < len(content):
            end = content.find(b"\0", position)
            mode, _, name = content[position:end].partition(b" ")
            position = end + 1 + width
            if end < 0 or position > len(content):
                raise self._history.missing(f"a part of the tree {tree[:12]}")
            id_ = content[end + 1 : position].hex()
            entry = Entry(mode.decode("ascii", "replace"), id_)
            found.append((name.decode("utf-8", "surrogateescape"), entry))
        self._known[tree] = found
        return found

    def _fetch(self, ids: set[str]) -> None:
        """Read what was not read before."""
        wanted = ids - self._read.keys()
        self._read.update(self._history.objects(sorted(wanted)))
        lacking = wanted - self._read.keys()
        if lacking:
            raise self._history.missing(f"the object {min(lacking)[:12]}")
