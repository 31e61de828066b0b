"""An import from its mapping to the files of a portfolio, without touching any folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.arrangement import arrange, check_patterns, settings_text
from portfolio.exchange.drafts.output_folder import mark
from portfolio.exchange.tables.conversion import convert
from portfolio.exchange.tables.mapping_file import MappingFile, read_mapping
from portfolio.exchange.tables.sources import open_tables
from portfolio.loading.configuration import read_settings
from portfolio.loading.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from portfolio.exchange.tables.register import Standing
    from portfolio.exchange.tables.resolved_mapping import TablePlan
    from portfolio.exchange.tables.tally import Tally

SETTINGS_NAME = "pmo.yaml"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mapping that fits the given files."""

    file: MappingFile
    plans: tuple[TablePlan, ...]
    sources: tuple[str, ...]

    @property
    def comment(self) -> str:
        """Return the first line of every file, by which the next import knows them."""
        return mark(self.sources, self.file.name)


def prepare(
    name: str, content: bytes, paths: Sequence[Path], findings: Findings
) -> Prepared | None:
    """Read a mapping and the files it is for; None after findings."""
    file = read_mapping(name, content, findings)
    if file is None:
        return None
    check_patterns(file.mapping, findings)
    plans = open_tables(file.mapping, paths, findings)
    if findings.found:
        return None
    return Prepared(file, plans, tuple(path.name for path in paths))


def home_currency(prepared: Prepared, settings: bytes | None) -> str | None:
    """Return the currency of the portfolio's plain numbers: its own, else the mapping's."""
    if settings is not None:
        own = read_settings(settings, Findings(SETTINGS_NAME))
        return own.organisation.currency if own else None
    pmo = prepared.file.mapping.pmo
    return pmo.organisation.currency if pmo else None


def judged_on(prepared: Prepared, settings: bytes | None, given: date | None) -> date | None:
    """Return the day that tells past from future: as given, else of the portfolio or mapping."""
    if given is not None:
        return given
    own = read_settings(settings, Findings(SETTINGS_NAME)) if settings is not None else None
    stated = own or prepared.file.mapping.pmo
    return stated.as_of if stated else None


def needs_a_day(prepared: Prepared) -> bool:
    """Tell whether the mapping takes dates by their being past or future."""
    return any(
        cell.when
        for plan in prepared.plans
        for fields in (plan.fields, *(child.fields for child in plan.children))
        for wanted in fields
        for cell in wanted.cells
    )


def generate(
    prepared: Prepared,
    currency: str,
    *,
    with_settings: bool,
    as_of: date | None = None,
    standing: Standing | None = None,
) -> tuple[dict[str, str], Tally]:
    """Convert the rows; return the text of every file by its path, and the counts."""
    day = as_of.isoformat() if as_of else ""
    converted = convert(prepared.file, prepared.plans, currency, day, standing)
    patterns = prepared.file.mapping.files or {}
    files = arrange(converted.drafts, patterns, prepared.comment)
    if with_settings and prepared.file.pmo is not None:
        files[SETTINGS_NAME] = settings_text(prepared.file.pmo, day, prepared.comment)
    return files, converted.tally
