"""The portfolio's past in git: read only, by the git command, with local configuration off."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_INPUTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(glob)**/*.csv")
_TIMEOUT_SECONDS = 30


def last_change(root: Path, environment: Mapping[str, str]) -> str | None:
    """Return the short id of the last commit that changed an input below a folder.

    ``+changes`` follows where inputs differ from that commit; None without git or history. Only
    inputs count, so that committing a report does not make the report stale. ``environment``
    is what git runs in: its path, above all.
    """
    safe = {
        **{key: value for key, value in environment.items() if not key.startswith("GIT_")},
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
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


def _git(root: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> str | None:
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
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
