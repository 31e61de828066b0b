"""`pmo export`: plans for the tools that other people work with."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared

Selector = Annotated[
    list[str] | None,
    typer.Argument(help="Which projects: ids, tag:, owner:, rag:, path:; all when left out."),
]
Exclude = Annotated[
    list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite any file.")]


class Target(StrEnum):
    """What is written."""

    mspdi = "mspdi"


Form = Annotated[Target, typer.Argument(help="mspdi: Microsoft Project's XML.")]


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("export", rich_help_panel=panel)(shared(export))


def export(
    session: Session,
    target: Form,
    selector: Selector = None,
    exclude: Exclude = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Write the plans of projects, with their links and computed dates, for another tool.

    What the other format has no place for is counted and named.
    """
    from pmo_cli import console
    from pmo_cli.opening import finish, judge, open_portfolio
    from pmo_cli.selecting import chosen_ids
    from pmo_cli.writing import MARK, write_file
    from portfolio.exchange.schedules.from_portfolio import schedule_of
    from portfolio.exchange.schedules.mspdi_writing import write_mspdi
    from portfolio.exchange.schedules.telling import left_out_lines
    from portfolio.model.delivery import Project
    from portfolio.selection import belonging

    portfolio, loaded = open_portfolio(session)
    chosen = belonging(portfolio, chosen_ids(portfolio, selector or (), exclude or ()))
    projects = {project.id for project in portfolio.all(Project)} & chosen
    schedule = schedule_of(portfolio, projects)
    if not schedule.tasks:
        message = f"no project with a plan is selected for {target.value}"
        raise Failure(message, "`pmo show activities` lists what there is")
    text = write_mspdi(schedule, f"{MARK}: plan as of {portfolio.as_of.isoformat()}")
    if output is None:
        console.write(text.rstrip("\n"))
    else:
        write_file(output, text.encode(), force=force)
        console.say(f"wrote {output}: {len(schedule.tasks)} rows", session)
    if schedule.left_out:
        console.say("left out, or not as it was:", session)
        for line in left_out_lines(schedule.left_out):
            console.say(line, session)
    finish(session, judge(loaded), strict=False)
