"""A report as PDF: the HTML page on paper, with a running header, page numbers and bookmarks."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.report.blocks import Report

_EPOCH = date(1970, 1, 1)
_RUNNING = """
@page {{
  margin: 15mm 12mm 13mm;
  @top-left {{ content: "{title}"; font-size: 8pt; color: #444; }}
  @top-right {{ content: "{stamp}"; font-size: 8pt; color: #444; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font-size: 8pt; color: #444; }}
}}
"""


def pdf_of(report: Report, page: str) -> bytes:
    """Return a page as PDF; the same page gives the same bytes. A Failure without the extra."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        message = "PDF needs a library that is not installed"
        hint = "pip install 'pmo-cli[pdf]'; on Linux it also needs Pango (libpango-1.0-0)"
        raise Failure(message, hint) from error
    running = _RUNNING.format(title=_quoted(f"{report.title} – {report.subtitle}"),
                              stamp=_quoted(_stamp(report)))  # fmt: skip
    # A page may use what it carries itself, such as a logo, and nothing else.
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    with _dated(report.as_of):
        content: bytes = document.write_pdf(
            stylesheets=[CSS(string=running)], pdf_identifier=report.name.encode()
        )
    return content


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Let what is made be of a day: fontTools writes when it was into each font that it cuts."""
    name, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ[name] = str(86_400 * (day - _EPOCH).days)
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def _stamp(report: Report) -> str:
    from portfolio.report.formatting import in_words

    said = [f"As of {in_words(report.as_of)}"]
    said += [f"commit {in_words(value)}" for term, value in report.stamp if term == "Commit"]
    return " · ".join(said)


def _quoted(text: str) -> str:
    """Return a text as the inside of a CSS string, whatever stands in it."""
    return "".join(f"\\{ord(letter):x} " if letter in '\\"\n\r\f<' else letter for letter in text)
