from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.options import Session
    from portfolio.diagnostic import Diagnostic


def today() -> date:
    """Return the day: the command line is the one place that reads the clock."""
    return date.today()  # noqa: DTZ011 - the user's own day is meant


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
