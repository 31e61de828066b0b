"""What a repository that wastes time or memory is refused for, and how soon."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portfolio.history.error import HistoryError
from portfolio.history.repository import find_repository

NUL = "a\0b"


def led(tmp_path: Path, **files: str) -> Path:
    """Return a folder whose `.git` leads to another, which holds these files."""
    other = tmp_path / "other"
    other.mkdir()
    for name, text in files.items():
        (other / name).write_text(text)
    (tmp_path / ".git").write_text(f"gitdir: {other}\n")
    return tmp_path


@pytest.mark.parametrize("lines", [1000, 60_000])
def test_a_git_file_of_empty_lines_is_read_at_once(tmp_path: Path, lines: int) -> None:
    (tmp_path / ".git").write_text("gitdir: " + "\n" * lines + "x")
    started = time.perf_counter()
    with pytest.raises(HistoryError, match="leads nowhere"):
        find_repository(tmp_path)
    assert time.perf_counter() - started < 1


def test_a_head_of_gigabytes_is_not_copied(tmp_path: Path) -> None:
    for name in ("objects", "refs"):
        (tmp_path / ".git" / name).mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").touch()
    find_repository(tmp_path)
    os.truncate(tmp_path / ".git" / "HEAD", 3 << 30)
    with pytest.raises(HistoryError, match=r"no repository to rely on: look at .*HEAD"):
        find_repository(tmp_path)


@pytest.mark.parametrize(
    "files",
    [{"commondir": NUL}, {"commondir": "..", "gitdir": NUL},
     {"config": f"[core]\nworktree = {NUL}\n"}],
)  # fmt: skip
def test_no_path_holds_a_zero(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(HistoryError, match="does not point back"):
        find_repository(led(tmp_path, **files))


def test_a_reason_can_be_written_into_every_page(tmp_path: Path) -> None:
    (tmp_path / "g\udcff").mkdir()
    (tmp_path / ".git").write_bytes(b"gitdir: g\xff")
    with pytest.raises(HistoryError) as refused:
        find_repository(tmp_path)
    assert "udcff" in refused.value.message.encode().decode()
    assert "udcff" in refused.value.hint.encode().decode()
