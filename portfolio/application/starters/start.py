"""A new portfolio that validates, or a copy of the rich example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

EXAMPLE = "meridian"
_YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """Where a portfolio begins and on which day, whose it is, and where it is checked.

    ``currency`` is an ISO 4217 code, ``country`` one whose holidays are written: `GB`, `DE/BY`.
    """

    folder: Path
    day: date
    name: str | None = None
    currency: str = "GBP"
    country: str | None = None
    service: Literal["github", "gitlab"] = "github"


def check_place(folder: Path) -> None:
    """Refuse a path at which no folder can be."""
    stands = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not stands.is_dir():
        message = f"{stands} is a file, no folder"
        raise Failure(message, "name a new folder")


def start(asked: StartRequest) -> None:
    """Write the files of a new portfolio, or none of them where one is there already."""
    from portfolio.application.journal import settle
    from portfolio.application.writing import write_set
    from portfolio.rules.phrases import listed

    folder, files = asked.folder, _files(asked)
    settle(folder)
    there = [path for path in files if (folder / path).exists()]
    if there:
        message = f"{folder} already has {listed(there, 3)}"
        raise Failure(message, "choose an empty folder; `pmo init` overwrites nothing")
    write_set(folder, {path: content.encode() for path, content in files.items()})


def copy_example(folder: Path) -> None:
    """Copy the example into an empty folder."""
    from portfolio.application.journal import settle
    from portfolio.application.writing import copy_folder
    from portfolio.package_data import resource

    settle(folder)
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise Failure(message, "choose a new folder; `pmo init` overwrites nothing")
    copy_folder(resource("examples") / EXAMPLE, folder)


def calendar(country: str, day: date) -> str:
    """Return the calendar of a country around a day, with its holidays written out."""
    from portfolio.application.starters.portfolio_files import calendar_text
    from portfolio.exchange.calendars.public_holidays import holidays_of

    years = range(day.year - 1, day.year + _YEARS_AHEAD)
    try:
        return calendar_text(country, holidays_of(country, years))
    except ValueError as error:
        raise Failure(str(error)) from None


def _files(asked: StartRequest) -> Mapping[str, str]:
    from importlib.metadata import version

    from portfolio.application.starters.portfolio_files import starter_files

    if not re.fullmatch("[A-Z]{3}", asked.currency):
        message = f"--currency {asked.currency!r} is no ISO 4217 code"
        raise Failure(message, "write three capitals, like GBP")
    folder_name = asked.folder.resolve().name.replace("-", " ").capitalize()
    return starter_files(
        asked.name or folder_name or "Our organisation",
        asked.currency,
        asked.day,
        version("pmo-cli"),
        calendar(asked.country, asked.day) if asked.country else "",
        asked.service,
    )
