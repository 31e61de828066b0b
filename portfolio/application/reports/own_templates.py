"""A portfolio's own templates: used only when asked for, in a process of their own with limits.

A template is code from somebody's pull request. Its folder is read here, and only plain files in
it; the page is made in a limited child process that is given texts and can open nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.limited_process import Limits, Refused, Stopped, run_limited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.application.open import Opened
    from portfolio.report.blocks import Report

LIMITS = Limits(seconds=30, memory=1 << 30, answer=64 << 20)
MOST_FILES, MOST_BYTES = 1000, 16 << 20
PAGES = 10


def template_folder(opened: Opened) -> Path:
    """Return the folder of templates that `pmo.yaml` names; a Failure where it names none."""
    root, stated = opened.root, opened.view.settings.templates
    if stated is None:
        message = "pmo.yaml names no folder of templates"
        raise Failure(message, "write `templates: FOLDER`; in it html/ or markdown/ as in ours")
    folder = (root / stated).resolve()
    if not folder.is_relative_to(root.resolve()) or not folder.is_dir():
        message = f"templates: {stated!r} is no folder inside the portfolio"
        raise Failure(message)
    return folder


def render_with(
    reports: Sequence[Report], form: str, folder: Path, limits: Limits = LIMITS
) -> Iterator[str]:
    """Yield reports rendered with somebody's templates before ours; a Failure with file and line.

    A few pages share a process, because its start takes as long as a page.
    """
    from portfolio.report.own_page import pages, request
    from portfolio.report.rendering import template_files

    files = {**template_files(form), **own_files(folder, form)}
    for start in range(0, len(reports), PAGES):
        asked = request(reports[start : start + PAGES], form, files)
        try:
            yield from pages(run_limited("portfolio.report.own_page", asked, limits))
        except Refused as error:
            raise Failure(error.message, error.hint) from None
        except Stopped as error:
            message = f"making the page with the templates of {folder.name}/{form} {error.words}"
            raise Failure(message) from None


def own_files(folder: Path, form: str) -> dict[str, bytes]:
    """Return the files of somebody's own for a format by name; a Failure where one is none."""
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    for path in _paths(folder / form):
        name = path.relative_to(folder).as_posix()
        place = path.resolve()
        if not place.is_relative_to(folder) or not place.is_file():
            message = f"{folder.name}/{name} is no plain file inside {folder.name}"
            raise Failure(message, "a template is a file in the folder, or a link to one in it")
        try:
            with place.open("rb") as file:
                content = file.read(room + 1)
        except OSError as error:
            message = f"{folder.name}/{name} cannot be read: {error.strerror}"
            raise Failure(message) from None
        room -= len(content)
        if room < 0 or len(found) == MOST_FILES:
            message = f"{folder.name}/{form} holds more than templates may"
            limits = f"at most {MOST_FILES:,} files and {MOST_BYTES >> 20} MiB are read"
            raise Failure(message, limits)
        found[path.relative_to(folder / form).as_posix()] = content
    return found


def _paths(folder: Path) -> Iterator[Path]:
    """Yield all that lies in a folder and in those below it, and follow no linked folder."""
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from (Path(place) / name for name in sorted(links + files))
