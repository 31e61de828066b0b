"""`pmo import`: tables and schedules of other tools to a portfolio's files, without guessing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from portfolio.application.imports.outcome import Outcome

_SCHEDULES = "Schedules (mspdi, xer)"


ProjectId = Annotated[
    str,
    typer.Option(
        metavar="ID",
        rich_help_panel=_SCHEDULES,
        help="The id of the project [default: made of its name]",
    ),
]
SponsorId = Annotated[
    str,
    typer.Option(
        metavar="ID",
        rich_help_panel=_SCHEDULES,
        help="The person who sponsors it, which no schedule says.",
    ),
]
OwnerId = Annotated[
    str,
    typer.Option(
        metavar="ID",
        rich_help_panel="Service levels (openslo)",
        help="The person who owns the services, which no document says.",
    ),
]
CurrencyCode = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        rich_help_panel=_SCHEDULES,
        help="The currency of a new portfolio [default: the file's]",
    ),
]


class Source(StrEnum):
    """What the files are."""

    csv = "csv"
    xlsx = "xlsx"
    mspdi = "mspdi"
    xer = "xer"
    openslo = "openslo"

    @property
    def is_table(self) -> bool:
        """Tell whether the files are tables, which need a mapping."""
        return self in {Source.csv, Source.xlsx}


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("import", rich_help_panel=panel)(shared(import_))


def import_(  # noqa: PLR0913
    session: Session,
    source: Annotated[Source, typer.Argument(help="What the files are.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to read.")],
    mapping: Annotated[
        str,
        typer.Option(
            "-m", "--mapping", metavar="NAME|PATH", help="Of tables: which column is what."
        ),
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; a new folder becomes a portfolio."),
    ] = None,
    problems: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was not understood as CSV.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, but write nothing.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything was not understood.")
    ] = False,
    project: ProjectId = "",
    sponsor: SponsorId = "",
    currency: CurrencyCode = "",
    owner: OwnerId = "",
) -> None:
    """Turn tables, schedules and service levels of other tools into a portfolio's files.

    For tables (csv, xlsx) a mapping states which column is which field and how dates, money and
    words are written. A schedule (mspdi: Microsoft Project's XML, xer: Primavera's export) becomes
    a project, an OpenSLO document a service level. What cannot be understood or has no place is
    listed and left out; nothing is guessed. What is in the portfolio already stays as it is: the
    import writes files of its own beside it, and names what has the same id and was left.
    """
    _check(source, files, mapping)
    folder = _target(into) if into else _portfolio(session)
    if source.is_table:
        from pmo_cli.table_import import convert_tables

        outcome = convert_tables(session, files, folder, mapping)
    elif source is Source.openslo:
        from portfolio.application.imports.openslo import convert_levels

        outcome = convert_levels(files, folder, owner)
    else:
        from portfolio.application.imports.schedules import Wanted, convert_schedules

        wanted = Wanted(project, sponsor, currency, session.day)
        outcome = convert_schedules(source.value, files, folder, wanted)
    notes = _write(outcome, folder, dry_run=dry_run)
    if problems:
        _write_problems(outcome.problems_csv, problems)
    _tell(session, outcome, folder, notes)
    raise typer.Exit(1 if strict and outcome.problems else 0)


def _check(source: Source, files: list[Path], mapping: str) -> None:
    from portfolio.application.failure import Failure
    from portfolio.exchange.tables.workbook_reader import WORKBOOKS

    if source.is_table != bool(mapping):
        if mapping:
            message = f"--mapping is for tables; {source.value} needs none"
            raise Failure(message)
        message = "which column is what?"
        raise Failure(message, "--mapping NAME|PATH names the mapping that says so")
    for path in files:
        if not path.is_file():
            message = f"{path} is no file" if path.exists() else f"there is no file {path}"
            raise Failure(message)
        if source.is_table and (path.suffix.lower() in WORKBOOKS) != (source is Source.xlsx):
            other = "csv" if source is Source.xlsx else "xlsx"
            message = f"{path.name} is no {source.value} file"
            raise Failure(message, f"`pmo import {other}` reads it")


def _target(folder: Path) -> Path:
    """Return where to; a Failure where a `pmo.yaml` would take files out of another portfolio."""
    from portfolio.application.wrong_folder import another_meant

    if folder.is_dir() and not (folder / "pmo.yaml").exists() and any(folder.iterdir()):
        another = another_meant(folder, "--into")
        if another is not None:
            raise another
    return folder


def _portfolio(session: Session) -> Path:
    from pmo_cli.opening import find_folder

    return find_folder(session)


def _write(outcome: Outcome, folder: Path, *, dry_run: bool) -> list[str]:
    from portfolio.application.failure import Failure
    from portfolio.exchange.drafts.output_folder import LeadsOut, check_inside, place
    from portfolio.rules.phrases import counted

    files = {outcome.places[path]: text for path, text in outcome.files.items()}
    try:
        if dry_run:
            check_inside(files, folder)
            return []
        placed = place(files, folder, outcome.mapping)
    except LeadsOut as error:
        hint = "an import writes inside its folder alone; replace the link on the way by a folder"
        raise Failure(str(error), hint) from None
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise Failure(message) from None
    notes = [f"wrote {counted(placed.written, 'file')} into {folder}"]
    left_over = [path for path in placed.left_over if outcome.superseded(path)]
    if left_over:
        one = len(left_over) == 1
        notes.append(
            f"{counted(len(left_over), 'file')} of earlier imports "
            f"{'stays as it was' if one else 'stay as they were'}, first {left_over[0]}: "
            f"delete {'it if it is' if one else 'them if they are'} superseded"
        )
    return notes


def _write_problems(text: str, path: Path) -> None:
    from portfolio.application.failure import Failure

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise Failure(message) from None


def _tell(session: Session, outcome: Outcome, folder: Path, notes: list[str]) -> None:
    from pmo_cli import console
    from portfolio.application.imports.outcome import left_alone
    from portfolio.characters import on_one_screen

    for line in outcome.lines:
        console.say(line, session)
    for line in outcome.problems:
        sys.stderr.write(f"{on_one_screen(line)}\n")
    for line in left_alone(outcome, in_full=session.verbose):
        console.say(line, session)
    if outcome.snippet:
        console.say(
            f"{folder / 'pmo.yaml'} stays as it is, and lacks calendars of the plan;", session
        )
        console.say("until you add these to it, the portfolio's usual week counts:", session)
        sys.stdout.write(outcome.snippet)
    for note in notes:
        console.say(note, session)
