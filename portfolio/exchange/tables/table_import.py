"""An import from its mapping to the files of a portfolio, without touching any folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.arrangement import FIELD_NAME, arrange, settings_text
from portfolio.exchange.drafts.output_folder import mark
from portfolio.exchange.tables.conversion import convert
from portfolio.exchange.tables.mapping_file import MappingFile, read_mapping
from portfolio.exchange.tables.sources import open_tables
from portfolio.loading.configuration import read_settings
from portfolio.loading.findings import Findings
from portfolio.model.kinds import kind_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from portfolio.exchange.drafts.draft import Standing
    from portfolio.exchange.tables.mapping import ImportMapping
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


_OF_WINDOWS = "\\:"  # there they part folders and name drives; here they look like a name


def check_patterns(mapping: ImportMapping, findings: Findings) -> None:
    """Report names of files that are none, or that lead out of the portfolio."""
    place = mapping.source.fields.get("files", mapping.source.place)
    for written, pattern in (mapping.files or {}).items():
        kind = kind_named(written)
        if kind is None:
            findings.add("MAP-FILES", f"{written!r} is not a kind", place)
            continue
        path = PurePosixPath(pattern)
        unknown = [name for name in FIELD_NAME.findall(pattern) if name not in kind.FIELDS]
        hidden = any(part.startswith(".") for part in path.parts) or path.name == "pmo.yaml"
        elsewhere = path.is_absolute() or any(c in pattern for c in _OF_WINDOWS)
        if elsewhere or hidden or path.suffix not in {".yaml", ".yml"}:
            findings.add(
                "MAP-FILES",
                f"{pattern!r} is no YAML file inside the portfolio",
                place,
                hint="write it like projects/{id}.yaml",
            )
        if unknown:
            findings.add("MAP-FILES", f"{kind.KIND} has no field {unknown[0]!r}", place)
