"""The board pages of 235 published projects and of 14 tracked ones, as a director reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portfolio.report.blocks import Report, Table
from portfolio.report.formatting import in_words
from tests.exchange.importing import run_import
from tests.portfolios import load_files, view_in
from tests.real_data import real_data
from tests.report.real_projects import real_projects
from tests.report.test_large_portfolios import board, open_blocks, part, sentences, tiles

LONGEST_SENTENCE = 700


@pytest.fixture(scope="module")
def government(repository: Path) -> Report:
    """Return the board report of 235 major projects as their government published them."""
    mapping = (repository / "examples/mappings/uk-gmpp.yaml").read_text()
    path = real_data("uk-gmpp", "raw", "gmpp_2022.csv")
    return board(run_import(mapping, path, as_of=date(2022, 3, 31)).portfolio)


def test_235_real_projects_are_a_page_that_can_be_read(government: Report) -> None:
    assert [section.id for section in government.sections] == [
        "glance", "portfolio", "exceptions", "money", "roadmap", "data",
    ]  # fmt: skip
    for name, block in open_blocks(government):
        assert not isinstance(block, Table) or len(block.rows) <= 40, name
    assert all(len(sentences(section)) < LONGEST_SENTENCE for section in government.sections)
    shown = tiles(part(government, "portfolio"))
    assert shown["Declared red"][0] == "27"
    assert shown["Declared amber"][0] == "170"
    assert (
        "stated by 191 of 235" in tiles(part(government, "glance"))["Budgets of live projects"][1]
    )


def test_the_front_page_of_235_real_projects_is_read_in_thirty_seconds(government: Report) -> None:
    (table,) = (b for b in part(government, "glance").blocks if isinstance(b, Table))
    assert [column.words for column in table.columns] == [
        "What is wrong", "Colour", "Why", "Owner",
    ]  # fmt: skip
    assert len(table.rows) == 6
    assert max(len(in_words(row[2])) for row in table.rows) <= 181
    assert "Nobody has said what happens next" in sentences(part(government, "glance"))


def test_the_reasons_of_235_real_projects_are_told_apart(government: Report) -> None:
    (first,) = (b for b in part(government, "portfolio").blocks if isinstance(b, Table))
    why = [in_words(row[3]) for row in first.rows]
    assert len({words[:60] for words in why}) == len(why)
    assert not [words for words in why if words.startswith("Compared to financial year")]


def test_fourteen_real_projects_are_a_board_page_without_a_broken_reference() -> None:
    loaded = load_files(real_projects(real_data("oras-dslib"), date(2012, 6, 1)))
    assert loaded.portfolio is not None
    assert {d.code for d in loaded.diagnostics if d.severity.word == "error"} == set()
    report = board(view_in(loaded))
    assert "5 of 5 measured projects" in part(report, "money").lead
    assert tiles(part(report, "portfolio"))["Computed amber"][0] == "8"
    (table,) = (block for block in part(report, "portfolio").blocks if isinstance(block, Table))
    finish = {in_words(row[0]): in_words(row[4]) for row in table.rows}
    assert finish["Apartment Building (1)"] == "9 Nov 2012", "it ended on 18 October, not in August"
    for name, block in open_blocks(report):
        assert not isinstance(block, Table) or len(block.rows) <= 40, name
