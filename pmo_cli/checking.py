"""`pmo report … --check`: is a committed page still what would be written today?

A page says itself how it was made, so that nothing needs to be repeated: it is made again of the
same day, about the same part, compared with the same commit.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.reports.stamp import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmo_cli.options import Session
    from pmo_cli.report_pack import Asked
    from pmo_cli.site import Pages
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic

INDEX = "index"


@dataclass(frozen=True, slots=True)
class Committed:
    """A page as it was written, and what its stamp says of it."""

    path: Path
    content: bytes
    stamp: Stamp


def open_committed(output: Path | None, report: str | None) -> Committed:
    """Read the page to check; a Failure where there is none, or none that one can check alone."""
    if output is None:
        message = "--check needs the file to check"
        raise Failure(message, "name it with -o FILE")
    if output.is_dir():
        message = f"{output} is a folder"
        raise Failure(message, f"`pmo report all --check -o {output}` checks a whole site")
    page = _read(output)
    if page.stamp.site:
        message = f"{output} is a page of a site"
        raise Failure(message, f"`pmo report all --check -o {output.parent}` checks all of it")
    if report not in {None, page.stamp.report}:
        message = f"{output} is the report {page.stamp.report!r}, not {report!r}"
        raise Failure(message, f"`pmo report --check -o {output}` checks what it is")
    return page


def as_stamped(session: Session, asked: Asked, stamp: Stamp) -> tuple[Session, Asked]:
    """Return what was asked, completed by what a page says of itself; a Failure where files lack.

    What the command line says goes before, the day apart. Templates and overlays are never taken
    from a page: who checks must name them.
    """
    if (stamp.templates and asked.templates is None) or (stamp.overlaid and not asked.overlaid):
        message = "more than the portfolio's files went into it"
        raise Failure(message, f"it was written by `pmo report {stamp.options()}`; repeat that")
    completed = replace(
        asked,
        part=asked.part if any(asked.part) else (stamp.about, stamp.without),
        edition=asked.edition
        if asked.edition != "internal"
        else type(asked.edition)(stamp.edition),
        include_confidential=asked.include_confidential or stamp.confidential,
        since=asked.since or stamp.since or None,
        commit=stamp.commit or None,
    )
    return replace(session, as_of=stamp.as_of), completed


def difference(page: Committed, stamp: Stamp) -> str:
    """Say what is wrong with a stale page and how to write it again."""
    said = page.stamp.options()
    told = "" if stamp.options() == said else f" it was written by `pmo report {said}`;"
    again = f"`pmo report {stamp.options()} -o {page.path}` writes it again"
    return f"{page.path} is stale:{told} {again}"


def check_site(
    session: Session, asked: Asked, output: Path | None, form: str | None
) -> tuple[Diagnostic, ...]:
    """Compare every page of a committed site; list what is wrong and end with 1, else say so."""
    from pmo_cli.console import say
    from pmo_cli.site import build_pages, site_folder

    folder = site_folder(output)
    wanted, stamp = _site_of(folder, form)
    session, asked = as_stamped(session, asked, stamp)
    built = build_pages(session, asked, wanted)
    found = list(_faults(folder, built, asked))
    if not found:
        say(f"{folder} is up to date: {len(built.reports)} pages", session)
        return built.findings
    for line in found:
        say(line)
    say(f"{folder} is stale: `pmo report {stamp.options()} -o {folder}` writes it again")
    sys.exit(1)


def _site_of(folder: Path, form: str | None) -> tuple[str, Stamp]:
    """Return the format and the stamp of a committed site: that of its index, else of any page."""
    from pmo_cli.site import SUFFIXES

    for wanted in (form,) if form in SUFFIXES else tuple(SUFFIXES):
        suffix = SUFFIXES[wanted]
        for path in (folder / f"{INDEX}{suffix}", *sorted(folder.glob(f"*{suffix}"))):
            stamp = read_stamp(path.read_bytes()) if path.is_file() else None
            if stamp is not None and stamp.site:
                return wanted, stamp
    message = f"{folder} holds no site that `pmo report all` wrote"
    raise Failure(message, "leave out --check to write one")


def _faults(folder: Path, built: Pages, asked: Asked) -> Iterator[str]:
    """Yield what is wrong with a committed site, page by page."""
    for name, content in built.contents(asked.templates):
        path = folder / name
        if not path.is_file():
            yield f"missing: {path}"
        elif path.read_bytes() != content:
            yield f"stale: {path}"
    for name in built.left_over(folder):
        yield f"about nothing any more: {folder / name}"


def _read(path: Path) -> Committed:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Failure(message) from None
    stamp = read_stamp(content)
    if stamp is None:
        message = f"{path} was not written by `pmo report`"
        raise Failure(message)
    return Committed(path, content, stamp)
