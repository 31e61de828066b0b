"""`pmo validate`: every problem at once, at its place, with the fix."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.ci_formats import Findings
    from portfolio.diagnostic import Diagnostic, Severity
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"


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
        Format,
        typer.Option("--format", help="text for people, json for scripts, the others for CI."),
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
    limit = Severity.from_word("warning" if strict and fail_on is FailOn.error else fail_on.value)
    lowest = Severity.INFO if session.verbose or shows_infos else Severity.WARNING
    outcome = _Outcome(loaded, findings, lowest, limit, time.perf_counter() - started)
    _print(session, form, outcome)
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a run found, from which severity on it is shown and fails, and how long it took."""

    loaded: Loaded
    findings: Sequence[Diagnostic]
    lowest: Severity
    limit: Severity
    seconds: float

    @property
    def portfolio(self) -> Portfolio:
        portfolio = self.loaded.portfolio
        assert portfolio is not None  # noqa: S101 - open_portfolio has ended the command
        return portfolio

    @property
    def shown(self) -> list[Diagnostic]:
        return [found for found in self.findings if found.severity >= self.lowest]


def _print(session: Session, form: Format, outcome: _Outcome) -> None:
    """Print the findings to stdout and, but for scripts, the summary to stderr."""
    from pmo_cli import console, formats
    from portfolio.rules.wording import counted

    texts = outcome.loaded.texts
    if form is Format.json:
        console.write(_document(session, outcome))
        return
    if form is Format.text:
        console.write(formats.text(outcome.shown, texts, console.painter(sys.stdout, session)))
    else:
        console.write(formats.ci_formats()[form.value](_for_ci(session, outcome)))
    counts = _counts(outcome)
    hidden = ", -v shows them" if len(outcome.shown) < len(outcome.findings) else ""
    console.say(
        f"{counted(counts['files'], 'file')}, "
        f"{counted(counts['entities'], 'entity', 'entities')}: "
        f"{counted(counts['errors'], 'error')}, {counted(counts['warnings'], 'warning')}, "
        f"{counted(counts['infos'], 'info')}{hidden} "
        f"({outcome.seconds:.2f} s, as of {outcome.portfolio.as_of})",
        session,
    )


def _counts(outcome: _Outcome) -> dict[str, int]:
    from pmo_cli.formats import summary

    return summary(outcome.findings, len(outcome.loaded.texts), len(outcome.portfolio))


def _document(session: Session, outcome: _Outcome) -> str:
    """Return the document for scripts, with every finding whatever its severity."""
    from pmo_cli.envelope import envelope
    from pmo_cli.formats import as_records
    from pmo_cli.opening import commit_of

    data = {"diagnostics": as_records(outcome.findings), "summary": _counts(outcome)}
    return envelope("validate", outcome.portfolio, commit_of(session), data)


def _for_ci(session: Session, outcome: _Outcome) -> Findings:
    """Return the findings that are shown, with paths from the top of the repository."""
    from importlib.metadata import version

    from pmo_cli.ci_formats import Findings
    from pmo_cli.opening import find_folder
    from pmo_cli.repository import moved, paths_from_top

    stated = paths_from_top(find_folder(session), session.overlays)
    return Findings(
        moved(outcome.shown, stated),
        [stated(path) for path in outcome.loaded.texts],
        outcome.limit,
        outcome.portfolio.as_of,
        version("pmo-cli"),
    )
