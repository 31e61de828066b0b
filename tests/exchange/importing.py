"""Import small tables as a user does: a mapping, files, and the portfolio that comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolio.diagnostic import Diagnostic, Severity
from portfolio.exchange.tables.table_import import generate, home_currency, judged_on, prepare
from portfolio.exchange.tables.tally import FieldTally, Problem, Tally
from portfolio.loading.findings import Findings
from portfolio.loading.loader import Loaded
from portfolio.view.view import View
from tests.portfolios import load_files, view_in

PMO = "pmo: {organisation: {name: Test, currency: GBP}}\n"
PEOPLE = "entities: {people: [{id: unknown, name: Not stated}]}\n"


@dataclass(frozen=True)
class Imported:
    """What an import gave: the files, the counts, and the portfolio that loads from the files."""

    files: dict[str, str]
    tally: Tally
    loaded: Loaded

    @property
    def portfolio(self) -> View:
        """Return the portfolio."""
        assert self.loaded.portfolio is not None
        return view_in(self.loaded)

    @property
    def problems(self) -> list[Problem]:
        """Return what was not understood."""
        return self.tally.problems

    def field(self, name: str, table: int = 0) -> FieldTally:
        """Return the counts of a field."""
        return self.tally.tables[table].fields[name]

    def broken(self) -> list[str]:
        """Return what is wrong with the files: no information, and not what the texts hold."""
        return [
            found.message
            for found in self.loaded.diagnostics
            if found.severity > Severity.INFO and found.code != "FLD-HIDDEN"
        ]


def run_import(
    mapping: str, *paths: Path, as_of: date | None = None, name: str = "test"
) -> Imported:
    """Import files by a mapping's text, which must fit them."""
    findings = Findings(f"{name}.yaml")
    prepared = prepare(name, mapping.encode(), paths, findings)
    assert prepared is not None, findings.found
    currency = home_currency(prepared, None)
    assert currency is not None
    files, tally = generate(
        prepared, currency, with_settings=True, as_of=judged_on(prepared, None, as_of)
    )
    return Imported(files, tally, load_files(dict(files)))


def imported(
    folder: Path, mapping: str, files: dict[str, str | bytes], *, as_of: date | None = None
) -> Imported:
    """Import files given as text by a mapping that names only its tables."""
    paths = []
    for path, content in files.items():
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(folder / path)
    return run_import(PMO + PEOPLE + mapping, *paths, as_of=as_of)


def refused(folder: Path, mapping: str, files: dict[str, str | None]) -> list[Diagnostic]:
    """Return the findings about a mapping that cannot be used; None is a file that is there."""
    for path, content in files.items():
        if content is not None:
            (folder / path).write_text(content)
    findings = Findings("mapping.yaml")
    assert prepare("m", mapping.encode(), [folder / path for path in files], findings) is None
    return findings.found
