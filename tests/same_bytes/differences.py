"""What differs between two folders of answers, where compressors may pack alike contents apart."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

_SHOWN = 60
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PLACES = re.compile(rb"/Length \d+|\nxref\n.*?(?=trailer)|startxref\s+\d+", re.DOTALL)


def differences(one: Path, other: Path) -> Iterator[tuple[str, str]]:
    """Yield each answer that differs, and what the first difference in it is."""
    for name in sorted(answers_in(one) | answers_in(other)):
        found = [(folder / name) for folder in (one, other)]
        if not all(path.is_file() for path in found):
            yield name, "only one of the two has it"
        elif said := difference(*(path.read_bytes() for path in found)):
            yield name, said


def answers_in(folder: Path) -> set[str]:
    """Return the paths of the answers in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def difference(one: bytes, other: bytes) -> str:
    """Return the first difference between two contents in words; empty where there is none."""
    if one == other or (one := unpacked(one)) == (other := unpacked(other)):
        return ""
    for number, lines in enumerate(zip_longest(one.split(b"\n"), other.split(b"\n")), start=1):
        if lines[0] != lines[1]:
            return f"line {number}: " + " ≠ ".join(_around(lines))
    raise AssertionError  # they differ, so some line does


def _around(lines: tuple[bytes | None, bytes | None]) -> Iterator[str]:
    """Yield both sides from shortly before they part."""
    one, other = (line or b"" for line in lines)
    pairs = zip(one, other, strict=False)
    parting = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    start = max(0, parting - _SHOWN // 2)
    for line in lines:
        yield "no such line" if line is None else repr(line[start : start + _SHOWN])[1:]


def unpacked(content: bytes) -> bytes:
    """Return what a workbook or a PDF holds before it is compressed; anything else as it is."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(
                f"\n{each.filename} {each.date_time}\n".encode() + archive.read(each)
                for each in archive.infolist()
            )
    if content.startswith(b"%PDF"):
        return _STREAM.sub(_inflated, _PLACES.sub(b"", content))
    return content


def _inflated(stream: re.Match[bytes]) -> bytes:
    with contextlib.suppress(zlib.error):
        return b"stream\n" + zlib.decompress(stream[1]) + b"\nendstream"
    return stream[0]
