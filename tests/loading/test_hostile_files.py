"""Files that nobody means to write: each ends soon, with a finding, and leaves the rest alone."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from portfolio.bounds import TEXT
from portfolio.loading import discovery
from portfolio.loading.loader import Loaded, load
from portfolio.model.resources import Person
from tests.portfolios import DAY, SETTINGS

PERSON = "person: {id: anna, name: Anna Sample}\n"
GIB = 1024 * 1024  # in the KiB of getrusage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio of one person."""
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "people.yaml").write_text(PERSON)
    return tmp_path


def loaded(folder: Path) -> Loaded:
    return load(folder, today=DAY)


def codes(folder: Path) -> list[tuple[str, str]]:
    """Return path and code of every finding, what is only expected apart."""
    return [
        (found.location.path, found.code)
        for found in loaded(folder).diagnostics
        if found.code != "FLD-EXPECTED"
    ]


def names(folder: Path) -> list[str]:
    found = loaded(folder).portfolio
    assert found is not None
    return [person.name for person in found.all(Person)]


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "pmo_cli", "validate"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert (
        "pipe.yaml:1:1: error YML-UNREADABLE cannot be read: it is no regular file" in done.stdout
    )


def test_a_folder_with_the_name_of_a_file_is_a_folder(folder: Path) -> None:
    (folder / "more.yaml").mkdir()
    (folder / "more.yaml" / "ben.yaml").write_text("person: {id: ben, name: Ben Sample}\n")
    assert codes(folder) == []
    assert names(folder) == ["Ben Sample", "Anna Sample"]


def test_a_file_that_vanishes_while_it_is_read_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gone.yaml").write_text(PERSON)
    real = Path.read_bytes

    def vanishing(path: Path) -> bytes:
        if path.name == "gone.yaml":
            path.unlink(missing_ok=True)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", vanishing)
    assert codes(folder) == [("gone.yaml", "YML-UNREADABLE")]
    assert names(folder) == ["Anna Sample"]


def test_a_file_that_nobody_may_read_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "locked.yaml").write_text(PERSON)
    real = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "locked.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert codes(folder) == [("locked.yaml", "YML-UNREADABLE")]


def test_a_file_of_a_hundred_megabytes_is_refused_unread(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as huge:
        huge.truncate(100 * 1024 * 1024)
    assert codes(folder) == [("huge.yaml", "YML-SIZE")]
    assert discovery.SIZE_LIMIT < 100 * 1024 * 1024


def test_ten_thousand_levels_are_refused_and_do_not_end_the_program(folder: Path) -> None:
    (folder / "deep.yaml").write_text("person: " + "[" * 10_000 + "]" * 10_000 + "\n")
    (folder / "deeper.yaml").write_text("person: " + "{a: " * 10_000 + "}" * 10_000 + "\n")
    (folder / "blocks.yaml").write_text("".join(f"{' ' * n}a{n}:\n" for n in range(5_000)))
    done = subprocess.run(
        [sys.executable, "-m", "pmo_cli", "validate"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    for place in ("deep.yaml:1:", "deeper.yaml:1:", "blocks.yaml:64:"):
        assert re.search(rf"^{place}\d+: error YML-DEPTH", done.stdout, re.MULTILINE), place
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PERSON.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(b"\xef\xbb\xbf" + PERSON.encode(), id="a mark before UTF-8"),
    ],
)
def test_what_other_systems_write_is_read(folder: Path, content: bytes) -> None:
    (folder / "people.yaml").write_bytes(content)
    assert codes(folder) == []
    assert names(folder) == ["Anna Sample"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_named(folder: Path, encoding: str) -> None:
    (folder / "people.yaml").write_bytes(PERSON.encode(encoding))
    ((path, code),) = codes(folder)
    assert (path, code) in {("people.yaml", "YML-ENCODING"), ("people.yaml", "YML-CHARACTER")}


def test_a_nul_is_reported_where_it_stands(folder: Path) -> None:
    (folder / "people.yaml").write_bytes(b'person: {id: anna, name: "An\0na"}\n')
    assert codes(folder) == [("people.yaml", "YML-CHARACTER")]


def test_a_cell_of_a_million_characters_is_told_with_the_limit(folder: Path) -> None:
    (folder / "lessons.csv").write_text(f"id,what\nlong,{'x' * 1_000_000}\n")
    assert [code for path, code in codes(folder) if path == "lessons.csv"] == ["FLD-RANGE"]


def test_a_cell_of_the_longest_text_is_read(folder: Path) -> None:
    (folder / "lessons.csv").write_text(f"id,what\nlong,{'x' * TEXT}\n")
    found = loaded(folder).portfolio
    assert found is not None
    assert "long" in found.entities


def test_none_of_it_took_a_gibibyte() -> None:
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIB
