"""`pmo validate`: every problem at once, at its place, with the fix."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"


class FailOn(StrEnum):
    """From which severity on a finding fails the run."""

    error = "error"
    warning = "warning"
    info = "info"


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("validate", rich_help_panel=panel)(shared(validate))


def validate(  # noqa: PLR0913
    session: Session,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Show and count only findings in these files."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text for people, json for scripts.")
    ] = Format.text,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only these rules, by code or its beginning: RSK."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Not these rules.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 from this severity on.")
    ] = FailOn.error,
    strict: Annotated[
        bool, typer.Option("--strict", help="The same as --fail-on warning.")
    ] = False,
) -> None:
    """Check the portfolio: every problem at once, at file, line and column, with a hint.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 usage or a broken pmo.yaml.
    """
    from pmo_cli.opening import find_folder, judge, open_portfolio
    from portfolio.diagnostic import Severity

    started = time.perf_counter()
    _, loaded = open_portfolio(session)
    findings = judge(loaded, select or (), ignore or ())
    findings = _inside(findings, paths or [], find_folder(session))
    shows_infos = fail_on is FailOn.info or bool(select)
    seconds = time.perf_counter() - started
    _print(session, form, loaded, findings, seconds, shows_infos=shows_infos)
    limit = Severity.from_word("warning" if strict and fail_on is FailOn.error else fail_on.value)
    raise typer.Exit(1 if any(found.severity >= limit for found in findings) else 0)


def _inside(
    findings: Sequence[Diagnostic], paths: Sequence[Path], root: Path
) -> tuple[Diagnostic, ...]:
    """Keep the findings in the given files and folders; a Failure for a path that is not there."""
    if not paths:
        return tuple(findings)
    wanted = []
    for path in paths:
        absolute = path.resolve() if path.exists() else (root / path).resolve()
        if not absolute.exists() or not absolute.is_relative_to(root.resolve()):
            message = f"there is no file or folder {path} in the portfolio"
            raise Failure(message)
        wanted.append(absolute.relative_to(root.resolve()).as_posix())
    return tuple(
        found
        for found in findings
        if any(
            w in {".", found.location.path} or found.location.path.startswith(f"{w}/")
            for w in wanted
        )
    )


def _print(
    session: Session,
    form: Format,
    loaded: Loaded,
    findings: Sequence[Diagnostic],
    seconds: float,
    *,
    shows_infos: bool,
) -> None:
    """Print the findings to stdout and, for people, the summary with the time to stderr."""
    from pmo_cli import console, formats
    from pmo_cli.opening import commit_of
    from portfolio.diagnostic import Severity
    from portfolio.rules.wording import counted

    portfolio = loaded.portfolio
    assert portfolio is not None  # noqa: S101 - open_portfolio has ended the command
    counts = formats.summary(findings, len(loaded.texts), len(portfolio))
    if form is Format.json:
        from pmo_cli.envelope import envelope

        data = {"diagnostics": formats.as_records(findings), "summary": counts}
        console.write(envelope("validate", portfolio, commit_of(session), data))
        return
    lowest = Severity.INFO if session.verbose or shows_infos else Severity.WARNING
    shown = [found for found in findings if found.severity >= lowest]
    console.write(formats.text(shown, loaded.texts, console.painter(sys.stdout, session)))
    hidden = ", -v shows them" if len(shown) < len(findings) else ""
    console.say(
        f"{counted(counts['files'], 'file')}, "
        f"{counted(counts['entities'], 'entity', 'entities')}: "
        f"{counted(counts['errors'], 'error')}, {counted(counts['warnings'], 'warning')}, "
        f"{counted(counts['infos'], 'info')}{hidden} "
        f"({seconds:.2f} s, as of {portfolio.as_of})",
        session,
    )
