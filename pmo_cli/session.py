"""From the shared options to what the application is asked, and from its answers to an end."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_cli.options import Session
    from portfolio.application.open import Opened, Origin
    from portfolio.diagnostic import Diagnostic


def today() -> date:
    """Return the day: the command line is the one place that reads the clock."""
    return date.today()  # noqa: DTZ011 - the user's own day is meant


def origin_of(session: Session) -> Origin:
    """Return where the portfolio lies that is meant, and the day."""
    from portfolio.application.open import Origin
    from portfolio.view.audience import Audience

    return Origin(
        folder=session.directory or Path.cwd(),
        today=today(),
        as_of=session.day,
        overlays=session.overlays,
        environment=os.environ,
        exact=session.directory is not None,
        audience=Audience(include_confidential=session.include_confidential),
    )


def opened(session: Session, *, checks: bool = False) -> Opened:
    """Load the portfolio that is meant, and say what there is to say of it."""
    from portfolio.application import open as opening

    found = opening.open_portfolio(origin_of(session), checks=checks)
    say_all(found.notes, session)
    return found


def say_all(notes: Iterable[str], session: Session) -> None:
    """Say what came with a result."""
    from pmo_cli.console import say

    for note in notes:
        say(note, session)


def document(session: Session, command: str, found: Opened, data: Any) -> str:  # noqa: ANN401
    """Return the data of a command as the one JSON document, with the commit it stands at."""
    from pmo_cli.formats.json_document import envelope
    from portfolio.application.commit import commit_of

    commit = commit_of(found)
    say_all(commit.notes, session)
    return envelope(command, found.view, commit.value, data)


def finish(session: Session, findings: Sequence[Diagnostic], *, strict: bool) -> None:
    """End a command that worked on what loaded: note the findings; with --strict an error is 1."""
    from pmo_cli.console import say
    from portfolio.application.validation.findings import note_findings
    from portfolio.diagnostic import Severity

    say(note_findings(findings), session)
    if strict and any(found.severity is Severity.ERROR for found in findings):
        sys.exit(1)
