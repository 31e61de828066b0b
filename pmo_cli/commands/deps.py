"""`pmo deps`: who waits for whom, and what a slip does to them."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.dependency_answers import Asked, Format, chosen_in_order, supposed
from pmo_cli.dependency_page import Question, answer, format_for, written_to
from pmo_cli.options import Session, shared


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("deps", rich_help_panel=panel)(shared(deps))


def deps(  # noqa: PLR0913
    session: Session,
    selector: Annotated[
        list[str] | None,
        typer.Argument(help="What to look at: an id, or kind:, tag:, owner:, path:, atlas+."),
    ] = None,
    slip: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LENGTH",
            help="Suppose that it finishes 10d later; atlas.build=10d names what. Repeatable.",
        ),
    ] = None,
    include_soft: Annotated[
        bool, typer.Option("--include-soft", help="List what soft promises put at risk.")
    ] = False,
    why: Annotated[
        str | None, typer.Option(metavar="ID", help="Say why a date is what it is.")
    ] = None,
    depth: Annotated[
        int | None, typer.Option(help="How many steps of the trees to show.", min=1)
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="[default: by the file's ending, else table]", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite any file.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there is an error or a loop.")
    ] = False,
) -> None:
    """Show who waits for whom, and with --slip who is hit by a delay, when and for how much.

    Without a selector: project to project and project to business, with margins. With one id:
    what it waits for and what waits for it, however indirectly; of a scenario, what it supposes.
    """
    from pmo_cli.opening import finish, judge, open_portfolio

    portfolio, loaded = open_portfolio(session)
    gc.disable()  # a schedule is millions of small objects that live until the end
    asked = Asked(session, portfolio, format_for(form, output))
    chosen = chosen_in_order(portfolio, selector or ([why] if why else []), exclude or ())
    injections, soft = supposed(asked, chosen, slip or ())
    question = Question(tuple(chosen), injections, include_soft or soft, why, depth)
    with written_to(asked, output, force=force):
        looped = answer(asked, question)
    if not session.quiet or strict:
        finish(session, judge(loaded), strict=strict)
    if looped and strict:
        sys.exit(1)
