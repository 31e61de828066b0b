"""A git folder of our own in which nothing but HEAD, refs and objects is the repository's.

Git reads its configuration, grafts, attributes, hooks and alternate programs from its folder, and
trusts them. A repository that came by mail can hold anything there, and each release of git knows
more settings that start a program; so git is not shown them.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.history.repository import Repository

_PASSING = ("FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD")
_CONFIGURATION = """\
[core]
\trepositoryFormatVersion = 1
\tbare = false
\tcommitGraph = false
\tmultiPackIndex = false
\tuseReplaceRefs = false
[extensions]
\tobjectFormat = {object_format}
"""


def write_git_folder(repository: Repository, folder: Path) -> None:
    """Make an empty folder a git folder that shows the refs of a repository; objects stay there.

    A commit-graph and an index over packs only say again what the objects say, or lie.
    """
    own, shared = repository.folder, repository.shared
    text = _CONFIGURATION.format(object_format=repository.object_format)
    lent = [(own / name, name) for name in _PASSING]
    lent += [(shared / name, name) for name in ("refs", "packed-refs", "shallow")]
    lent += [(own / "logs" / "HEAD", "logs/HEAD"), (shared / "logs" / "refs", "logs/refs")]
    if own == shared and (shared / "reftable").is_dir():
        text += "\trefStorage = reftable\n"
        lent.append((shared / "reftable", "reftable"))
    (folder / "config").write_text(text, encoding="utf-8")
    shutil.copyfile(own / "HEAD", folder / "HEAD")  # git takes no folder whose HEAD is a link
    (folder / "logs").mkdir()
    for source, name in lent:
        if source.exists() and not source.is_symlink():
            _lend(source, folder / name)


def _lend(source: Path, target: Path) -> None:
    """Let a file or folder be seen at another place; where links are not allowed, as a copy."""
    try:
        target.symlink_to(source)
    except OSError:  # pragma: no cover - Windows, for all but developers
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
