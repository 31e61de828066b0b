"""A portfolio whose every text would like to run: no script of it runs in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.report.rendering import render
from portfolio.report.report import Report
from tests.browser.chromium import Page
from tests.hostile.portfolio import hostile_reports

REPORTS = hostile_reports()


@pytest.mark.parametrize("report", [r for _, r in REPORTS], ids=[n for n, _ in REPORTS])
def test_nothing_that_somebody_wrote_runs(page: Page, report: Report, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text(render(report, "html"), encoding="utf-8")
    page.open(target.as_uri(), 1440)
    assert page.value_of("document.title") != "ran"
    assert page.value_of("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert page.value_of("document.querySelectorAll('script').length") == 1
    assert page.value_of("document.querySelectorAll('a[href^=\"javascript\"]').length") == 0
    assert page.value_of("document.documentElement.scrollWidth") <= 1440
    assert page.complaints() == []


@pytest.mark.parametrize("report", [r for _, r in REPORTS], ids=[n for n, _ in REPORTS])
def test_words_that_do_not_break_do_not_widen_a_phone(
    page: Page, report: Report, tmp_path: Path
) -> None:
    target = tmp_path / "page.html"
    target.write_text(render(report, "html"), encoding="utf-8")
    page.open(target.as_uri(), 390)
    assert page.value_of("document.documentElement.scrollWidth") <= 390
