"""The comparison of several Pythons asks everything, and tells a difference from a packing."""

from __future__ import annotations

import io
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from pmo_cli.app import build
from tests.hostile.files import example
from tests.same_bytes import pythons
from tests.same_bytes.differences import difference, differences
from tests.same_bytes.questions import BEGUN, lookups, papers, questions

READS_OTHERS = {"import"}  # which has tests of its own, on files of other tools


def workbook(content: str, level: int) -> bytes:
    raw = io.BytesIO()
    sheet = zipfile.ZipInfo("xl/sheet.xml", (2026, 3, 31, 0, 0, 0))
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(sheet, content * 50, zipfile.ZIP_DEFLATED, level)
    return raw.getvalue()


def paper(content: bytes, level: int) -> bytes:
    packed = zlib.compress(content * 50, level)
    length = len(packed)
    return (
        b"%%PDF-1.7\n1 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nxref\n0 1\n%010d\n"
        b"trailer\n<<>>\nstartxref\n%d\n%%%%EOF" % (length, packed, length, length)
    )


@pytest.mark.parametrize(("one", "other"), [
    (workbook("due in May", 1), workbook("due in May", 9)),
    (paper(b"due in May", 1), paper(b"due in May", 9)),
])  # fmt: skip
def test_alike_contents_packed_otherwise_are_alike(one: bytes, other: bytes) -> None:
    assert one != other
    assert difference(one, other) == ""


@pytest.mark.parametrize(("one", "other"), [
    (workbook("due in May", 1), workbook("due in July", 1)),
    (paper(b"due in May", 1), paper(b"due in July", 1)),
    (b"due in May", b"due in July"),
])  # fmt: skip
def test_the_first_difference_is_shown_from_both_sides(one: bytes, other: bytes) -> None:
    said = difference(one, other)
    assert "due in May" in said
    assert "due in July" in said


def test_an_answer_that_only_one_has_is_a_difference(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "deps json").write_bytes(b"{}")
    found = list(differences(tmp_path / "one", tmp_path / "other"))
    assert found == [("deps json", "only one of the two has it")]


def test_every_format_of_every_command_is_asked_for() -> None:
    asked = [
        *questions(example()).values(),
        *papers(example()).values(),
        *lookups().values(),
        BEGUN,
    ]
    command = typer.main.get_command(build())
    missing = []
    for words, choices in stated(command, ()):
        like = [each for each in asked if each[: len(words)] == words and "--help" not in each]
        missing += [words] * (not like)
        missing += [
            (*words, choice) for choice in choices if not any(choice in each for each in like)
        ]
    assert [each for each in missing if each[0] not in READS_OTHERS] == []


def stated(command: object, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield each command below a group, and what its formats, targets and methods can be."""
    for name, each in getattr(command, "commands", {}).items():
        yield from stated(each, (*words, name))
    if words and not hasattr(command, "commands"):
        listed = [
            each
            for each in getattr(command, "params", ())
            if each.name in {"form", "target", "method"}
        ]
        choices = [getattr(each.type, "choices", ()) for each in listed]
        yield words, [str(choice) for some in choices for choice in some]


def test_a_python_that_is_not_here_or_does_not_run_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    here = ".".join(map(str, sys.version_info[:2]))
    assert pythons.found_pythons() == {here: Path(sys.executable)}
    assert os.environ["PATH"] == str(tmp_path)
