"""Schedules as Microsoft Project writes them in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.application.imports.schedules import convert_schedules
from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.application.imports.outcome import Outcome
    from portfolio.application.imports.request import ImportRequest

NEEDS_MAPPING = False


def convert(asked: ImportRequest, folder: Path) -> Outcome:
    """Turn schedules into the texts of a portfolio's files."""
    return convert_schedules(asked, folder, lambda content, name: (read_mspdi(content, name),))
