"""`pmo import`: tables and schedules of other tools to a portfolio's files, without guessing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.formats.registry import sources
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

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


if TYPE_CHECKING:
    Source = StrEnum
else:
    Source = sources()


@shared
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
    from pmo_cli.session import origin_of
    from portfolio.application.imports.convert import convert, target_of, write
    from portfolio.application.imports.request import ImportRequest
    from portfolio.application.writing import write_file

    asked = ImportRequest(
        origin=origin_of(session),
        source=source.value,
        files=tuple(files),
        into=into,
        mapping=mapping,
        project=project,
        sponsor=sponsor,
        currency=currency,
        owner=owner,
    )
    outcome = convert(asked, dry_run=dry_run)
    folder = target_of(asked)
    written = write(outcome, folder, dry_run=dry_run)
    if problems:
        write_file(problems, outcome.problems_csv.encode(), force=True)
    _tell(session, outcome, folder, written.notes)
    raise typer.Exit(1 if strict and outcome.problems else 0)


def _tell(session: Session, outcome: Outcome, folder: Path, notes: Sequence[str]) -> None:
    from pmo_cli import console
    from portfolio.application.imports.outcome import left_alone
    from portfolio.characters import inert, on_one_screen

    for line in outcome.lines:
        console.say(line, session)
    for line in outcome.problems:
        sys.stderr.write(f"{inert(on_one_screen(line))}\n")
    for line in left_alone(outcome, in_full=session.verbose):
        console.say(line, session)
    if outcome.snippet:
        console.say(
            f"{folder / 'pmo.yaml'} stays as it is, and lacks calendars of the plan;", session
        )
        console.say("until you add these to it, the portfolio's usual week counts:", session)
        console.write(outcome.snippet)
    for note in notes:
        console.say(note, session)
