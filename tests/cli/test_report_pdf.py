"""A report as PDF: pages with a running header and bookmarks, the same bytes for the same files."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import time
import zlib
from pathlib import Path

import pytest

from portfolio.application.reports.pdf import pdf_of
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from tests.cli.running import pmo
from tests.hostile.portfolio import hostile_portfolio, hostile_reports
from tests.portfolios import portfolio_of

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"PDF cannot be written here: {error}")
    target = tmp_path_factory.mktemp("pdf") / "renewals.pdf"
    done = pmo("-C", MERIDIAN, "report", "renewals", "-o", target)
    assert done.returncode == 0, done.stderr
    return target


def text_of(document: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext, of poppler-utils, to read a PDF as a person would")
    words = ("pdftotext", "-layout", str(document), "-")
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_every_page_says_what_it_is_of_which_day_and_which_of_how_many(document: Path) -> None:
    pages = text_of(document).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert "Renewal calendar – Meridian Group" in page
        assert "As of 31 Mar 2026" in page
        assert f"{number}/{len(pages)}" in page.replace(" ", "")
    assert "commit" in pages[0]


def test_its_headings_are_bookmarks(document: Path) -> None:
    if shutil.which("pdftohtml") is None:
        pytest.skip("needs pdftohtml, of poppler-utils, to read the bookmarks of a PDF")
    words = ("pdftohtml", "-xml", "-stdout", str(document))
    found = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert "<outline>" in found
    assert ">Renewal calendar</item>" in found.partition("<outline>")[2]


def test_it_is_known_as_ours_and_can_be_checked(document: Path) -> None:
    again = pmo("-C", MERIDIAN, "report", "renewals", "-o", document, "--check")
    assert again.returncode == 0, again.stderr
    assert "is up to date" in again.stderr
    assert pmo("-C", MERIDIAN, "report", "renewals", "-o", document).returncode == 0


def test_a_hostile_portfolio_breaks_neither_its_header_nor_its_pages(document: Path) -> None:
    assert document.exists()
    report = compose("renewals", Pack(hostile_portfolio()))
    assert pdf_of(report, render(report, "html")).startswith(b"%PDF")


@pytest.mark.more
@pytest.mark.parametrize("turn", [0, 13])
def test_nothing_that_somebody_wrote_runs_in_a_reader(document: Path, turn: int) -> None:
    """A document of ours has no script, no form, no file and no link that leads out of it."""
    assert document.exists()
    for name, report in hostile_reports(turn):
        if name not in {"agenda", "renewals", "project"}:  # the others take minutes
            continue
        content = unpacked(pdf_of(report, render(report, "html")))
        assert b"/Type /Page" in content or b"/Type/Page" in content
        for danger in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/AcroForm", b"/URI"):
            assert danger not in content, (name, danger)


def unpacked(document: bytes) -> bytes:
    """Return a PDF with what is compressed in it unpacked, but for pictures and fonts."""
    streams = re.findall(rb"(<<[^>]*>>)\s*stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    parts = [re.sub(rb"stream\r?\n.*?endstream", b"", document, flags=re.DOTALL)]
    for head, content in streams:
        if b"/Length1" in head or b"/Subtype" in head:
            continue
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(content))
    return b"\n".join(parts)


def test_not_even_its_fonts_tell_the_time_of_day(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where HarfBuzz does not cut them, fontTools does, and writes when it did."""
    assert document.exists()
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    report = compose("renewals", Pack(portfolio_of("people: [{id: anna, name: Anna Sample}]\n")))
    page, now = render(report, "html"), time.time()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first = pdf_of(report, page)
    monkeypatch.setattr("time.time", lambda: now + 3600)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert pdf_of(report, page) == first
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_no_text_for_a_terminal() -> None:
    done = pmo("-C", MERIDIAN, "report", "--format", "pdf")
    assert done.returncode == 2
    assert "name a file with -o FILE" in done.stderr


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    from portfolio.application.failure import Failure

    real = builtins.__import__

    def without(name: str, *rest: object, **options: object) -> object:
        if name == "weasyprint":
            raise ImportError(name)
        return real(name, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    report = compose("board", Pack(portfolio_of("people: [{id: anna, name: Anna Sample}]\n")))
    with pytest.raises(Failure, match="PDF needs a library"):
        pdf_of(report, "<p></p>")


def test_terms_and_values_stand_side_by_side_and_long_lists_stay_on_screen(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    lines = "".join(f"  - {{id: p{n}, name: Project {n}, sponsor: anna}}\n" for n in range(60))
    people = "people: [{id: anna, name: Anna Sample}]\n"
    report = compose("board", Pack(portfolio_of(f"{people}projects:\n{lines}")))
    (tmp_path / "board.pdf").write_bytes(pdf_of(report, render(report, "html")))
    text = text_of(tmp_path / "board.pdf")
    assert "Expected fields that are filled  " in text
    assert "The other 35 stand in the page on screen." in text
    assert "Project 10" in text
    assert "Project 59" not in text
