"""What a portfolio would load of a commit, through the links that the commit holds."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.history.error import HistoryError
from portfolio.loading.discovery import SETTINGS_NAME, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portfolio.history.git import History
    from portfolio.history.trees import Entry, Trees
    from portfolio.settings import Settings

_MOST_STEPS = 4096
_MOST_PATHS = 200_000


@dataclass(frozen=True, slots=True)
class Input:
    """What stands at a path of a commit, and what is read there; None where nobody can tell."""

    entry: Entry
    read: Entry | None


def inputs_of(
    history: History, trees: Trees, tree: str, entries: Mapping[str, Entry], settings: Settings
) -> dict[str, Input]:
    """Return the inputs among the entries of a tree by the paths that follow no folder's link."""
    links = {path: entry.id for path, entry in entries.items() if entry.is_link}
    said = history.objects(links.values())
    targets = {
        path: said.get(id_, b"/").decode("utf-8", "surrogateescape") for path, id_ in links.items()
    }
    names = {path: path for path, entry in entries.items() if not entry.is_submodule}
    for name, path in _through_links(history, entries, targets):
        names.setdefault(name, path)
        if len(names) > _MOST_PATHS:
            message = f"the links of the tree {tree[:12]} lead to more than a folder would hold"
            raise HistoryError(message, "`git ls-tree` shows it")
    found: dict[str, Input] = {}
    for name in (SETTINGS_NAME, *chosen(names, settings.include, settings.exclude)):
        path = names.get(name, name)
        if path in links:
            with history.working():
                real = _followed(path, targets) or ""
                read = entries.get(real) or trees.at(tree, real) if real else None
            found[path] = Input(entries[path], read)
        elif path in entries:
            found[path] = Input(entries[path], entries[path])
    return found


def _through_links(
    history: History, entries: Mapping[str, Entry], targets: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what lies in linked folders, by name and by true path, each folder once."""
    known, entered = sorted(entries), set[str]()
    waiting = sorted(targets, reverse=True)
    while waiting:
        link = waiting.pop()
        with history.working():
            folder = _followed(link, targets)
        is_hidden = link.startswith(".") or "/." in link
        if is_hidden or folder is None or folder in entered:
            continue
        entered.add(folder)
        before = f"{folder}/" if folder else ""
        end = bisect_left(known, f"{folder}0") if folder else len(known)  # 0 comes next after /
        for path in known[bisect_left(known, before) : end]:
            name = f"{link}/{path[len(before) :]}"
            if path in targets:
                waiting.append(name)
            if not entries[path].is_submodule:
                yield name, path


def _followed(path: str, targets: Mapping[str, str]) -> str | None:
    """Return a path with every link followed; None where it leads out, or round in circles."""
    done: list[str] = []
    left = path.split("/")[::-1]
    for _ in range(_MOST_STEPS):
        if not left:
            return "/".join(done)
        part = left.pop()
        target = targets.get("/".join((*done, part)))
        if part == ".." and not done:
            return None
        if part == "..":
            done.pop()
        elif target is None:
            done += [part] if part not in {"", "."} else []
        elif target.startswith("/") or len(target) > _MOST_STEPS:
            return None
        else:
            left += target.split("/")[::-1]
    return None
