"""Which commit a name, a day or two branches mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.history.error import HistoryError
from portfolio.history.git import DEEPEN

if TYPE_CHECKING:
    from portfolio.history.git import History

SHORT = 12
"""The letters of an id that are shown: more than enough, and no setting changes them."""


def merge_base(history: History, ref: str) -> str:
    """Return the full id of the merge base of a ref and HEAD."""
    cut = bool(history.repository.boundary)
    given = history.line("rev-parse", "--verify", "-q", "--end-of-options", f"{ref}^{{commit}}")
    if not given:
        message = f"there is no commit {ref!r} in this repository" + (
            ", which is a shallow clone" if cut else ""
        )
        raise HistoryError(message, DEEPEN if cut else "see `git branch --all`, or `git fetch`")
    base = history.line("merge-base", given, "HEAD")
    if not base:
        message = f"{ref!r} and HEAD have no common commit" + (
            " in this shallow clone" if cut else ""
        )
        raise HistoryError(message, DEEPEN if cut else "name a ref that HEAD was made from")
    return base


def commit_until(history: History, day: str) -> str | None:
    """Return the full id of the last commit behind HEAD until the end of a day; None without."""
    return history.line("rev-list", "-1", f"--before={day}T23:59:59", "HEAD") or None


def day_of(history: History, commit: str) -> str | None:
    """Return the day of a commit as YYYY-MM-DD; None where it states none."""
    said = history.line("rev-list", "-1", "--format=%cs", commit)
    return (said or "").partition("\n")[2] or None
