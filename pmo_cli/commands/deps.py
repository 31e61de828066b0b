"""`pmo deps`: who waits for whom, and what a slip, a stop or a leaving does to them."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.formats.dependencies.answers import (
    Asked,
    Format,
    chosen_in_order,
    supposed,
    without_names,
)
from pmo_cli.formats.dependencies.comparison import answer_comparison
from pmo_cli.formats.dependencies.page import Question, answer, format_for, written_to
from pmo_cli.formats.dependencies.scenario import answer_supposition, supposition
from pmo_cli.options import Session, shared

Selector = Annotated[
    list[str] | None,
    typer.Argument(help="What to look at: an id, or kind:, tag:, owner:, path:, atlas+."),
]
Slip = Annotated[
    list[str] | None,
    typer.Option(
        metavar="LENGTH",
        help="Suppose that it finishes 10d later; atlas.build=10d names what. Repeatable.",
    ),
]
Stop = Annotated[
    list[str] | None,
    typer.Option(metavar="PROJECT", help="Suppose that a project stops. Repeatable."),
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="PERSON", help="Suppose that somebody leaves. Repeatable."),
]
From = Annotated[
    datetime | None,
    typer.Option(
        "--from", formats=["%Y-%m-%d"], metavar="DATE", help="When they leave; else today."
    ),
]
Compare = Annotated[
    bool, typer.Option("--compare", help="Hold all scenarios, or those selected, side by side.")
]
IncludeSoft = Annotated[
    bool, typer.Option("--include-soft", help="List what soft promises put at risk.")
]
Why = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Say why a date, or with --slip a cost, is what it is."),
]
Depth = Annotated[int | None, typer.Option(help="How many steps of the trees to show.", min=1)]
Exclude = Annotated[
    list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format", help="[default: by the file's ending, else table]", show_default=False
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite any file.")]
Confidential = Annotated[
    bool, typer.Option("--include-confidential", help="Name confidential projects too.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if there is an error or a loop.")
]


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("deps", rich_help_panel=panel)(shared(deps))


def deps(  # noqa: PLR0913
    session: Session,
    selector: Selector = None,
    slip: Slip = None,
    stop: Stop = None,
    without: Without = None,
    on: From = None,
    compare: Compare = False,
    include_soft: IncludeSoft = False,
    why: Why = None,
    depth: Depth = None,
    exclude: Exclude = None,
    form: Form = None,
    output: Output = None,
    force: Force = False,
    include_confidential: Confidential = False,
    strict: Strict = False,
) -> None:
    """Show who waits for whom, and with --slip who is hit by a delay, when and for how much.

    Without a selector: project to project and project to business, with margins. With one id:
    what it waits for and what waits for it, however indirectly; of a scenario, what it supposes.
    """
    from pmo_cli.opening import open_portfolio
    from pmo_cli.session import finish
    from portfolio.application.validation.validate import judge

    portfolio, loaded = open_portfolio(session)
    gc.disable()  # a schedule is millions of small objects that live until the end
    if not include_confidential:
        portfolio = without_names(session, portfolio)
    asked = Asked(session, portfolio, loaded, format_for(form, output))
    chosen = chosen_in_order(portfolio, selector or ([why] if why else []), exclude or ())
    injections, soft = supposed(asked, chosen, slip or ()) if not compare else ((), False)
    leaves = on.date() if on else None
    beyond = supposition(asked, chosen, injections, (stop or (), without or (), leaves))
    looped = False
    with written_to(asked, output, force=force):
        if compare:
            answer_comparison(asked, chosen)
        elif beyond is not None:
            answer_supposition(asked, beyond)
        else:
            soft = include_soft or soft
            looped = answer(asked, Question(tuple(chosen), injections, soft, why, depth))
    if not session.quiet or strict:
        finish(session, judge(loaded), strict=strict)
    if looped and strict:
        sys.exit(1)
