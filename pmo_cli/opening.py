"""From the shared options to a loaded portfolio, for every command alike."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_cli.session import today
from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from pmo_cli.options import Session
    from portfolio.history.git import History
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio


def find_folder(session: Session) -> Path:
    """Return the portfolio's folder; a Failure where there is none."""
    from portfolio.loading.discovery import find_root

    start = session.directory or Path.cwd()
    try:
        root = find_root(start.resolve()) if session.directory is None else _exact(start)
    except OSError:  # what stands there may not be looked at
        root = None
    if root is None:
        from portfolio.application.wrong_folder import not_a_portfolio

        raise not_a_portfolio(start)
    return root


def _exact(start: Path) -> Path | None:
    return start if (start / "pmo.yaml").is_file() else None


def open_portfolio(session: Session, *, checks: bool = False) -> tuple[Portfolio, Loaded]:
    """Load the portfolio; a broken `pmo.yaml` ends the command with its diagnostics and 2.

    That it is empty is said at once, but where the command ``checks`` and shows all findings.
    """
    from portfolio.loading.loader import load

    for overlay in session.overlays:
        if not overlay.is_dir():
            message = f"--with {overlay}: there is no such folder"
            raise Failure(message)
    # Loading makes millions of objects and no garbage; collecting would double its time.
    gc.disable()
    try:
        loaded = load(
            find_folder(session), today=today(), as_of=session.day, overlays=session.overlays
        )
    finally:
        gc.freeze()  # what was loaded stays; the rules need not have it walked again
        gc.enable()
    if loaded.portfolio is None:
        from pmo_cli.formats.findings_text import text

        message = "pmo.yaml cannot be used\n" + text(loaded.diagnostics, loaded.texts).rstrip()
        raise Failure(message)
    if loaded.is_empty:
        _note_empty(session, loaded, checks=checks)
    return loaded.portfolio, loaded


def _note_empty(session: Session, loaded: Loaded, *, checks: bool) -> None:
    """Say what an empty portfolio lacks, before a report of nothing looks like a good one."""
    from pmo_cli.console import say

    found = next((each for each in loaded.diagnostics if each.code == "CFG-EMPTY"), None)
    if found and checks:
        return
    say(
        f"warning: {found.message}" if found else "the portfolio is empty: only its pmo.yaml",
        session,
    )
    say(
        f"hint: {found.hint if found else '`pmo new project` prints what a project needs'}", session
    )


def history_of(session: Session) -> History:
    """Return the past of the portfolio, to be read in a `with`."""
    from portfolio.history.git import History

    return History(find_folder(session), os.environ)


def commit_of(session: Session, loaded: Loaded) -> str | None:
    """Return the last commit that changed what was loaded, marked where files differ from it."""
    with history_of(session) as history:
        return commit_in(history, session, loaded)


def commit_in(history: History, session: Session, loaded: Loaded) -> str | None:
    """Return the same from a past that is open; without a commit, say what is in the way."""
    from pmo_cli.console import say
    from portfolio.history.changes import last_change
    from portfolio.history.error import HistoryError, NoRepositoryError

    try:
        change = last_change(history, loaded)
    except NoRepositoryError:
        return None
    except HistoryError as error:
        say(f"no commit is named: {error.message}; {error.hint}", session)
        return None
    if change is None:
        return None
    say(change.note, session)
    return str(change)
