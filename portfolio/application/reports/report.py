"""A report: what is asked, the page that is built, and the bytes that are written of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure, misnamed
from portfolio.application.reports.stamp import Stamp, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from portfolio.application.open import Opened
    from portfolio.application.reports.request import ReportRequest
    from portfolio.diagnostic import Diagnostic
    from portfolio.report.blocks import Report
    from portfolio.report.outline import Outline

PDF = "pdf"
_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".pdf": PDF}


@dataclass(frozen=True, slots=True)
class Page:
    """A report that was built, how it was made, all findings, and what to say of it."""

    report: Report
    stamp: Stamp
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    templates: Path | None = None
    """A folder of somebody's own, which goes before ours."""

    def content(self, form: str) -> bytes:
        """Render, and stamp the page so that `pmo` knows its own file and can make it again."""
        [text] = rendered([self.report], form, self.templates)
        if form == PDF:
            from portfolio.application.reports.pdf import pdf_of

            mark = f"%{_of_page(self.stamp, text)}\n"
            return pdf_of(self.report, text) + mark.encode()  # after the end
        return with_stamp(text, self.stamp)

    def is_current(self, content: bytes, form: str) -> bool:
        """Tell whether a file is what would be written today.

        The bytes of a PDF depend on the fonts and the library of the machine that wrote it, so
        that the page it was printed from is compared instead, which needs neither.
        """
        [text] = rendered([self.report], form, self.templates)
        if form == PDF:
            return read_stamp(content) == _of_page(self.stamp, text)
        return content == with_stamp(text, self.stamp)


def format_of(form: str | None, path: Path | None) -> str:
    """Return the format that is asked for, else that of a file's ending, else markdown."""
    from portfolio.report.rendering import formats

    ending = path.suffix.lower() if path else ""
    if form is None and ending and ending not in _SUFFIXES:
        message = f"no report is written as {ending}"
        raise Failure(message, f"name a file with {', '.join(_SUFFIXES)}, or say --format")
    wanted = form or _SUFFIXES.get(ending, "markdown")
    if wanted not in {*formats(), PDF}:
        message = f"{wanted!r} is not a format"
        raise Failure(message, f"use {', '.join(formats())} or {PDF}")
    if wanted == PDF and path is None:
        message = "a PDF is no text for a terminal"
        raise Failure(message, "name a file with -o FILE")
    return wanted


def outline_named(name: str) -> Outline:
    """Return what a report is about; a Failure with the nearest name where there is none."""
    from portfolio.report.outline import outlines

    if name not in outlines():
        message = f"there is no report {name!r}"
        raise misnamed(name, outlines(), message, "`pmo report --list` shows all")
    return outlines()[name]


def report(opened: Opened, asked: ReportRequest) -> Page:
    """Build a report; a Failure for a name, a part or an edition that there is not."""
    from portfolio.application.reports.own_templates import template_folder
    from portfolio.application.reports.pack import open_pack
    from portfolio.application.reports.report_subject import about, for_readers, limited
    from portfolio.report.composition import compose

    outline = outline_named(asked.name)
    templates = template_folder(opened) if asked.own_templates else None
    pack, findings, notes = open_pack(opened, asked, needs_past=outline.needs_past)
    choose = (asked.selectors, asked.exclude)
    part = about(pack, outline.subject, *choose) if outline.subject else limited(pack, *choose)
    for_them = for_readers(part, asked.edition)
    built = compose(asked.name, for_them)
    stamp = asked.stamp(built, for_them, overlaid=bool(opened.origin.overlays))
    return Page(built, stamp, findings, notes, templates)


def with_stamp(text: str, stamp: Stamp) -> bytes:
    """Return a page as a file, with the last line that says how it was made."""
    return f"{text.rstrip()}\n\n<!-- {stamp} -->\n".encode()


def _of_page(stamp: Stamp, text: str) -> Stamp:
    return replace(stamp, page=sha256(text.encode()).hexdigest()[:32])


def rendered(reports: Sequence[Report], form: str, templates: Path | None) -> Iterator[str]:
    """Yield the text of each report, the page that is printed for a PDF."""
    form = "html" if form == PDF else form
    if templates is None:
        from portfolio.report.rendering import render

        return (render(report, form) for report in reports)
    from portfolio.application.reports.own_templates import render_with

    return render_with(reports, form, templates)
