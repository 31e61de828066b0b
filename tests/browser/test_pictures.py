"""Every report looks as it was reviewed: on a desk, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.chromium import Page
from tests.browser.pictures import (
    ORIGIN,
    REPOSITORY,
    SHEETS,
    WAYS,
    difference,
    draw,
    example_without_history,
    origin,
    sheet_of,
)
from tests.browser.reports import REPORTS

SEEN = 0.0005
"""The share of pixels that may differ: less than one figure on one page."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_without_history(tmp_path_factory.mktemp("pictures"))


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_a_report_looks_as_it_was_reviewed(
    page: Page, example: Path, words: Sequence[str], tmp_path: Path
) -> None:
    if origin(page, tmp_path) != ORIGIN.read_text(encoding="utf-8").strip():
        pytest.skip("the sheets were drawn by another browser or with other fonts")
    changed = []
    for way, sheet in zip(WAYS, draw(page, example, words, tmp_path), strict=True):
        path = sheet_of(words, way)
        if not path.is_file() or difference(Image.open(path), sheet) > SEEN:
            now = REPOSITORY / "build/sheets" / path.name
            now.parent.mkdir(parents=True, exist_ok=True)
            sheet.save(now)
            changed.append(f"{now.relative_to(REPOSITORY)} is not {path.relative_to(REPOSITORY)}")
    assert not changed, "look at them; if they are right, run `make pictures`"


def test_there_is_no_sheet_of_a_report_that_is_gone() -> None:
    expected = {sheet_of(words, way) for words in REPORTS for way in WAYS}
    assert set(SHEETS.glob("*.png")) == expected


def test_a_change_that_can_be_seen_is_one() -> None:
    sheet = Image.new("L", (1000, 1000), 255)
    changed = sheet.copy()
    changed.paste(0, (100, 100, 130, 130))
    assert difference(sheet, sheet) == 0
    assert difference(sheet, changed) > SEEN
    assert difference(sheet, Image.new("L", (1000, 999), 255)) == 1


def test_the_board_reads_ten_pages_and_the_rest_stands_behind(page: Page, example: Path) -> None:
    import pypdfium2

    for _ in draw(page, example, ("board",), example.parent):
        pass
    document = pypdfium2.PdfDocument(page.printed())
    texts = [paper.get_textpage().get_text_range() for paper in document]
    annex = next(number for number, text in enumerate(texts) if "The annex" in text)
    assert annex <= 10
