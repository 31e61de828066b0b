"""`pmo deps`: who waits for whom, and what a slip, a stop or a departure does to them."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.formats.registry import choice
from pmo_cli.options import Excluded, Force, Output, Session, shared

if TYPE_CHECKING:
    Format = StrEnum
else:
    Format = choice("dependencies")

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
Form = Annotated[
    Format | None,
    typer.Option(
        "--format", help="[default: by the file's ending, else table]", show_default=False
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if there is an error or a loop.")
]


@shared
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
    exclude: Excluded = None,
    form: Form = None,
    output: Output = None,
    force: Force = False,
    strict: Strict = False,
) -> None:
    """Show who waits for whom, and with --slip who is hit by a delay, when and for how much.

    Without a selector: project to project and project to business, with margins. With one id:
    what it waits for and what waits for it, however indirectly; of a scenario, what it supposes.
    """
    from pmo_cli.formats.dependency_output import format_of, write_answer
    from pmo_cli.session import finish, opened, say_all
    from portfolio.application.dependencies import DependencyRequest, dependencies

    portfolio = opened(session)
    gc.disable()  # a schedule is millions of small objects that live until the end
    wanted = format_of(form.value if form else None, output)
    asked = DependencyRequest(
        selectors=tuple(selector or ((why,) if why else ())),
        exclude=tuple(exclude or ()),
        slips=tuple(slip or ()),
        stops=tuple(stop or ()),
        leaving=tuple(without or ()),
        leaving_on=on.date() if on else None,
        compare=compare,
        include_soft=include_soft,
        why=why if wanted != "html" else None,  # the page shows what is around it
        depth=depth,
        activities=wanted != "table",
    )
    found = dependencies(portfolio, asked)
    say_all(found.notes, session)
    write_answer(found.value, wanted, output, session, force=force)
    if not session.quiet or strict:
        finish(session, portfolio.findings, strict=strict)
    if found.value.loops and strict:
        sys.exit(1)
