"""The cells of a workbook: what the limited child process does, the only place of its library.

First it refuses by what the file declares: what the members of its archive unpack to, and how far
its sheet reaches. What a file does not declare, or not truly, meets the limits of the process.
"""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from portfolio.limited_process import Refused
from portfolio.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = codecs.lookup("cp437")
"""How archives write names: loaded now, for no file can be opened later."""

MOST_UNPACKED = 512 << 20
MOST_CELLS = 5_000_000

_ARCHIVE, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BEGINNING = 4096
_SAVE = "open it in a spreadsheet program and save it as xlsx or CSV"
_PASSWORD = "is protected by a password", "save it without one"
_HINT = "delete the empty rows and columns around the data, or save the sheet as CSV"


def answer(payload: bytes) -> bytes:
    """Return the cells of a sheet as JSON; a day or a time is a list of its ISO form."""
    wanted, _, content = payload.partition(b"\n")
    if not content.startswith((_ARCHIVE, _COMPOUND)):
        message, hint = _in_truth(content)
        raise Refused(f"is not a workbook: {message}", hint)
    if _LOCKED in content:
        raise Refused(*_PASSWORD)
    _check_archive(content)
    try:
        rows = _cells(content, json.loads(wanted))
    except CalamineError as error:
        # The library tries one kind after the other, and keeps to itself why none fits.
        raise Refused(
            f"is not a workbook, is damaged, or reaches too far: {error}", _SAVE
        ) from None
    return json.dumps(rows, ensure_ascii=False, default=_written).encode()


def _check_archive(content: bytes) -> None:
    """Refuse an archive by the sizes that it declares; one that declares nothing is read on."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return
    if any(member.flag_bits & 1 for member in members):
        raise Refused(*_PASSWORD)
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        message = f"unpacks to {unpacked >> 20:,} MB; at most {MOST_UNPACKED >> 20} MB are read"
        raise Refused(message, _HINT)


def _cells(content: bytes, wanted: str) -> Sequence[Sequence[object]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = workbook.sheet_names
    found = wanted or (names[0] if names else "")
    if found not in names:
        message = f"has no sheet {wanted!r}" if wanted else "has no sheet"
        raise Refused(message, f"its sheets are {listed(names, last=', ')}" if names else "")
    sheet = workbook.get_sheet_by_name(found)
    height, width = (1 + last for last in sheet.end or (0, 0))
    if height * width > MOST_CELLS:
        size = f"{height:,} rows of {width:,} columns"
        message = f"[{found}] reaches over {size}; at most {MOST_CELLS:,} cells are read"
        raise Refused(message, _HINT)
    rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
    return rows


def _written(value: object) -> object:
    """Return what JSON has no word for: a day or a time as a list, a length of time as text."""
    return [value.isoformat()] if isinstance(value, date) else str(value)


def _in_truth(content: bytes) -> tuple[str, str]:
    """Return what a file is that is called a workbook, and what can be done with it."""
    start = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "it is empty", ""
    if start.startswith(b"<"):
        is_page = any(tag in start for tag in (b"<html", b"<table", b"<!doctype html"))
        return f"it is {'a web page (HTML)' if is_page else 'XML'}", _SAVE
    if start.startswith(b"%pdf"):
        return "it is a PDF", "export the table from where it was made"
    if b"\0" not in start:
        return "it is text, perhaps CSV", "call it .csv: `pmo import csv` reads it"
    return "it is of no kind that is known here", _SAVE
