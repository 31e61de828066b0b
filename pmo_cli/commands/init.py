"""`pmo init`: a new portfolio that validates, or a copy of the rich example."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared
from pmo_cli.starter_ci import Service

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = "meridian"
_YEARS_AHEAD = 3


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("init", rich_help_panel=panel)(shared(init))


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

    _check_place(folder)
    day = session.day or today()
    calendar = _calendar(country, day.year) if country else ""
    if holidays:
        if not country:
            message = "--holidays needs --country"
            raise Failure(message)
        console.write(calendar)
        return
    if example:
        _copy_example(folder)
    else:
        _write_new(folder, _files(folder, name, currency, day, calendar, ci))
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    console.say(f"wrote a portfolio into {folder}: {where}run `pmo validate`", session)


def _check_place(folder: Path) -> None:
    """Refuse a path at which no folder can be."""
    from portfolio.application.failure import Failure

    stands = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not stands.is_dir():
        message = f"{stands} is a file, no folder"
        raise Failure(message, "name a new folder")


def _files(
    folder: Path, name: str | None, currency: str, day: date, calendar: str, ci: Service
) -> Mapping[str, str]:
    from importlib.metadata import version

    from pmo_cli.starter import starter_files
    from portfolio.application.failure import Failure

    if not re.fullmatch("[A-Z]{3}", currency):
        message = f"--currency {currency!r} is no ISO 4217 code"
        raise Failure(message, "write three capitals, like GBP")
    called = name or folder.resolve().name.replace("-", " ").capitalize() or "Our organisation"
    return starter_files(called, currency, day, version("pmo-cli"), calendar, ci)


def _write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, or none of them where one is there already."""
    from portfolio.application.failure import Failure
    from portfolio.application.writing import write_file
    from portfolio.rules.phrases import listed

    there = [path for path in files if (folder / path).exists()]
    if there:
        message = f"{folder} already has {listed(there, 3)}"
        raise Failure(message, "choose an empty folder; `pmo init` overwrites nothing")
    try:
        for path, content in files.items():
            write_file(folder / path, content.encode(), marked=False)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}"
        raise Failure(message) from None


def _copy_example(folder: Path) -> None:
    from portfolio.application.failure import Failure
    from portfolio.package_data import resource

    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise Failure(message, "choose a new folder; `pmo init` overwrites nothing")
    shutil.copytree(resource("examples") / EXAMPLE, folder, dirs_exist_ok=True)


def _calendar(country: str, year: int) -> str:
    from pmo_cli.starter import calendar_text
    from portfolio.application.failure import Failure
    from portfolio.exchange.calendars.public_holidays import holidays_of

    try:
        return calendar_text(country, holidays_of(country, range(year - 1, year + _YEARS_AHEAD)))
    except ValueError as error:
        raise Failure(str(error)) from None
