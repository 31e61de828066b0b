"""Which repository a folder belongs to: found by looking, never by asking git from inside.

Git takes a folder with `HEAD`, `objects` and `refs` for a repository, and so would believe what
somebody has committed into a portfolio. Only a `.git` counts here, which nobody can commit; one
that leads elsewhere is followed only where that place says that it belongs to this one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from portfolio.history.error import HistoryError, NoRepositoryError

_GITDIR = re.compile(r"gitdir: ([^\r\n]+)")
_LEAVE_IT = "clone the repository anew, or move the portfolio out of it"
_LIMIT = 1 << 20
"""Bytes of a configuration; git's own are far smaller."""
_PATH_LIMIT, _HEAD_LIMIT = 8192, 4096
"""Bytes of a file that holds a path, and of a HEAD, which is copied."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a repository lies: its work tree, the folder with its HEAD, and what is shared.

    Linked worktrees have a HEAD each and share refs and objects; elsewhere the two are one.
    """

    top: Path
    folder: Path
    shared: Path

    @property
    def boundary(self) -> frozenset[str]:
        """Return the commits whose parents a shallow clone lacks."""
        return frozenset(_text(self.shared / "shallow", 16 * _LIMIT).split())

    @property
    def is_partial(self) -> bool:
        """Tell whether objects were left out when it was cloned."""
        return any((self.shared / "objects" / "pack").glob("*.promisor"))

    @property
    def object_format(self) -> str:
        """Return the name of the hash that objects are known by."""
        stated = configured(self.shared / "config", "extensions", "objectformat")
        return "sha256" if stated == "sha256" else "sha1"


def find_top(folder: Path) -> Path | None:
    """Return the nearest folder upwards that has a `.git`, of whatever form."""
    return next(
        (each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None
    )


def find_repository(folder: Path) -> Repository:
    """Return the repository that a resolved folder lies in; else a HistoryError says why not."""
    top = find_top(folder)
    if top is None:
        message = f"{folder} is not in a git repository"
        raise NoRepositoryError(message, "commit the portfolio first, or compare it with nothing")
    mark = top / ".git"
    mode = mark.lstat().st_mode
    if S_ISLNK(mode):
        message = f"{mark} is a link, and a link can lead to another's repository"
        raise HistoryError(message, "`git worktree add` makes a second work tree that can be used")
    if S_ISDIR(mode):
        found = Repository(top, mark, mark)
    elif S_ISREG(mode):
        found = _led_to(top, mark)
    else:
        message = f"{mark} is neither a folder nor a file"
        raise HistoryError(message, _LEAVE_IT)
    _check(found)
    return found


def configured(path: Path, section: str, key: str) -> str | None:
    """Return a value of a git configuration as it stands there; includes are not followed."""
    found, inside = None, False
    for line in _text(path).splitlines():
        heading = re.match(r"\s*\[([^\]]*)\]", line)
        if heading:
            inside = heading[1].strip().lower() == section
            line = line[heading.end() :]  # noqa: PLW2901 - git lets a value stand behind its heading
        name, _, value = line.partition("=")
        if inside and name.strip().lower() == key:
            quoted = re.match(r'\s*"((?:[^"\\]|\\.)*)"', value)
            plain = quoted[1] if quoted else re.split(r"[#;]", value)[0].strip()
            found = re.sub(r"\\(.)", r"\1", plain)
    return found


def _led_to(top: Path, mark: Path) -> Repository:
    """Follow a `.git` file to a linked worktree or a submodule that points back at it."""
    written = _GITDIR.fullmatch(_text(mark, _PATH_LIMIT).rstrip("\r\n"))
    folder = Path(os.path.realpath(top / written[1])) if written else None
    if folder is None or not folder.is_dir():
        message = f"{mark} leads nowhere"
        raise HistoryError(message, _LEAVE_IT)
    if (folder / "commondir").exists():
        shared = Path(os.path.realpath(folder / _path(folder / "commondir")))
        if shared / "worktrees" == folder.parent and _is(folder, folder / "gitdir", mark):
            return Repository(top, folder, shared)
        hint = f"`git worktree repair {top}`, run in the main work tree, mends what was moved"
    else:
        for name in ("config.worktree", "config"):
            worktree = configured(folder / name, "core", "worktree")
            if worktree is not None and os.path.realpath(folder / worktree) == str(top):
                return Repository(top, folder, folder)
        hint = f"if it is yours: `git config -f {folder / 'config'} core.worktree {top}`"
    message = f"{mark} leads to {folder}, which does not point back"
    raise HistoryError(message, hint)


def _is(folder: Path, written: Path, wanted: Path) -> bool:
    """Tell whether a file holds the path of another, as seen from a folder."""
    return os.path.realpath(folder / _path(written)) == str(wanted)


def _check(found: Repository) -> None:
    """Raise a HistoryError where a repository lacks what makes one, or something else stands in."""
    folders = (found.shared / "objects", found.shared / "refs")
    optional = ("packed-refs", "shallow", "objects/info/alternates")
    files = (found.folder / "HEAD", *filter(os.path.lexists, map(found.shared.joinpath, optional)))
    strange = [
        *(path for path in folders if path.is_symlink() or not path.is_dir()),
        *(path for path in files if not _is_plain(path)),
        *(path for path in files[:1] if path.exists() and path.stat().st_size > _HEAD_LIMIT),
    ]
    if strange:
        message = f"{found.top / '.git'} is no repository to rely on: look at {strange[0]}"
        raise HistoryError(message, _LEAVE_IT)


def _is_plain(path: Path) -> bool:
    """Tell whether a path is a file itself: not missing, no link, and nothing that never ends."""
    return os.path.lexists(path) and S_ISREG(path.lstat().st_mode)


def _path(written: Path) -> str:
    """Return the path that a file holds."""
    return _text(written, _PATH_LIMIT).strip()


def _text(path: Path, limit: int = _LIMIT) -> str:
    """Return a short text; nothing where there is no such file, none that ends soon, or no text."""
    if not _is_plain(path) or path.stat().st_size > limit:
        return ""
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    return "" if b"\0" in content else content.decode("utf-8", "surrogateescape")
