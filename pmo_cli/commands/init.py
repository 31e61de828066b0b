"""`pmo init`: a new portfolio that validates, or a copy of the rich example."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.options import Session, shared


class Service(StrEnum):
    """Where the portfolio's repository is checked."""

    github = "github"
    gitlab = "gitlab"


@shared
def init(  # noqa: PLR0913
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to.")] = Path(),
    *,
    example: Annotated[
        bool, typer.Option("--example", help="Copy the rich example instead.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="The organisation's name.")] = None,
    currency: Annotated[str, typer.Option(help="The currency of plain numbers.")] = "GBP",
    country: Annotated[
        str | None, typer.Option(help="Write this country's holidays: GB, NO, DE/BY.")
    ] = None,
    ci: Annotated[
        Service, typer.Option("--ci", help="Where the repository is checked.")
    ] = Service.github,
    holidays: Annotated[
        bool, typer.Option("--holidays", help="Print the holidays of --country, to refresh them.")
    ] = False,
) -> None:
    """Start a portfolio that validates, with the files that most portfolios need."""
    from pmo_cli import console
    from pmo_cli.session import today
    from portfolio.application.failure import Failure
    from portfolio.application.starters import start as application

    application.check_place(folder)
    day = session.day or today()
    if holidays:
        if not country:
            message = "--holidays needs --country"
            raise Failure(message)
        console.write(application.calendar(country, day))
        return
    if example:
        application.copy_example(folder)
    else:
        asked = application.StartRequest(
            folder=folder,
            day=day,
            name=name,
            currency=currency,
            country=country,
            service=ci.value,
        )
        application.start(asked)
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    console.say(f"wrote a portfolio into {folder}: {where}run `pmo validate`", session)
