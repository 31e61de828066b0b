"""Workbooks: sheets by name, a header below a title, real dates and real numbers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from portfolio.model.delivery.projects import Activity, Project
from tests.exchange.importing import PEOPLE, PMO, refused, run_import

MAPPING = """\
header_row: 3
money: {decimal: ",", thousands: ".", decimals: 2, scale: thousand}
dates: [DD.MM.YYYY]
tables:
  - sheet: Projekte
    kind: project
    id: Nr
    fields:
      name: Name
      sponsor: {value: unknown}
      confidential: {column: Geheim}
      start: Beginn
      bac: Budget T*
  - sheet: Work
    header_row: 1
    kind: activity
    id: Task
    fields:
      project: Project
      duration: {between: [Start, Finish]}
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Projekte")
    sheet.write(0, 0, "Projektliste")
    sheet.write_row(2, 0, ["Nr", "Name", "Geheim", "Beginn", "Budget T€"])
    sheet.write_row(3, 0, [12, "Brücke", True])
    sheet.write_datetime(3, 3, datetime(2026, 3, 2), day)  # noqa: DTZ001 - cells have no zone
    sheet.write(3, 4, 1234.565)
    sheet.write_row(4, 0, [13, "Wehr", "false", "05.04.2026", "1.234,5"])
    sheet.write_row(6, 0, [14, "Deich", "vielleicht", "im Mai", "1,234.5"])
    work = book.add_worksheet("Work")
    work.write_row(0, 0, ["Task", "Project", "Start", "Finish"])
    work.write_row(1, 0, ["Bau", 12])
    work.write_datetime(1, 2, datetime(2026, 3, 30), day)  # noqa: DTZ001
    work.write_datetime(1, 3, datetime(2026, 4, 1), day)  # noqa: DTZ001
    work.write_row(2, 0, ["Ende", 13, "05.04.2026", "04.04.2026"])
    book.close()
    return path


def test_dates_and_numbers_of_cells_need_no_notation_and_texts_follow_the_stated_one(
    workbook: Path,
) -> None:
    result = run_import(PMO + PEOPLE + MAPPING, workbook)
    found = {
        p.id: (p.name, p.confidential, p.start, p.bac and str(p.bac.amount))
        for p in result.portfolio.all(Project)
    }
    assert found == {
        "12": ("Brücke", True, date(2026, 3, 2), "1234565"),
        "13": ("Wehr", False, date(2026, 4, 5), "1234500"),
        "14": ("Deich", False, None, None),
    }
    assert [(p.row, p.column, p.value) for p in result.problems if "Projekte" in p.file] == [
        ("7", "Geheim", "vielleicht"),
        ("7", "Beginn", "im Mai"),
        ("7", "Budget T€", "1,234.5"),
    ]


def test_a_second_sheet_refers_to_the_first_by_its_number(workbook: Path) -> None:
    result = run_import(PMO + PEOPLE + MAPPING, workbook)
    assert {a.id: str(a.duration) for a in result.portfolio.all(Activity)} == {"12.bau": "3cd"}
    assert [(p.row, p.expected, p.effect) for p in result.problems if "Work" in p.file] == [
        ("3", "an end on or after the start", "the field is left out"),
        ("3", "duration", "the activity is left out"),
    ]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(workbook: Path) -> None:
    mapping = PMO + MAPPING.replace("Projekte", "Projects")
    found = refused(workbook.parent, mapping, {workbook.name: None})
    assert [(f.message, f.hint) for f in found] == [
        ("plan.xlsx has no sheet 'Projects'", "its sheets are Projekte, Work")
    ]


def test_a_workbook_that_is_none_is_a_finding(tmp_path: Path) -> None:
    found = refused(tmp_path, PMO + MAPPING, {"broken.xlsx": "no zip"})
    assert {f.code for f in found} == {"MAP-SOURCE"}
    assert "broken.xlsx is not a workbook" in found[0].message
