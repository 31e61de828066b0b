"""`pmo report all -o DIR`: every report as one linked site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.reports.stamp import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pmo_cli.options import Session
    from pmo_cli.report_pack import Asked
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic
    from portfolio.report.blocks import Report

SUFFIXES = {"html": ".html", "markdown": ".md"}


@dataclass(frozen=True, slots=True)
class Pages:
    """A site as it is today: each file's report and how it is stamped, and all findings."""

    form: str
    reports: Mapping[str, Report]
    stamps: Mapping[str, Stamp]
    findings: tuple[Diagnostic, ...]

    def contents(self, templates: Path | None) -> Iterator[tuple[str, bytes]]:
        """Yield each file's name and what it holds today."""
        from pmo_cli.report_pack import rendered, with_stamp

        texts = rendered(tuple(self.reports.values()), self.form, templates)
        for name, text in zip(self.reports, texts, strict=True):
            yield name, with_stamp(text, self.stamps[name])

    def left_over(self, folder: Path) -> tuple[str, ...]:
        """Return the pages in a folder that an earlier site had and this one has not."""
        return tuple(
            path.name
            for path in sorted(folder.glob(f"*{SUFFIXES[self.form]}"))
            if path.name not in self.reports and _is_of_a_site(path)
        )


def write_site(
    session: Session, asked: Asked, folder: Path | None, form: str | None, *, force: bool
) -> tuple[Diagnostic, ...]:
    """Write every report into a folder, with an index; return all findings.

    Nothing is written before everything is built, so that a site is never half of one.
    """
    from pmo_cli import console
    from portfolio.application.writing import write_file

    target = site_folder(folder)
    built = build_pages(session, asked, form or "html")
    contents = dict(built.contents(asked.templates))
    for name, content in contents.items():
        write_file(target / name, content, force=force)
    console.say(f"wrote {len(contents)} pages into {target}", session)
    old = built.left_over(target)
    if old:
        console.say(f"written earlier and about nothing any more: {', '.join(old)}", session)
    return built.findings


def site_folder(folder: Path | None) -> Path:
    """Return the folder of a site; a Failure where none is named."""
    if folder is None or folder.is_file():
        message = "all reports make a folder of pages"
        raise Failure(message, "name it with -o DIR")
    return folder


def build_pages(session: Session, asked: Asked, form: str) -> Pages:
    """Build every page of a site; a Failure for a part of one or a format that makes none."""
    from pmo_cli.report_pack import open_pack
    from portfolio.report.site import build_site

    if any(asked.part) or asked.edition != "internal":
        message = "all reports are about everything"
        raise Failure(message, "leave out the selector and the edition, or ask for one report")
    if form not in SUFFIXES:
        message = f"{form!r} is not a format of a site"
        raise Failure(message, f"use {' or '.join(SUFFIXES)}")
    pack, findings = open_pack(session, asked, needs_past=True)
    reports = dict(build_site(pack, SUFFIXES[form]))
    stamps = {name: asked.stamp(report, pack, site=True) for name, report in reports.items()}
    return Pages(form, reports, stamps, findings)


def _is_of_a_site(path: Path) -> bool:
    stamp = read_stamp(path.read_bytes())
    return stamp is not None and stamp.site
