"""`pmo report … --check`: is a committed page still what would be written today?

A page says itself how it was made, so that nothing needs to be repeated: it is made again of the
same day, about the same part, compared with the same commit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, cast

from portfolio.application.failure import Failure
from portfolio.application.reports.stamp import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portfolio.application.open import Origin
    from portfolio.application.reports.request import ReportRequest
    from portfolio.application.reports.site import Site
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic
    from portfolio.view.audience import Edition

INDEX = "index"


@dataclass(frozen=True, slots=True)
class Committed:
    """A page as it was written, and what its stamp says of it."""

    path: Path
    content: bytes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with what is committed, nothing where it is current, and what is to be said."""

    faults: tuple[str, ...]
    verdict: str
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def _open_committed(output: Path | None, report: str | None) -> Committed:
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


def check_page(
    origin: Origin, asked: ReportRequest, report: str | None, path: Path | None, form: str | None
) -> Checked:
    """Compare a committed page with what would be written today; a Failure for no such page.

    ``report`` is what the page is said to be, ``form`` its format where its ending is not to tell.
    """
    from portfolio.application.open import open_portfolio
    from portfolio.application.reports.report import format_of
    from portfolio.application.reports.report import report as build

    page = _open_committed(path, report)
    wanted = format_of(form, page.path)
    origin, asked = _as_stamped(origin, asked, page.stamp)
    opened = open_portfolio(origin)
    built = build(opened, replace(asked, name=page.stamp.report))
    notes = (*opened.notes, *built.notes)
    if built.is_current(page.content, wanted):
        return Checked((), f"{page.path} is up to date", built.findings, notes)
    faults = (_difference(page, built.stamp),)
    return Checked(faults, "", built.findings, notes)


def _as_stamped(origin: Origin, asked: ReportRequest, stamp: Stamp) -> tuple[Origin, ReportRequest]:
    """Return what was asked, completed by what a page says of itself; a Failure where files lack.

    What is asked goes before, the day apart. Templates and overlays are never taken from a page:
    who checks must name them.
    """
    if (stamp.templates and not asked.own_templates) or (stamp.overlaid and not origin.overlays):
        message = "more than the portfolio's files went into it"
        raise Failure(message, f"it was written by `pmo report {stamp.options()}`; repeat that")
    is_part = asked.selectors or asked.exclude
    stated = cast("Edition", stamp.edition)
    completed = replace(
        asked,
        selectors=asked.selectors if is_part else stamp.about,
        exclude=asked.exclude if is_part else stamp.without,
        edition=asked.edition if asked.edition != "internal" else stated,
        since=asked.since or stamp.since or None,
        commit=stamp.commit or None,
    )
    audience = replace(
        origin.audience,
        include_confidential=origin.audience.include_confidential or stamp.confidential,
    )
    day = date.fromisoformat(stamp.as_of)
    return replace(origin, as_of=day, audience=audience), completed


def _difference(page: Committed, stamp: Stamp) -> str:
    """Say what is wrong with a stale page and how to write it again."""
    said = page.stamp.options()
    told = "" if stamp.options() == said else f" it was written by `pmo report {said}`;"
    again = f"`pmo report {stamp.options()} -o {page.path}` writes it again"
    return f"{page.path} is stale:{told} {again}"


def check_site(
    origin: Origin, asked: ReportRequest, output: Path | None, form: str | None
) -> Checked:
    """Compare every page of a committed site with what would be written today."""
    from portfolio.application.open import open_portfolio
    from portfolio.application.reports.site import site, site_folder

    folder = site_folder(output)
    wanted, stamp = _site_of(folder, form)
    origin, asked = _as_stamped(origin, asked, stamp)
    opened = open_portfolio(origin)
    built = site(opened, asked, wanted)
    notes = (*opened.notes, *built.notes)
    found = tuple(_faults(folder, built))
    if not found:
        said = f"{folder} is up to date: {len(built.reports)} pages"
        return Checked((), said, built.findings, notes)
    again = f"{folder} is stale: `pmo report {stamp.options()} -o {folder}` writes it again"
    return Checked((*found, again), "", built.findings, notes)


def _site_of(folder: Path, form: str | None) -> tuple[str, Stamp]:
    """Return the format and the stamp of a committed site: that of its index, else of any page."""
    from portfolio.application.reports.site import SUFFIXES

    for wanted in (form,) if form in SUFFIXES else tuple(SUFFIXES):
        suffix = SUFFIXES[wanted]
        for path in (folder / f"{INDEX}{suffix}", *sorted(folder.glob(f"*{suffix}"))):
            stamp = read_stamp(path.read_bytes()) if path.is_file() else None
            if stamp is not None and stamp.site:
                return wanted, stamp
    message = f"{folder} holds no site that `pmo report all` wrote"
    raise Failure(message, "leave out --check to write one")


def _faults(folder: Path, built: Site) -> Iterator[str]:
    """Yield what is wrong with a committed site, page by page."""
    for name, content in built.contents():
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
