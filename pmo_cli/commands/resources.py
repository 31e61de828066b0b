"""`pmo resources`: what to do about people who are asked for more than there is."""

from __future__ import annotations

from typing import Annotated

import typer

from pmo_cli.options import TABLE, Form, Session, shared

COMMANDS = ("level",)
HELP = "Level the work of people booked too much."


@shared
def level(
    session: Session,
    selector: Annotated[
        list[str] | None,
        typer.Argument(help="Whose work may move: atlas, programme:digital-billing."),
    ] = None,
    within_float: Annotated[
        bool, typer.Option("--within-float", help="Move nothing beyond its float: no end moves.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the proposal into the files.")
    ] = False,
    form: Form = TABLE,
) -> None:
    """Propose which work waits for whom, and say what the waiting costs. Nothing is written."""
    from pmo_cli import console
    from pmo_cli.formats.registry import format_named
    from pmo_cli.session import finish, opened, origin_of, say_all
    from portfolio.application import levelling as application
    from portfolio.application.validation.fixes import finish_earlier

    asked = application.LevellingRequest(selectors=tuple(selector or ()), within_float=within_float)
    if write:
        finish_earlier(origin_of(session))
    found = application.level(opened(session), asked)
    format_named("answers", form.value).write(found, "resources level", session)
    if write:
        say_all(application.write(found), session)
    elif found.proposal.shifts:
        console.say("nothing is written; --write puts it into the files", session)
    finish(session, found.opened.findings, strict=False)
