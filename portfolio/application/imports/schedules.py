"""`pmo import` of schedules: from the files and the portfolio to the texts to write."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.imports.outcome import (
    SETTINGS,
    Outcome,
    reading,
    refuse_taken,
    require_person,
    settings_there,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from portfolio.application.imports.request import ImportRequest
    from portfolio.exchange.drafts.draft import Standing, Tree
    from portfolio.exchange.schedules.portfolio_files import Target
    from portfolio.exchange.schedules.schedule import Schedule

    Reader = Callable[[bytes, str], tuple[Schedule, ...]]


def convert_schedules(wanted: ImportRequest, folder: Path, read: Reader) -> Outcome:
    """Turn schedules into the texts of a portfolio's files.

    ``read`` takes the content and the name of a file; it raises Unreadable for another format.
    """
    from portfolio.exchange.drafts.draft import Draft
    from portfolio.exchange.drafts.existing_files import standing_in
    from portfolio.exchange.drafts.output_folder import is_taken, settle
    from portfolio.exchange.schedules.import_summary import left_out_csv, left_out_lines
    from portfolio.exchange.schedules.portfolio_files import (
        own_paths,
        project_ids,
        project_path,
        table_beside,
        write_schedules,
    )
    from portfolio.model.delivery.projects import Project
    from portfolio.record import SLUG

    if wanted.project and not SLUG.fullmatch(wanted.project):
        message = f"--project {wanted.project!r} is no id"
        raise Failure(message, "write lower-case letters, digits and hyphens, like harbour-wall")
    if wanted.currency and not re.fullmatch("[A-Z]{3}", wanted.currency):
        message = f"--currency {wanted.currency!r} is no ISO 4217 code"
        raise Failure(message, "write three capitals, like GBP")
    schedules = [schedule for path in wanted.files for schedule in _read(path, read)]
    projects = project_ids(schedules, wanted.project)
    places = settle(own_paths(projects), folder)
    tables = {project: table_beside(places[project_path(project)]) for project in projects}
    replaced = frozenset(
        path for path in (*places.values(), *tables.values()) if not is_taken(folder / path)
    )
    target = _target(folder, wanted, standing_in(folder, replaced.__contains__))
    target = replace(target, tables={p: path for p, path in tables.items() if path in replaced})
    written = write_schedules(schedules, target)
    if not re.search(rf"\bid: {re.escape(wanted.sponsor)}\b", "".join(written.files.values())):
        require_person(wanted.sponsor, "--sponsor", target.standing)
    made = (Draft(Project, project) for project in projects)
    refuse_taken(made, written.there, "--project ID gives the imported one another")
    beside = places | {table_beside(project_path(p)): path for p, path in tables.items()}
    lines = [*written.read, *(["left out, or not as it was:"] if written.left_out else [])]
    return Outcome(
        written.files,
        tuple(lines),
        tuple(left_out_lines(written.left_out)),
        left_out_csv(written.left_out),
        {path: beside.get(path, path) for path in written.files},
        there=written.there,
        snippet=written.snippet,
        projects=written.projects,
    )


def _read(path: Path, read: Reader) -> tuple[Schedule, ...]:
    """Read the schedules of one file; a Failure where it is not of that format."""
    from portfolio.exchange.drafts.source_file import content_of

    with reading(path):
        return read(content_of(path), path.name)


def _target(folder: Path, wanted: ImportRequest, standing: Standing) -> Target:
    """Return what is known of the folder: its settings, and what stands in it."""
    from portfolio.exchange.drafts.output_folder import is_ours, mark
    from portfolio.exchange.schedules.portfolio_files import Target

    path = folder / SETTINGS
    return Target(
        mark(path.name for path in wanted.files),
        wanted.project,
        wanted.sponsor,
        wanted.currency,
        wanted.origin.as_of,
        settings_there(folder),
        _words(path) if is_ours(path) else None,
        standing,
    )


def _words(path: Path) -> dict[str, Tree]:
    """Return the settings that an earlier import wrote, as written."""
    from portfolio.exchange.drafts.draft import tree_of
    from portfolio.loading.document import SyntaxProblem, compose

    root = compose(path.read_bytes())
    tree = None if root is None or isinstance(root, SyntaxProblem) else tree_of(root)
    return tree if isinstance(tree, dict) else {}
