"""The last commit that changed an input, and whether the inputs still are what it holds."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1, sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from portfolio.history.commits import SHORT
from portfolio.history.git import DEEPEN
from portfolio.history.inputs import inputs_of
from portfolio.history.snapshots import LFS
from portfolio.history.trees import SUFFIXES, Trees

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from portfolio.history.git import History
    from portfolio.history.inputs import Input
    from portfolio.loading.loader import Loaded

_POINTER = re.compile(rb"^oid sha256:([0-9a-f]{64})\nsize (\d+)$", re.MULTILINE)
_SHA1_LETTERS = 40
_COMPARED = 8
"""Listings kept: a commit and its parents, one of which is the next."""
_OLDER = f"the last change may be older than where this shallow clone ends; {DEEPEN}"


@dataclass(frozen=True, slots=True)
class Change:
    """The last commit that changed an input, whether files differ from it, what else to know."""

    commit: str
    differs: bool
    note: str = ""

    def __str__(self) -> str:
        """Return the short id as reports print it.

        >>> str(Change("8fa31c0de912", differs=True))
        '8fa31c0de912+changes'
        """
        return f"{self.commit}+changes" if self.differs else self.commit


def last_change(history: History, loaded: Loaded) -> Change | None:
    """Return the last commit that changed an input of what was loaded; None before the first.

    Only inputs count, so that committing a report does not make the report stale.
    """
    start = head = history.line("rev-parse", "--verify", "-q", "HEAD") or ""
    trees, boundary = Trees(history), history.repository.boundary

    listing = lru_cache(_COMPARED)(trees.entries)

    @lru_cache(_COMPARED)
    def of_tree(tree: str) -> Mapping[str, Input]:
        assert loaded.portfolio is not None  # noqa: S101 - without one nothing was loaded
        return inputs_of(history, trees, tree, listing(tree), loaded.portfolio.settings)

    def of(commit: str) -> Mapping[str, Input]:
        with history.working():
            return of_tree(trees.folder(commit))

    while start:
        found = _last(history, start, *_pathspecs(history.prefix))
        if found and of(found) != of(start):  # a link was changed, which is called anything
            found = _last(history, start, f":(top){_literal(history.prefix)}")
        if not found:
            break
        inputs = of(found)
        parents = () if found in boundary else trees.parents(found)
        same = (each for each in parents if of(each) == inputs)
        start = next(same, "")
        if not start:
            now = listing(trees.folder(head)).items()
            submodules = (f"{path}/" for path, entry in now if entry.is_submodule)
            own = {p: t for p, t in loaded.texts.items() if p not in loaded.laid_over}
            differs = _differ(history, inputs, own, tuple(submodules))
            return Change(found[:SHORT], differs, _OLDER if found in boundary else "")
    return None


def _last(history: History, start: str, *pathspecs: str) -> str:
    """Return the last commit behind another that changed what lies there; nothing without one."""
    found = history.line("rev-list", "-1", start, "--", *pathspecs)
    if found is None:
        raise history.missing(f"what {start[:SHORT]} was made from")
    return found


def _pathspecs(prefix: str) -> list[str]:
    """Return what git narrows its search down to: more than the inputs but links, never less."""
    return [f":(top,glob){_literal(prefix)}**/*{suffix}" for suffix in SUFFIXES]


def _literal(prefix: str) -> str:
    return re.sub(r"([*?\[\\])", r"\\\1", prefix)


def _differ(
    history: History,
    inputs: Mapping[str, Input],
    texts: Mapping[str, bytes],
    elsewhere: tuple[str, ...],
) -> bool:
    """Tell whether the inputs that were read are other than those of a commit."""
    read = {
        path if path in inputs else _without_links(history.root, path): text
        for path, text in texts.items()
        if path in inputs or (path.endswith(SUFFIXES) and not path.startswith(elsewhere))
    }
    if read.keys() - inputs.keys():
        return True
    unlike: list[tuple[str, bytes]] = []
    for path, known in inputs.items():
        text = read.get(path)
        said = _target(history.root / path) if known.entry.is_link else text
        if text is None or said is None or (known.read is None and text):
            return True
        if known.entry.is_link and not _is_committed(said, known.entry.id):
            return True
        if known.read is not None and not _is_committed(text, known.read.id):
            unlike.append((known.read.id, text))
    pointers = history.objects(id_ for id_, _ in unlike)
    return not all(_is_kept_outside(pointers.get(id_, b""), text) for id_, text in unlike)


def _without_links(root: Path, path: str) -> str:
    """Return a path below a folder as git knows it, which follows no link to another folder."""
    folder, _, name = path.rpartition("/")
    real = os.path.relpath(os.path.realpath(root / folder), root)
    return (PurePath(real) / name).as_posix()


def _target(path: Path) -> bytes | None:
    """Return what a link on disk says; None where there is none."""
    try:
        return os.fsencode(path.readlink())
    except OSError:
        return None


def _is_committed(text: bytes, id_: str) -> bool:
    """Tell whether a blob is this text, as it stands or with the line ends of a repository."""
    algorithm = sha1 if len(id_) == _SHA1_LETTERS else sha256

    def has_id(content: bytes) -> bool:
        blob = b"blob %d\0%b" % (len(content), content)
        return algorithm(blob, usedforsecurity=False).hexdigest() == id_

    return has_id(text) or (b"\r\n" in text and has_id(text.replace(b"\r\n", b"\n")))


def _is_kept_outside(pointer: bytes, text: bytes) -> bool:
    """Tell whether a committed pointer of git LFS means this text."""
    said = _POINTER.search(pointer) if pointer.startswith(LFS) else None
    return said is not None and said.groups() == (
        sha256(text).hexdigest().encode(),
        b"%d" % len(text),
    )
