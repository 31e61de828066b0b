"""From the shared options to a loaded portfolio, for every command alike."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.options import Session
    from portfolio.diagnostic import Diagnostic
    from portfolio.history.git import History
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio
    from portfolio.rules.rule import Rule
    from portfolio.settings import Settings


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


def today() -> date:
    """Return the day: the command line is the one place that reads the clock."""
    return date.today()  # noqa: DTZ011 - the user's own day is meant


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
        from pmo_cli.formats.findings_json import text

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


def judge(
    loaded: Loaded, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return every finding: those of loading and those of the rules, in reading order."""
    from portfolio.diagnostic import in_reading_order
    from portfolio.loading.ignore_comments import without_ignored
    from portfolio.rules.path_overrides import adjusted_by_path
    from portfolio.rules.registry import all_rules
    from portfolio.rules.rule import check, is_selected

    if loaded.portfolio is None:
        return loaded.diagnostics
    settings = loaded.portfolio.settings.rules
    complete = not select and not ignore
    select, ignore = select or settings.select, (*ignore, *settings.ignore)
    rules: list[Rule] = [*all_rules().values(), *_own_rules(loaded.portfolio.settings)]
    chosen = [rule for rule in rules if is_selected(rule.code, select, ignore)]
    of_loading = [d for d in loaded.diagnostics if is_selected(d.code, select, ignore)]
    found = [*of_loading, *check(loaded.portfolio, chosen)]
    found = without_ignored(found, loaded.texts, complete=complete)
    return in_reading_order(adjusted_by_path(found, settings.paths))


def _own_rules(settings: Settings) -> Sequence[Rule]:
    """Return the rules of the user's own; without any, nothing is imported for them."""
    if not settings.rules.own:
        return ()
    from portfolio.rules.own_rules import own_rules

    return own_rules(settings)


def note_findings(findings: Sequence[Diagnostic]) -> str:
    """Say in one line how many findings there are, for commands whose result is something else."""
    from portfolio.diagnostic import Severity
    from portfolio.rules.phrases import counted

    errors = sum(d.severity is Severity.ERROR for d in findings)
    warnings = sum(d.severity is Severity.WARNING for d in findings)
    if not errors and not warnings:
        return ""
    found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return f"{found} in the portfolio: `pmo validate` shows them"


def finish(session: Session, findings: Sequence[Diagnostic], *, strict: bool) -> None:
    """End a command that worked on what loaded: note the findings; with --strict an error is 1."""
    from pmo_cli.console import say
    from portfolio.diagnostic import Severity

    say(note_findings(findings), session)
    if strict and any(found.severity is Severity.ERROR for found in findings):
        sys.exit(1)
