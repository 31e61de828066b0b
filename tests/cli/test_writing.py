"""Files are written whole or not at all, and never over somebody else's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.writing import MARK, write_file


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
    with pytest.raises(OSError):  # noqa: PT011 - any
        write_file(tmp_path / "board.md", b"text")
    assert list(tmp_path.iterdir()) == []
