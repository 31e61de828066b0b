"""`pmo report --since` in a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.repositories import FILES, PROJECT, git
from tests.cli.running import pmo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio with one commit of 2 March and a change that is not committed."""
    for path, text in FILES.items():
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    day = "2026-03-02T10:00:00"
    git(tmp_path, "-c", "core.pager=cat", "commit", "-qm", "First", f"--date={day}")
    (tmp_path / "portfolio" / "atlas.yaml").write_text(PROJECT.replace("bac: 1000", "bac: 1300"))
    return tmp_path / "portfolio"


def section(folder: Path, since: str, *words: str) -> str:
    done = pmo("-q", "-C", folder, "report", *words, "--since", since)
    assert done.returncode == 0, done.stderr
    return done.stdout.partition("## What changed")[2].partition("\n## ")[0]


def test_since_a_ref(folder: Path) -> None:
    assert "budget 1,300 GBP, was 1,000 GBP" in section(folder, "HEAD")
    assert "budget 1,300 GBP, was 1,000 GBP" in section(folder, "HEAD", "project", "atlas")


def test_since_a_day(folder: Path) -> None:
    assert "budget 1,300 GBP" in section(folder, "2090-01-01")
    assert "not yet measured: there is no commit until 2001-01-01" in section(folder, "2001-01-01")


def test_a_past_that_is_out_of_reach_is_not_yet_measured(folder: Path, tmp_path: Path) -> None:
    assert "not yet measured: there is no commit 'v1'" in section(folder, "v1")
    (tmp_path / "bare").mkdir()
    for name in ("pmo.yaml", "people.yaml"):
        (tmp_path / "bare" / name).write_text(FILES[f"portfolio/{name}"])
    alone = tmp_path.parent / "alone"
    (tmp_path / "bare").rename(alone)
    assert "not yet measured" in section(alone, "HEAD")


def test_nobody_asked_and_nothing_is_said(folder: Path) -> None:
    assert "What changed" not in pmo("-q", "-C", folder, "report").stdout
