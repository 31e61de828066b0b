"""`pmo export`: plans and dates for the tools that other people work with."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pmo_cli.options import Excluded, Force, Output, Session, shared

Selector = Annotated[
    list[str] | None,
    typer.Argument(help="Which part: ids, kind:, tag:, owner:, rag:, path:; all when left out."),
]


class Target(StrEnum):
    """What is written."""

    mspdi = "mspdi"
    ics = "ics"


Form = Annotated[
    Target,
    typer.Argument(help="mspdi: Microsoft Project's XML; ics: dates for a calendar program."),
]


@shared
def export(
    session: Session,
    target: Form,
    selector: Selector = None,
    exclude: Excluded = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Write plans with their computed dates, or the dates alone, for another tool.

    What the other format has no place for is counted and named. A calendar has
    the days of renewals, obligations, milestones, gates and decisions;
    importing it again makes no doubles.
    """
    from pmo_cli import console
    from pmo_cli.session import finish, opened
    from portfolio.application import exports
    from portfolio.application.writing import write_file

    portfolio = opened(session)
    asked = exports.ExportRequest(
        selectors=tuple(selector or ()),
        exclude=tuple(exclude or ()),
    )
    made = exports.export(portfolio, target.value, asked)
    if output is None:
        console.write(made.value.decode(), "markup" if target is Target.mspdi else "text")
    else:
        write_file(output, made.value, force=force)
        console.say(f"wrote {output}: {made.notes[0]}", session)
    for line in made.notes[1:]:
        console.say(line, session)
    finish(session, portfolio.findings, strict=False)
