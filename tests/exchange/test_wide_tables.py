"""A small file can make a large table: every row is as wide as its header."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.exchange.drafts import source_file
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.tables.rows import Shape, Sheet, SourceRow, read_sheet


def read(folder: Path, text: str, shape: Shape | None = None) -> Sheet:
    (folder / "t.csv").write_text(text)
    return read_sheet(folder / "t.csv", shape or Shape(), {})


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_file, "MOST_CELLS", 100)


@pytest.mark.usefixtures("small")
def test_empty_lines_under_a_wide_header_take_no_room(tmp_path: Path) -> None:
    sheet = read(tmp_path, "id,name" + "," * 30 + "\n" * 60 + "a,b\n")
    assert (len(sheet.headers), len(sheet.rows), sheet.blank) == (32, 1, 59)
    assert sheet.rows[0].place == "61"


@pytest.mark.usefixtures("small")
def test_short_rows_under_a_wide_header_count_with_its_width(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"t\.csv has 320 cells; at most 100 are read"):
        read(tmp_path, "id,name" + "," * 30 + "\n" + "a\n" * 10)


@pytest.mark.usefixtures("small")
def test_a_wide_row_counts_for_every_row_of_a_table_that_is_turned(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"t\.csv has 352 cells; at most 100 are read"):
        read(tmp_path, "id,name" + "," * 30 + "\n" + "a\n" * 10, Shape(transpose=True))


def test_short_rows_are_filled_and_empty_ones_counted(tmp_path: Path) -> None:
    sheet = read(tmp_path, "a,b,c\n1\n , \n1,2,3,4\n,,,5\n")
    assert sheet.rows == (
        SourceRow("2", ("1", "", "")),
        SourceRow("4", ("1", "2", "3"), 4),
        SourceRow("5", ("", "", ""), 4),
    )
    assert sheet.blank == 1
