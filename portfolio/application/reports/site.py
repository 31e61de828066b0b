"""Every report as one linked site of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.reports.stamp import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from portfolio.application.open import Opened
    from portfolio.application.reports.request import ReportRequest
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic
    from portfolio.report.blocks import Report

SUFFIXES = {"html": ".html", "markdown": ".md"}


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it is today: each file's report and how it is stamped, all findings, and notes."""

    form: str
    reports: Mapping[str, Report]
    stamps: Mapping[str, Stamp]
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    templates: Path | None = None

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield each file's name and what it holds today."""
        from portfolio.application.reports.report import rendered, with_stamp

        texts = rendered(tuple(self.reports.values()), self.form, self.templates)
        for name, text in zip(self.reports, texts, strict=True):
            yield name, with_stamp(text, self.stamps[name])

    def left_over(self, folder: Path) -> tuple[str, ...]:
        """Return the pages in a folder that an earlier site had and this one has not."""
        return tuple(
            path.name
            for path in sorted(folder.glob(f"*{SUFFIXES[self.form]}"))
            if path.name not in self.reports and _is_of_a_site(path)
        )


def site_folder(folder: Path | None) -> Path:
    """Return the folder of a site; a Failure where none is named."""
    if folder is None or folder.is_file():
        message = "all reports make a folder of pages"
        raise Failure(message, "name it with -o DIR")
    return folder


def site(opened: Opened, asked: ReportRequest, form: str = "html") -> Site:
    """Build every page of a site; a Failure for a part of one or a format that makes none."""
    from portfolio.application.reports.own_templates import template_folder
    from portfolio.application.reports.pack import open_pack
    from portfolio.report.site import build_site

    if asked.selectors or asked.exclude or asked.edition != "internal":
        message = "all reports are about everything"
        raise Failure(message, "leave out the selector and the edition, or ask for one report")
    if form not in SUFFIXES:
        message = f"{form!r} is not a format of a site"
        raise Failure(message, f"use {' or '.join(SUFFIXES)}")
    templates = template_folder(opened) if asked.own_templates else None
    pack, findings, notes = open_pack(opened, asked, needs_past=True)
    reports = dict(build_site(pack, SUFFIXES[form]))
    overlaid = bool(opened.origin.overlays)
    stamps = {
        name: asked.stamp(report, pack, overlaid=overlaid, site=True)
        for name, report in reports.items()
    }
    return Site(form, reports, stamps, findings, notes, templates)


def _is_of_a_site(path: Path) -> bool:
    stamp = read_stamp(path.read_bytes())
    return stamp is not None and stamp.site
