"""Tables, schedules and service levels of other tools to a portfolio's files, without guessing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.application.imports.outcome import Outcome
    from portfolio.application.imports.request import ImportRequest

_SOURCES = "portfolio.application.imports.sources"


def convert(asked: ImportRequest, *, dry_run: bool = False) -> Outcome:
    """Turn files of other tools into the texts of a portfolio's files; write nothing of them.

    What an earlier writer left unfinished is finished before, but for a ``dry_run``. A Failure for
    files that are not of that kind, or that cannot be taken in.
    """
    from portfolio.application.journal import reading, settle

    source = import_module(f"{_SOURCES}.{asked.source}")
    _check(asked, is_of_tables=source.NEEDS_MAPPING)
    folder = target_of(asked)
    if not dry_run:
        settle(folder)
    with reading(folder):
        outcome: Outcome = source.convert(asked, folder)
    return outcome


def _check(asked: ImportRequest, *, is_of_tables: bool) -> None:
    from portfolio.exchange.tables.workbook_reader import WORKBOOKS

    source = asked.source
    if is_of_tables != bool(asked.mapping):
        if asked.mapping:
            message = f"--mapping is for tables; {source} needs none"
            raise Failure(message)
        message = "which column is what?"
        raise Failure(message, "--mapping NAME|PATH names the mapping that says so")
    for path in asked.files:
        if not path.is_file():
            message = f"{path} is no file" if path.exists() else f"there is no file {path}"
            raise Failure(message)
        is_workbook = path.suffix.lower() in WORKBOOKS
        if is_of_tables and is_workbook != (source == "xlsx"):
            other = "csv" if source == "xlsx" else "xlsx"
            message = f"{path.name} is no {source} file"
            raise Failure(message, f"`pmo import {other}` reads it")


def target_of(asked: ImportRequest) -> Path:
    """Return where to; a Failure where a `pmo.yaml` would take files out of another portfolio."""
    from portfolio.application.wrong_folder import another_meant

    folder = asked.into
    if folder is None:
        return asked.origin.root
    if folder.is_dir() and not (folder / "pmo.yaml").exists() and any(folder.iterdir()):
        another = another_meant(folder, "--into")
        if another is not None:
            raise another
    return folder


def write(outcome: Outcome, folder: Path, *, dry_run: bool = False) -> Noted[None]:
    """Write what an import gives, and note what was written; a Failure where it cannot be.

    A ``dry_run`` only checks that everything would lie inside the folder.
    """
    from portfolio.application.writing import write_set
    from portfolio.exchange.drafts.output_folder import LeadsOut, check_inside, left_over
    from portfolio.rules.phrases import counted

    files = {outcome.places[path]: text for path, text in outcome.files.items()}
    try:
        check_inside(files, folder)
        if dry_run:
            return Noted(None)
        earlier = left_over(files, folder, outcome.mapping)
        write_set(folder, {path: text.encode() for path, text in files.items()})
    except LeadsOut as error:
        hint = "an import writes inside its folder alone; replace the link on the way by a folder"
        raise Failure(str(error), hint) from None
    notes = [f"wrote {counted(len(files), 'file')} into {folder}"]
    old = [path for path in earlier if outcome.superseded(path)]
    if old:
        one = len(old) == 1
        notes.append(
            f"{counted(len(old), 'file')} of earlier imports "
            f"{'stays as it was' if one else 'stay as they were'}, first {old[0]}: "
            f"delete {'it if it is' if one else 'them if they are'} superseded"
        )
    return Noted(None, tuple(notes))
