"""`pmo import` of schedules: from the files and the portfolio to the texts to write."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pmo_cli.failure import Failure
from pmo_cli.import_outcome import Outcome

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from portfolio.exchange.mapping_file import Tree
    from portfolio.exchange.schedules.model import Schedule
    from portfolio.exchange.schedules.writing import Target


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of the projects that come of schedules."""

    project: str = ""
    sponsor: str = ""
    currency: str = ""
    as_of: date | None = None


def convert_schedules(source: str, files: list[Path], folder: Path, wanted: Wanted) -> Outcome:
    """Turn schedules into the texts of a portfolio's files."""
    from portfolio.exchange.schedules.telling import left_out_csv, left_out_lines
    from portfolio.exchange.schedules.writing import write_schedules

    if wanted.currency and not re.fullmatch("[A-Z]{3}", wanted.currency):
        message = f"--currency {wanted.currency!r} is no ISO 4217 code"
        raise Failure(message, "write three capitals, like GBP")
    schedules = [schedule for path in files for schedule in _read(source, path)]
    target = _target(files, folder, wanted)
    written = write_schedules(schedules, target)
    for project in written.projects:
        elsewhere = target.places.get(project)
        if elsewhere is not None and elsewhere not in written.files:
            message = f"the id {project} is taken: it stands in {elsewhere}"
            raise Failure(message, "--project ID gives the imported one another")
    lines = [*written.read, *(["left out, or not as it was:"] if written.left_out else [])]
    return Outcome(
        written.files,
        tuple(lines),
        tuple(left_out_lines(written.left_out)),
        left_out_csv(written.left_out),
        written.snippet,
        written.projects,
    )


def _read(source: str, path: Path) -> tuple[Schedule, ...]:
    """Read the schedules of one file; a Failure where it is not of that format."""
    from portfolio.exchange.schedules.mspdi import read_mspdi
    from portfolio.exchange.schedules.xer import read_xer
    from portfolio.exchange.source_file import Unreadable, content_of

    try:
        content = content_of(path)
        if source == "xer":
            return read_xer(content, path.name)
        return (read_mspdi(content, path.name),)
    except Unreadable as error:
        message = f"{path}: {error.message}"
        raise Failure(message, error.hint) from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Failure(message) from None


def _target(files: list[Path], folder: Path, wanted: Wanted) -> Target:
    """Return what is known of the folder: its settings, its people and all its ids."""
    from pmo_cli.opening import today
    from portfolio.exchange.placing import MARK, is_ours
    from portfolio.exchange.schedules.writing import SETTINGS_NAME, Target
    from portfolio.loading.loader import load
    from portfolio.model.resources import Person

    names = ", ".join(sorted(path.name for path in files))
    target = Target(
        f"{MARK} from {names}; the next one overwrites it.",
        wanted.project,
        wanted.sponsor,
        wanted.currency,
        wanted.as_of,
    )
    path = folder / SETTINGS_NAME
    if not path.is_file():
        return target
    loaded = load(folder, today=today())
    if loaded.portfolio is None:
        message = f"{path} cannot be used"
        raise Failure(message, "`pmo validate` says why")
    portfolio = loaded.portfolio
    return replace(
        target,
        settings=portfolio.settings,
        pmo=_words(path) if is_ours(path) else None,
        people={person.name.casefold(): person.id for person in portfolio.all(Person)},
        places={each.id: each.source.path for each in portfolio.entities.values()},
    )


def _words(path: Path) -> dict[str, Tree]:
    """Return the settings that an earlier import wrote, as written."""
    from portfolio.exchange.mapping_file import tree_of
    from portfolio.loading.document import SyntaxProblem, compose

    root = compose(path.read_bytes())
    tree = None if root is None or isinstance(root, SyntaxProblem) else tree_of(root)
    return tree if isinstance(tree, dict) else {}
