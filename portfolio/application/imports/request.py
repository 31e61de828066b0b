"""What an import is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.application.open import Origin

SourceName = Literal["csv", "xlsx", "mspdi", "xer", "openslo"]
TABLES = frozenset({"csv", "xlsx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Which files are read, as what, and where to.

    ``origin`` names the portfolio and the day of the export; ``into`` another folder, which
    becomes a portfolio where it is new. Tables need a ``mapping``, by its name or path. ``project``
    is the id of what a schedule becomes, ``sponsor`` and ``owner`` are people whom no file names,
    ``currency`` is that of a new portfolio.
    """

    origin: Origin
    source: SourceName
    files: tuple[Path, ...]
    into: Path | None = None
    mapping: str = ""
    project: str = ""
    sponsor: str = ""
    currency: str = ""
    owner: str = ""

    @property
    def is_of_tables(self) -> bool:
        """Tell whether the files are tables, which need a mapping."""
        return self.source in TABLES
