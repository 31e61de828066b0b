"""`pmo validate`: every problem at once, at its place, with the fix."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded

_ROUNDS = 5
"""How often --fix looks again; one edit can uncover another, but not for ever."""


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


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH|SELECTOR]...",
        help="Show and count only findings in these files, or on what this selects.",
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="SELECTOR", help="Not the findings on what this selects."),
]
Form = Annotated[
    Format, typer.Option("--format", help="text for people, json for scripts, the others for CI.")
]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Only these rules, by code or its beginning: RSK."),
]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODE", help="Not these rules.")]
Limit = Annotated[FailOn, typer.Option(help="Exit with 1 from this severity on.")]
Strict = Annotated[bool, typer.Option("--strict", help="The same as --fail-on warning.")]
Fix = Annotated[bool, typer.Option("--fix", help="Make the safe edits, then check again.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would do, and change nothing.")]
Watch = Annotated[
    bool, typer.Option("--watch", help="Check again whenever a file changes; Ctrl-C ends.")
]
Accept = Annotated[
    bool,
    typer.Option("--write-baseline", help="Accept what is found now; later only new findings."),
]
ShowAccepted = Annotated[bool, typer.Option("--no-baseline", help="Show accepted findings too.")]

Against = Annotated[
    str | None,
    typer.Option(
        metavar="REF", help="Compare with the merge base of this commit or branch and HEAD."
    ),
]
New = Annotated[
    bool,
    typer.Option("--new", help="Show and count only findings that the base of --against lacks."),
]


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("validate", rich_help_panel=panel)(shared(validate))


def validate(  # noqa: PLR0913
    session: Session,
    words: Words = None,
    exclude: Exclude = None,
    form: Form = Format.text,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Limit = FailOn.error,
    strict: Strict = False,
    fix: Fix = False,
    diff: Diff = False,
    watch: Watch = False,
    write_baseline: Accept = False,
    no_baseline: ShowAccepted = False,
    against: Against = None,
    new: New = False,
) -> None:
    """Check the portfolio: every problem at once, at file, line and column, with a hint.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 usage or a broken pmo.yaml.
    """
    from portfolio.application.failure import Failure

    wanted = _Wanted(
        tuple(words or ()),
        tuple(exclude or ()),
        form,
        tuple(select or ()),
        tuple(ignore or ()),
        FailOn.warning if strict and fail_on is FailOn.error else fail_on,
        no_baseline,
        against,
        new,
    )
    if new and against is None:
        message = "--new needs --against REF: what would be old?"
        raise Failure(message, "`pmo validate --against origin/main --new`")
    if write_baseline:
        _write_baseline(session, wanted)
    if diff:
        _show_repairs(session, wanted)
    elif watch:
        _watch(session, wanted, fix=fix)
    else:
        if fix:
            _repair(session, wanted)
        raise typer.Exit(_check(session, wanted))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a run is asked for."""

    words: tuple[str, ...]
    exclude: tuple[str, ...]
    form: Format
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: FailOn
    no_baseline: bool
    against: str | None
    new: bool

    @property
    def is_partial(self) -> bool:
        return bool(self.words or self.exclude or self.select or self.ignore)


def _check(session: Session, wanted: _Wanted) -> int:
    """Check once, print the outcome and return the exit status."""
    from pmo_cli.formats.validation import Outcome, print_outcome
    from portfolio.application.validation.baseline import split
    from portfolio.diagnostic import Severity

    started = time.perf_counter()
    loaded, findings, asides = _compared(session, wanted)
    if not wanted.no_baseline:
        findings, accepted = split(
            _baseline_path(session), findings, partial=wanted.is_partial or wanted.new
        )
        asides = (*asides, *accepted)
    shows_infos = wanted.fail_on is FailOn.info or bool(wanted.select)
    limit = Severity.from_word(wanted.fail_on.value)
    lowest = Severity.INFO if session.verbose or shows_infos else Severity.WARNING
    seconds = time.perf_counter() - started
    outcome = Outcome(loaded, findings, lowest, limit, seconds, asides)
    print_outcome(session, wanted.form.value, outcome)
    return 1 if any(found.severity >= limit for found in findings) else 0


