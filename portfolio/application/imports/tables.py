"""`pmo import` of tables: from the mapping, the files and the portfolio to the texts to write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.imports.outcome import SETTINGS, Outcome, reading, settings_there
from portfolio.listing import listed

if TYPE_CHECKING:
    from datetime import date

    from portfolio.application.imports.request import ImportRequest
    from portfolio.exchange.tables.table_import import Prepared


def convert_tables(asked: ImportRequest, folder: Path) -> Outcome:
    """Turn tables into the texts of a portfolio's files, as a mapping says."""
    from portfolio.exchange.drafts.existing_files import standing_in
    from portfolio.exchange.drafts.output_folder import is_ours, settle
    from portfolio.exchange.tables.import_summary import problem_lines, problems_csv, summary
    from portfolio.exchange.tables.table_import import generate

    prepared = _prepare(asked, folder)
    own = _own_settings(folder, prepared.file.name)
    texts, tally = generate(
        prepared,
        _currency(prepared, own, folder),
        with_settings=own is None,
        as_of=_day(prepared, own, asked.origin.as_of),
        standing=standing_in(folder, lambda path: is_ours(folder / path, prepared.file.name)),
    )
    lines = [*summary(tally)]
    if tally.problems:
        lines.append(f"{len(tally.problems)} not understood:")
    problems = tuple(f"  {line}" for line in problem_lines(tally.problems))
    return Outcome(
        texts,
        tuple(lines),
        problems,
        problems_csv(tally.problems),
        settle(texts, folder, prepared.file.name),
        prepared.file.name,
        tuple(tally.there),
    )


def _prepare(asked: ImportRequest, folder: Path) -> Prepared:
    """Find and read the mapping; a Failure with every mistake in it where it cannot be used."""
    from portfolio.exchange.tables.table_import import prepare
    from portfolio.loading.findings import Findings

    name = asked.mapping
    path = _mapping_path(name, folder, asked.origin.folder)
    with reading(path):
        content = path.read_bytes()
    findings = Findings(str(path))
    prepared = prepare(path.stem, content, list(asked.files), findings)
    if prepared is None:
        message = f"the mapping {name} cannot be used"
        raise Failure(message, "", findings.found, {str(path): content})
    return prepared


def _mapping_path(name: str, folder: Path, here: Path) -> Path:
    """Find a mapping by its path, else by name in the portfolio, above it, or among ours."""
    from portfolio.loading.discovery import find_root
    from portfolio.package_data import resource

    if Path(name).suffix in {".yaml", ".yml"} or Path(name).exists():
        return Path(name)
    root = find_root(here)
    places = [folder / ".pmo" / "mappings", *([root / ".pmo" / "mappings"] if root else [])]
    places.append(resource("examples") / "mappings")
    for place in places:
        if (place / f"{name}.yaml").is_file():
            return place / f"{name}.yaml"
    known = sorted(
        {path.stem for place in places if place.is_dir() for path in place.glob("*.yaml")}
    )
    message = f"there is no mapping {name!r}"
    raise Failure(message, f"known are {listed(known, 20)}; or give the path of a file")


def _own_settings(folder: Path, mapping: str) -> bytes | None:
    """Return the `pmo.yaml` that stays, or None where there is none or the mapping wrote it."""
    from portfolio.exchange.drafts.output_folder import is_ours

    path = folder / SETTINGS
    if settings_there(folder) is None or is_ours(path, mapping):
        return None
    return path.read_bytes()


def _currency(prepared: Prepared, own: bytes | None, folder: Path) -> str:
    from portfolio.exchange.tables.table_import import home_currency

    currency = home_currency(prepared, own)
    if currency is None:
        message = f"{folder} has no pmo.yaml, and the mapping has no `pmo:` to write one from"
        raise Failure(message, "add `pmo: {organisation: {name: …, currency: …}}`, or `pmo init`")
    return currency


def _day(prepared: Prepared, own: bytes | None, stated: date | None) -> date | None:
    from portfolio.exchange.tables.table_import import judged_on, needs_a_day

    day = judged_on(prepared, own, stated)
    if day is None and needs_a_day(prepared):
        message = "the mapping tells past dates from future ones, and no day is stated"
        raise Failure(message, "give --as-of DATE, the day of the export")
    return day
