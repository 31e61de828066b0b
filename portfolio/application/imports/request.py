"""What an import is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.application.open import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Which files are read, as what, and where to.

    ``source`` is the name of a module in `portfolio.application.imports.sources`.
    ``origin`` names the portfolio and the day of the export; ``into`` another folder, which
    becomes a portfolio where it is new. Tables need a ``mapping``, by its name or path. ``project``
    is the id of what a schedule becomes, ``sponsor`` and ``owner`` are people whom no file names,
    ``currency`` is that of a new portfolio.
    """

    origin: Origin
    source: str
    files: tuple[Path, ...]
    into: Path | None = None
    mapping: str = ""
    project: str = ""
    sponsor: str = ""
    currency: str = ""
    owner: str = ""
