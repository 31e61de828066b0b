"""Other tools' workbooks that mean harm, are damaged, or are none: each is told, and none hurts."""

from __future__ import annotations

import os
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from portfolio.exchange.drafts.source_file import Unreadable, check_cells, content_of
from portfolio.exchange.tables import workbook_cells
from portfolio.exchange.tables.workbook_reader import Raw, read_workbook
from portfolio.limited_process import Limits, Refused
from tests.cli.running import pmo
from tests.exchange.workbooks import (
    FAR,
    FIRST,
    LOCKED,
    XLS,
    archive,
    declaring,
    encrypted,
    ods,
    overlapping,
    xlsx,
)

SMALL = Limits(seconds=20, memory=256 << 20, answer=1 << 20)
SMALLER = "delete the empty rows and columns around the data, or save the sheet as CSV"
AGAIN = "open it in a spreadsheet program and save it as xlsx or CSV"
MEMORY = "cannot be read: reading it took more than 256 MiB of memory"
DAMAGED = "is not a workbook, is damaged, or reaches too far: "
CSV = "call it .csv: `pmo import csv` reads it"
PASSWORD = ("is protected by a password", "save it without one")
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 100_000))
SPREAD = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'table:number-columns-repeated="64" office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)
NOISE = random.Random(1).randbytes(9999)

HOSTILE = {
    "one cell in the last corner": (
        xlsx(FAR),
        "[S] reaches over 1,048,576 rows of 16,384 columns; at most 5,000,000 cells are read",
        SMALLER,
    ),
    "a cell in the first and one in the last corner": (xlsx(FIRST + FAR), MEMORY, SMALLER),
    "one cell repeated to the last row": (ods(SPREAD), MEMORY, SMALLER),
    "an archive that unpacks to gigabytes": (
        declaring(xlsx(FIRST), 1 << 30),
        "unpacks to 5,120 MB; at most 512 MB are read",
        SMALLER,
    ),
    "members that lie over each other": (
        overlapping(declaring(xlsx(FIRST), 20 << 20), 6),
        "unpacks to 600 MB; at most 512 MB are read",
        SMALLER,
    ),
    "an archive that declares less than it holds": (
        declaring(xlsx("<!--" + "x" * (50 << 20) + "-->"), 100),
        DAMAGED,
        AGAIN,
    ),
    "more cells than are taken over": (xlsx(ROWS), "reading it gave more than 1 MiB", SMALLER),
    "archives in an archive": (archive({"a.zip": archive({"b.zip": "b"})}), DAMAGED, AGAIN),
    "a document": (archive({"word/document.xml": "<document/>"}), DAMAGED, AGAIN),
    "shared texts that are not there": (
        xlsx('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'),
        "",
        "",
    ),
    "a password": (LOCKED, *PASSWORD),
    "a password on an archive": (encrypted(xlsx(FIRST)), *PASSWORD),
    "an archive that is cut off": (xlsx(FIRST)[:-60], DAMAGED, AGAIN),
    "an old workbook that is cut off": (XLS[:3000], "", ""),
    "noise that begins as an archive": (
        b"PK\x03\x04" + random.Random(1).randbytes(9999),
        DAMAGED,
        AGAIN,
    ),
    "noise that begins as an old workbook": (XLS[:8] + random.Random(2).randbytes(9999), "", ""),
}
OTHERS = {
    "nothing": (b"", "it is empty", ""),
    "a web page": (
        b"<html><table><tr><td>1</td></tr></table></html>",
        "it is a web page (HTML)",
        AGAIN,
    ),
    "XML": (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "it is XML", AGAIN),
    "CSV": (
        "Id;Größe\n1;2\n".encode(),
        "it is text, perhaps CSV",
        "call it .csv: `pmo import csv` reads it",
    ),
    "a PDF": (b"%PDF-1.7\n\0", "it is a PDF", "export the table from where it was made"),
    "noise": (b"\0\1\2\3" * 99, "it is of no kind that is known here", AGAIN),
}


def attempt(folder: Path, content: bytes, name: str = "plan.xlsx") -> Unreadable | list[list[Raw]]:
    (folder / name).write_bytes(content)
    try:
        return read_workbook(folder / name, "", SMALL)
    except Unreadable as error:
        return error


