"""The portfolio's past in git: read only, by the git command, with local configuration off."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_INPUTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(glob)**/*.csv")
_SUFFIXES = (".yaml", ".yml", ".csv")
_LFS = b"version https://git-lfs.github.com/spec/"
_DEEPEN = "fetch more: `fetch-depth: 0` in actions/checkout, GIT_DEPTH: 0, `git fetch --unshallow`"
_TIMEOUT_SECONDS = 30


def last_change(root: Path, environment: Mapping[str, str]) -> str | None:
    """Return the short id of the last commit that changed an input below a folder.

    ``+changes`` follows where inputs differ from that commit; None without git or history. Only
    inputs count, so that committing a report does not make the report stale. ``environment``
    is what git runs in: its path, above all.
    """
    safe = _safe(environment)
    commit = _git(
        root,
        safe,
        ("log", "-1", "--format=%h", "--abbrev=12", "--no-show-signature", "--", *_INPUTS),
    )
    if not commit:
        return None
    differs = _git(
        root,
        safe,
        ("status", "--porcelain", "--untracked-files=all", "--no-renames", "--", *_INPUTS),
    )
    return f"{commit}+changes" if differs else commit


def day_of(root: Path, commit: str, environment: Mapping[str, str]) -> str | None:
    """Return the day of a commit as YYYY-MM-DD; None where there is none."""
    return _git(root, _safe(environment), ("log", "-1", "--format=%cs", commit)) or None


def commit_until(root: Path, day: str, environment: Mapping[str, str]) -> str | None:
    """Return the full id of the last commit behind HEAD until the end of a day; None without."""
    words = ("rev-list", "-1", f"--before={day}T23:59:59", "HEAD")
    return _git(root, _safe(environment), words) or None


class HistoryError(Exception):
    """The past cannot be read; with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The inputs below a folder as a commit holds them; ``absent`` are kept outside git (LFS)."""

    commit: str
    texts: Mapping[str, bytes]
    absent: tuple[str, ...] = ()


def snapshot(root: Path, ref: str, environment: Mapping[str, str]) -> Snapshot:
    """Read the inputs below a folder at the merge base of a ref and HEAD.

    Git objects are read directly; neither work tree nor index is touched. Links and submodules
    are left out. Raises HistoryError where the past is out of reach.
    """
    safe = _safe(environment)
    commit = _merge_base(root, ref, safe)
    listing = _read(root, safe, ("ls-tree", "-r", "-z", commit))
    if listing is None:
        message = f"commit {commit[:12]} cannot be read"
        raise HistoryError(message, "fetch it whole: `git fetch --refetch`")
    wanted: list[tuple[str, str]] = []
    for line in listing.decode("utf-8", "surrogateescape").split("\0"):
        what, _, path = line.partition("\t")
        if path.endswith(_SUFFIXES) and what.startswith("100"):
            wanted.append((path, what.split(" ")[2]))
    contents = _contents(root, safe, [blob for _, blob in wanted])
    texts: dict[str, bytes] = {}
    absent: list[str] = []
    for (path, _), content in zip(wanted, contents, strict=True):
        if content.startswith(_LFS):
            absent.append(path)
        else:
            texts[path] = content
    return Snapshot(commit[:12], texts, tuple(absent))


def _merge_base(root: Path, ref: str, environment: Mapping[str, str]) -> str:
    """Return the full id of the merge base of a ref and HEAD."""
    shallow = _git(root, environment, ("rev-parse", "--is-shallow-repository"))
    if shallow is None:
        message = f"{root} is not in a git repository, or git is not installed"
        raise HistoryError(message, "leave out --against, or commit the portfolio first")
    cut = shallow == "true"
    given = _git(
        root, environment, ("rev-parse", "--verify", "-q", "--end-of-options", f"{ref}^{{commit}}")
    )
    if not given:
        message = f"there is no commit {ref!r} in this repository" + (
            ", which is a shallow clone" if cut else ""
        )
        raise HistoryError(message, _DEEPEN if cut else "see `git branch --all`, or `git fetch`")
    base = _git(root, environment, ("merge-base", given, "HEAD"))
    if not base:
        message = f"{ref!r} and HEAD have no common commit" + (
            " in this shallow clone" if cut else ""
        )
        raise HistoryError(message, _DEEPEN if cut else "name a ref that HEAD was made from")
    return base


def _contents(root: Path, environment: Mapping[str, str], blobs: Sequence[str]) -> list[bytes]:
    """Read blobs in one process, in the order given."""
    output = _read(
        root, environment, ("cat-file", "--batch"), "".join(f"{b}\n" for b in blobs).encode()
    )
    contents: list[bytes] = []
    position = 0
    while output is not None and len(contents) < len(blobs):
        end = output.find(b"\n", position)
        words = output[position:end].split()
        if end < 0 or len(words) != 3 or words[1] != b"blob":  # noqa: PLR2004 - id, type, size
            break
        size = int(words[2])
        contents.append(output[end + 1 : end + 1 + size])
        position = end + size + 2
    if len(contents) < len(blobs):
        message = "the repository lacks the contents of some files at the merge base"
        raise HistoryError(message, "fetch them: `git fetch --refetch --no-filter`")
    return contents


def _safe(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git reads what is there and asks nobody."""
    return {
        **{key: value for key, value in environment.items() if not key.startswith("GIT_")},
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }


def _git(root: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> str | None:
    """Return the text that git prints; None where it is missing or fails."""
    output = _read(root, environment, arguments)
    return None if output is None else output.decode("utf-8", "replace").strip()


def _read(
    root: Path, environment: Mapping[str, str], arguments: Sequence[str], given: bytes = b""
) -> bytes | None:
    """Run git for reading; None where it is missing or fails."""
    # A hostile repository could name programs to run in its own configuration.
    options = (
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.pager=cat",
        "-c",
        "diff.external=",
        "-c",
        "core.untrackedCache=false",
        "-c",
        "log.showSignature=false",
    )
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            ("git", *options, *arguments),  # noqa: S607 - found on the path, as the user's own
            cwd=root,
            env=environment,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            input=given,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
