"""`pmo import`: tables of other tools to a portfolio's files, by a mapping and without guessing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from datetime import date

    from portfolio.exchange.importing import Prepared
    from portfolio.exchange.tally import Tally

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}


class Source(StrEnum):
    """What the files are."""

    csv = "csv"
    xlsx = "xlsx"


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("import", rich_help_panel=panel)(shared(import_))


def import_(  # noqa: PLR0913
    session: Session,
    source: Annotated[Source, typer.Argument(help="What the files are.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to read.")],
    mapping: Annotated[
        str, typer.Option("-m", "--mapping", metavar="NAME|PATH", help="Which column is what.")
    ],
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; a new folder becomes a portfolio."),
    ] = None,
    problems: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was not understood as CSV.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, but write nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that an import did not write.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything was not understood.")
    ] = False,
) -> None:
    """Turn the tables of other tools into a portfolio's files, as a mapping file says.

    The mapping states which column is which field and how dates, money and words are written.
    What it does not make plain is listed row by row and left out; nothing is guessed.
    """
    from pmo_cli import console
    from portfolio.exchange.importing import generate

    _check(source, files)
    folder = into or _portfolio(session)
    prepared = _prepare(mapping, files, folder)
    own = _own_settings(folder)
    texts, tally = generate(
        prepared,
        _currency(prepared, own, folder),
        with_settings=own is None,
        as_of=_day(prepared, own, session),
    )
    notes = [] if dry_run else _write(texts, folder, force=force)
    if problems:
        _write_problems(tally, problems)
    _tell(session, tally)
    for note in notes:
        console.say(note, session)
    raise typer.Exit(1 if strict and tally.problems else 0)


def _check(source: Source, files: list[Path]) -> None:
    for path in files:
        if not path.is_file():
            message = f"there is no file {path}"
            raise Failure(message)
        if (path.suffix.lower() in _WORKBOOKS) != (source is Source.xlsx):
            other = "csv" if source is Source.xlsx else "xlsx"
            message = f"{path.name} is no {source.value} file"
            raise Failure(message, f"`pmo import {other}` reads it")


def _portfolio(session: Session) -> Path:
    from pmo_cli.opening import find_folder

    return find_folder(session)


def _prepare(name: str, files: list[Path], folder: Path) -> Prepared:
    """Find and read the mapping; a Failure with every mistake in it where it cannot be used."""
    from pmo_cli.formats import text
    from portfolio.exchange.importing import prepare
    from portfolio.loading.findings import Findings

    path = _mapping_path(name, folder)
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Failure(message) from None
    findings = Findings(str(path))
    prepared = prepare(path.stem, content, files, findings)
    if prepared is None:
        found = text(findings.found, {str(path): content}).rstrip()
        message = f"the mapping {name} cannot be used\n{found}"
        raise Failure(message)
    return prepared


def _mapping_path(name: str, folder: Path) -> Path:
    """Find a mapping by its path, else by name in the portfolio, above it, or among ours."""
    from portfolio.loading.discovery import find_root
    from portfolio.resources import resource_folder

    if Path(name).suffix in {".yaml", ".yml"} or Path(name).exists():
        return Path(name)
    root = find_root(Path.cwd())
    places = [folder / ".pmo" / "mappings", *([root / ".pmo" / "mappings"] if root else [])]
    places.append(resource_folder("examples") / "mappings")
    for place in places:
        if (place / f"{name}.yaml").is_file():
            return place / f"{name}.yaml"
    known = sorted(
        {path.stem for place in places if place.is_dir() for path in place.glob("*.yaml")}
    )
    message = f"there is no mapping {name!r}"
    raise Failure(message, f"known are {', '.join(known)}; or give the path of a file")


def _own_settings(folder: Path) -> bytes | None:
    """Return the user's own `pmo.yaml`, or None where there is none or an import wrote it."""
    from portfolio.exchange.placing import is_ours

    path = folder / "pmo.yaml"
    return path.read_bytes() if path.is_file() and not is_ours(path) else None


def _currency(prepared: Prepared, own: bytes | None, folder: Path) -> str:
    from portfolio.exchange.importing import home_currency

    currency = home_currency(prepared, own)
    if currency is None and own is not None:
        message = f"{folder / 'pmo.yaml'} cannot be used"
        raise Failure(message, "`pmo validate` says why")
    if currency is None:
        message = f"{folder} has no pmo.yaml, and the mapping has no `pmo:` to write one from"
        raise Failure(message, "add `pmo: {organisation: {name: …, currency: …}}`, or `pmo init`")
    return currency


def _day(prepared: Prepared, own: bytes | None, session: Session) -> date | None:
    from portfolio.exchange.importing import judged_on, needs_a_day

    day = judged_on(prepared, own, session.day)
    if day is None and needs_a_day(prepared):
        message = "the mapping tells past dates from future ones, and no day is stated"
        raise Failure(message, "give --as-of DATE, the day of the export")
    return day


def _write(texts: dict[str, str], folder: Path, *, force: bool) -> list[str]:
    from portfolio.exchange.placing import Occupied, place

    try:
        placed = place(texts, folder, force=force)
    except Occupied as error:
        first = ", ".join(error.paths[:5])
        message = f"{len(error.paths)} files in {folder} were not written by an import: {first}"
        raise Failure(message, "nothing was written; --force overwrites them") from None
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise Failure(message) from None
    notes = [f"wrote {placed.written} files into {folder}"]
    if placed.left_over:
        notes.append(
            f"{len(placed.left_over)} files of earlier imports stay as they were, "
            f"first {placed.left_over[0]}: delete them if they are superseded"
        )
    return notes


def _write_problems(tally: Tally, path: Path) -> None:
    from portfolio.exchange.summary import problems_csv

    try:
        path.write_text(problems_csv(tally.problems), encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise Failure(message) from None


def _tell(session: Session, tally: Tally) -> None:
    from pmo_cli import console
    from portfolio.exchange.summary import problem_lines, summary

    for line in summary(tally):
        console.say(line, session)
    if tally.problems:
        console.say(f"{len(tally.problems)} not understood:", session)
    for line in problem_lines(tally.problems):
        sys.stderr.write(f"  {line}\n")
