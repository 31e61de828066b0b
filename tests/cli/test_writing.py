"""Files are written whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.writing import MARK, write_file
from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


def test_a_new_file_is_written_with_its_folder(tmp_path: Path) -> None:
    write_file(tmp_path / "out/board.md", b"text")
    assert (tmp_path / "out/board.md").read_bytes() == b"text"


def test_our_own_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "board.md"
    target.write_text(f"<!-- {MARK} -->")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"


def test_another_file_is_kept_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "board.md"
    target.write_text("mine")
    with pytest.raises(Failure, match="was not written by pmo"):
        write_file(target, b"new")
    assert target.read_text() == "mine"
    write_file(target, b"new", force=True)
    assert target.read_bytes() == b"new"


def test_a_failure_leaves_neither_half_a_file_nor_a_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Failure, match="cannot be written"):
        write_file(tmp_path / "board.md", b"text")
    assert list(tmp_path.iterdir()) == []


class TestPlaces:
    """What is no file is refused before it is read or written."""

    @pytest.mark.parametrize("command", [("report", "renewals"), ("show", "risk"), ("deps",)])
    @pytest.mark.parametrize("made", ["pipe", "link", "device"])
    def test_it_is_told_and_nothing_hangs(
        self, tmp_path: Path, command: tuple[str, ...], made: str
    ) -> None:
        place = tmp_path / "place"
        if made == "pipe":
            os.mkfifo(place)
        elif made == "link":
            place.symlink_to(place)
        else:
            place = Path("/dev/full")
        ran = pmo("-C", MERIDIAN, *command, "-o", place)
        assert ran.returncode == 2
        assert str(place) in ran.stderr

    @pytest.mark.parametrize(
        ("words", "known"),
        [
            (("report", "board", "-o", "x.xlsx"), ".html, .htm, .md, .pdf"),
            (("report", "board", "-o", "x.docx"), ".html, .htm, .md, .pdf"),
            (("show", "risk", "-o", "x.pptx"), ".csv, .json, .md, .txt, .xlsx"),
            (("deps", "-o", "x.xlsx"), ".dot, .graphml"),
        ],
    )
    def test_an_ending_that_nothing_writes_is_told_with_those_that_are_there(
        self, tmp_path: Path, words: tuple[str, ...], known: str
    ) -> None:
        *rest, name = words
        ran = pmo("-C", MERIDIAN, *rest, tmp_path / name)
        assert ran.returncode == 2
        assert known in ran.stderr
        assert list(tmp_path.iterdir()) == []

    def test_the_ending_says_how_rows_are_written(self, tmp_path: Path) -> None:
        assert pmo("-C", MERIDIAN, "show", "risk", "-o", tmp_path / "r.csv").returncode == 0
        assert (tmp_path / "r.csv").read_text().startswith("id,")


def test_a_new_portfolio_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    assert pmo("init", tmp_path / "new").returncode == 0
    assert [path for path in tmp_path.iterdir() if path.name != "new"] == []
