"""`pmo validate`: every problem at once, at its place, with the fix."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.formats.registry import choice
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from portfolio.application.validation.validate import ValidationRequest


if TYPE_CHECKING:
    Format = StrEnum
else:
    Format = choice("findings")
_TEXT = Format.__members__["text"]


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
NoFold = Annotated[
    bool, typer.Option("--no-fold", help="Show equal findings of a file one by one.")
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


@shared
def validate(  # noqa: PLR0913
    session: Session,
    words: Words = None,
    exclude: Exclude = None,
    form: Form = _TEXT,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Limit = FailOn.error,
    strict: Strict = False,
    fix: Fix = False,
    diff: Diff = False,
    watch: Watch = False,
    write_baseline: Accept = False,
    no_baseline: ShowAccepted = False,
    no_fold: NoFold = False,
    against: Against = None,
    new: New = False,
) -> None:
    """Check the portfolio: every problem at once, at file, line and column, with a hint.

    Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 usage or a broken pmo.yaml.
    """
    from portfolio.application.failure import Failure
    from portfolio.application.validation.validate import ValidationRequest

    if new and against is None:
        message = "--new needs --against REF: what would be old?"
        raise Failure(message, "`pmo validate --against origin/main --new`")
    asked = ValidationRequest(
        words=tuple(words or ()),
        exclude=tuple(exclude or ()),
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        against=against,
        only_new=new,
        accepted=no_baseline,
    )
    limit = FailOn.warning if strict and fail_on is FailOn.error else fail_on
    shown = _Shown(form, limit, not no_fold)
    if write_baseline:
        _write_baseline(session, asked)
    if diff:
        _show_repairs(session, asked)
    elif watch:
        _watch(session, asked, shown, fix=fix)
    else:
        if fix:
            _repair(session, asked)
        raise typer.Exit(_check(session, asked, shown))


@dataclass(frozen=True, slots=True)
class _Shown:
    """How findings are shown, and from which severity on the run fails."""

    form: Format
    fail_on: FailOn
    fold: bool


def _check(session: Session, asked: ValidationRequest, shown: _Shown) -> int:
    """Check once, print the outcome and return the exit status."""
    from pmo_cli.formats.outcome import Outcome, print_outcome
    from pmo_cli.session import opened
    from portfolio.application.validation.validate import validate
    from portfolio.diagnostic import Severity

    started = time.perf_counter()
    portfolio = opened(session, checks=True)
    found = validate(portfolio, asked)
    shows_infos = shown.fail_on is FailOn.info or bool(asked.select)
    limit = Severity.from_word(shown.fail_on.value)
    lowest = Severity.INFO if session.verbose or shows_infos else Severity.WARNING
    seconds = time.perf_counter() - started
    outcome = Outcome(portfolio, found, lowest, limit, seconds, shown.fold)
    print_outcome(session, shown.form.value, outcome)
    return 1 if any(found.severity >= limit for found in found.findings) else 0


def _write_baseline(session: Session, asked: ValidationRequest) -> None:
    from pmo_cli import console
    from pmo_cli.session import opened
    from portfolio.application.failure import Failure
    from portfolio.application.validation.baseline import accept

    if asked.is_partial:
        message = "--write-baseline accepts everything that is found"
        raise Failure(message, "leave out PATH, SELECTOR, --select and --ignore")
    count = accept(opened(session, checks=True))
    console.say(f"accepted {count} in .pmo/baseline.json", session)


def _show_repairs(session: Session, asked: ValidationRequest) -> None:
    from pmo_cli import console
    from pmo_cli.session import opened
    from portfolio.application.validation.fixes import repairs
    from portfolio.application.validation.validate import found_in
    from portfolio.rules.phrases import counted

    portfolio = opened(session, checks=True)
    found = list(repairs(portfolio.loaded, found_in(portfolio, portfolio.loaded, asked)))
    shown = portfolio.shown_texts(repair.path for repair in found)
    for repair in found:
        is_open = shown.get(repair.path) == repair.before
        console.write(repair.difference() if is_open else _untold(repair.path))
    edits = sum(len(repair.after.done) for repair in found)
    files = counted(len(found), "file")
    console.say(f"{counted(edits, 'finding')} in {files} can be fixed by --fix", session)
    raise typer.Exit(1 if found else 0)


def _untold(path: str) -> str:
    """Say of a file that holds confidential work that its edits are not shown."""
    return f"{path}: not shown, it holds confidential work; --include-confidential shows it\n"


def _repair(session: Session, asked: ValidationRequest) -> None:
    from pmo_cli import console
    from pmo_cli.session import origin_of
    from portfolio.application.validation.fixes import repair
    from portfolio.rules.phrases import counted

    made, files = repair(origin_of(session), asked)
    fixed = f"fixed {counted(made, 'finding')} in {counted(files, 'file')}"
    console.say(fixed if made else "nothing that --fix could fix", session)


def _watch(session: Session, asked: ValidationRequest, shown: _Shown, *, fix: bool) -> None:
    from pmo_cli import console
    from pmo_cli.session import origin_of
    from pmo_cli.watch import watch
    from portfolio.application.failure import Failure

    def check() -> None:
        try:
            if fix:
                _repair(session, asked)
            _check(session, asked, shown)
        except Failure as failure:
            console.say(f"error: {console.words_of(failure)}", session)
        console.say("watching; Ctrl-C ends", session)

    watch(origin_of(session).folders.values(), check)