@pytest.mark.parametrize("name", HOSTILE)
def test_a_workbook_that_means_harm_or_is_damaged_is_told(tmp_path: Path, name: str) -> None:
    content, message, hint = HOSTILE[name]
    found = attempt(tmp_path, content)
    if isinstance(found, list):
        assert not message
        return
    assert found.message.startswith("plan.xlsx ")
    assert message in found.message
    assert found.hint == hint or not message
    assert str(tmp_path) not in found.message


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook_is_told_as_what_it_is(name: str) -> None:
    content, message, hint = OTHERS[name]
    with pytest.raises(Refused) as refused:
        workbook_cells.answer(b'""\n' + content)
    assert refused.value.message == f"is not a workbook: {message}"
    assert refused.value.hint == hint


@pytest.mark.parametrize("name", [name for name in HOSTILE if "unpacks" in HOSTILE[name][1]])
def test_what_it_declares_is_judged_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(workbook_cells, "CalamineWorkbook", None)
    with pytest.raises(Refused, match="unpacks to"):
        workbook_cells.answer(b'""\n' + HOSTILE[name][0])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 3, 31), ["2026-03-31"]),
        (datetime(2026, 3, 31, 9, 30), ["2026-03-31T09:30:00"]),  # noqa: DTZ001 - cells have no zone
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_days_and_times_cross_over_as_text(value: object, written: object) -> None:
    assert workbook_cells._written(value) == written


def test_entities_stay_what_they_are(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{LAUGHS}]><sst><si><t>&e9;</t></si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    found = attempt(tmp_path, xlsx(cell, {"xl/sharedStrings.xml": bomb}))
    assert isinstance(found, Unreadable) or len(str(found)) < 100


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_workbook_never_takes_us_with_it(tmp_path: Path, seed: int) -> None:
    """The reader's own panic is a message of ours."""
    chance = random.Random(seed)
    content = bytearray(XLS if seed % 2 else xlsx(FIRST))
    for _ in range(3):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    found = attempt(tmp_path, bytes(content[: chance.randrange(500, len(content))]))
    assert isinstance(found, list) or found.message.startswith("plan.xlsx ")


def test_an_old_workbook_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("plan.xls", "plan.xlsx"):
        found = attempt(tmp_path, XLS, name)
        assert isinstance(found, list)
        assert [[str(cell) for cell in row] for row in found[:2]] == [
            ["Id", "Name", "Cost"],
            ["1", "Bridge 1", "1.5"],
        ]


def test_the_limits_are_judged_before_the_cells_are_taken_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_cells, "MOST_CELLS", 1)
    assert workbook_cells.answer(b'"S"\n' + xlsx(FIRST)) == b"[[1.0]]"
    with pytest.raises(Refused, match="over 1 rows of 2 columns"):
        workbook_cells.answer(b'""\n' + xlsx(FIRST.replace("A1", "B1")))
    with pytest.raises(Refused, match="has no sheet 'T'") as refused:
        workbook_cells.answer(b'"T"\n' + xlsx(FIRST))
    assert refused.value.hint == "its sheets are S"


def test_a_file_is_read_as_far_as_one_may_read(tmp_path: Path) -> None:
    large = tmp_path / "plan.csv"
    with large.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(Unreadable, match="has 256 MB; at most 256 MB are read"):
        content_of(large)
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(Unreadable, match="is no plain file"):
            content_of(tmp_path / name)
    with pytest.raises(Unreadable, match=r"plan.csv has 20,000,001 cells; at most 20,000,000"):
        check_cells("plan.csv", "," * 20_000_001, ",")


def test_the_command_ends_with_2_and_says_what_helps(tmp_path: Path) -> None:
    book, mapping = tmp_path / "far.xlsx", tmp_path / "m.yaml"
    book.write_bytes(xlsx(FAR))
    mapping.write_text(
        "pmo: {organisation: {name: X, currency: GBP}}\n"
        "tables: [{kind: project, id: A, fields: {name: A}}]\n"
    )
    done = pmo("import", "xlsx", book, "-m", mapping, "--into", tmp_path / "into")
    assert done.returncode == 2
    assert "far.xlsx [S] reaches over 1,048,576 rows" in done.stderr
    assert f"hint: {SMALLER}" in done.stderr.replace("\n", " ") or SMALLER in done.stderr
    assert not (tmp_path / "into").exists()
    folder = pmo("import", "xlsx", tmp_path, "-m", mapping, "--into", tmp_path / "into")
    assert (folder.returncode, "is no file" in folder.stderr) == (2, True)