def _compared(
    session: Session, wanted: _Wanted
) -> tuple[Loaded, tuple[Diagnostic, ...], tuple[str, ...]]:
    """Find, against history where that is asked for; with what the summary says of it."""
    if wanted.against is None:
        return (*_found(session, wanted), ())
    from pmo_cli.opening import open_portfolio
    from pmo_cli.past import only_new, open_base

    portfolio, loaded = open_portfolio(session, checks=True)
    base = open_base(session, wanted.against, portfolio.as_of)
    loaded, findings = _judged(session, wanted, base.behind(loaded))
    if not wanted.new:
        return loaded, findings, base.notes
    findings, known = only_new(findings, base, wanted.select, wanted.ignore)
    return loaded, findings, (*base.notes, *known)


def _found(session: Session, wanted: _Wanted) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Load the portfolio and return it with the findings in the files that are meant."""
    from pmo_cli.opening import open_portfolio

    return _judged(session, wanted, open_portfolio(session, checks=True)[1])


def _judged(
    session: Session, wanted: _Wanted, loaded: Loaded
) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Return what was loaded with the findings in the files that are meant."""
    from pmo_cli.opening import find_folder
    from portfolio.application.selection import limited
    from portfolio.application.validation.validate import judge

    portfolio = loaded.portfolio
    assert portfolio is not None  # noqa: S101 - open_portfolio has ended the command
    findings = judge(loaded, wanted.select, wanted.ignore)
    if wanted.words or wanted.exclude:
        root = find_folder(session)
        findings = limited(portfolio, findings, root, wanted.words, wanted.exclude)
    return loaded, findings


def _baseline_path(session: Session) -> Path:
    from pmo_cli.opening import find_folder

    return find_folder(session) / ".pmo" / "baseline.json"


def _write_baseline(session: Session, wanted: _Wanted) -> None:
    from pmo_cli import console
    from portfolio.application.failure import Failure
    from portfolio.application.validation.baseline import write

    if wanted.is_partial:
        message = "--write-baseline accepts everything that is found"
        raise Failure(message, "leave out PATH, SELECTOR, --select and --ignore")
    count = write(_baseline_path(session), _found(session, wanted)[1])
    console.say(f"accepted {count} in .pmo/baseline.json", session)


def _show_repairs(session: Session, wanted: _Wanted) -> None:
    from pmo_cli import console
    from portfolio.application.validation.fixes import repairs
    from portfolio.rules.phrases import counted

    found = list(repairs(*_found(session, wanted)))
    for repair in found:
        console.write(repair.difference())
    edits = sum(len(repair.after.done) for repair in found)
    files = counted(len(found), "file")
    console.say(f"{counted(edits, 'finding')} in {files} can be fixed by --fix", session)
    raise typer.Exit(1 if found else 0)


def _repair(session: Session, wanted: _Wanted) -> None:
    """Make the safe edits until no more can be made; an edit can uncover another."""
    from pmo_cli import console
    from pmo_cli.opening import find_folder
    from portfolio.application.validation.fixes import repairs, write
    from portfolio.rules.phrases import counted

    folders = {"": find_folder(session)} | {f"{o.as_posix()}/": o for o in session.overlays}
    made = 0
    files: set[str] = set()
    for _ in range(_ROUNDS):
        found = [each for each in repairs(*_found(session, wanted)) if write(each, folders)]
        if not found:
            break
        made += sum(len(each.after.done) for each in found)
        files.update(each.path for each in found)
    fixed = f"fixed {counted(made, 'finding')} in {counted(len(files), 'file')}"
    console.say(fixed if made else "nothing that --fix could fix", session)


def _watch(session: Session, wanted: _Wanted, *, fix: bool) -> None:
    from pmo_cli import console
    from pmo_cli.opening import find_folder
    from pmo_cli.watch import watch

    def check() -> None:
        from portfolio.application.failure import Failure

        try:
            if fix:
                _repair(session, wanted)
            _check(session, wanted)
        except Failure as failure:
            console.say(f"error: {failure.message}", session)
        console.say("watching; Ctrl-C ends", session)

    watch((find_folder(session), *session.overlays), check)
