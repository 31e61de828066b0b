"""The portfolio's past in git: read only, by the git command, with local configuration off."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_INPUTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(glob)**/*.csv")
_TIMEOUT_SECONDS = 30


def last_change(root: Path) -> str | None:
    """Return the short id of the last commit that changed an input below a folder.

    ``+changes`` follows where inputs differ from that commit; None without git or history. Only
    inputs count, so that committing a report does not make the report stale.
    """
    commit = _git(
        root, ("log", "-1", "--format=%h", "--abbrev=12", "--no-show-signature", "--", *_INPUTS)
    )
    if not commit:
        return None
    differs = _git(
        root, ("status", "--porcelain", "--untracked-files=all", "--no-renames", "--", *_INPUTS)
    )
    return f"{commit}+changes" if differs else commit


def _git(root: Path, arguments: Sequence[str]) -> str | None:
    """Run git for reading; None where it is missing or fails."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    # A hostile repository could name programs to run in its own configuration.
    safe = (
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
            ("git", *safe, *arguments),  # noqa: S607 - found on the path, as the user's own
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
