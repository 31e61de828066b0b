"""The last commit that changed an input, as every report prints it."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from portfolio.history import HistoryError, last_change, snapshot
from portfolio.loading.loader import load, load_texts

MERIDIAN = Path(__file__).parents[1] / "examples" / "meridian"
SETTINGS = "organisation: {name: Other, currency: GBP}\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository_with_input(tmp_path: Path) -> Path:
    """Return a repository with one committed input."""
    git(tmp_path, "init", "-q")
    (tmp_path / "pmo.yaml").write_text("organisation: {name: Test, currency: GBP}\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "First")
    return tmp_path


def test_without_git_there_is_no_commit(tmp_path: Path) -> None:
    assert last_change(tmp_path, os.environ) is None


def test_the_commit_is_the_last_that_changed_an_input(repository_with_input: Path) -> None:
    first = last_change(repository_with_input, os.environ)
    (repository_with_input / "board.md").write_text("a report\n")
    git(repository_with_input, "add", ".")
    git(repository_with_input, "commit", "-q", "-m", "Add the report")
    assert first == git(repository_with_input, "rev-parse", "--short=12", "HEAD~1")
    assert last_change(repository_with_input, os.environ) == first


def test_inputs_that_differ_from_the_commit_are_marked(repository_with_input: Path) -> None:
    (repository_with_input / "risks.yaml").write_text("risks: []\n")
    commit = last_change(repository_with_input, os.environ)
    assert commit is not None
    assert commit.endswith("+changes")


def test_a_hostile_configuration_runs_nothing(repository_with_input: Path) -> None:
    trap = repository_with_input / "trap"
    script = f"#!/bin/sh\ntouch {trap}\n"
    program = repository_with_input / "program.sh"
    program.write_text(script)
    program.chmod(0o755)
    git(repository_with_input, "config", "core.fsmonitor", str(program))
    git(repository_with_input, "config", "core.pager", str(program))
    git(repository_with_input, "config", "diff.external", str(program))
    assert last_change(repository_with_input, os.environ) is not None
    assert not trap.exists()


class TestSnapshot:
    """The inputs at a merge base, read from git's objects."""

    def test_a_commit_loads_as_the_folder_did(self, tmp_path: Path) -> None:
        day = date(2026, 3, 31)
        shutil.copytree(MERIDIAN, tmp_path / "sub")
        (tmp_path / "sub" / ".hidden").mkdir()
        (tmp_path / "sub" / ".hidden" / "x.yaml").write_text("risks: []\n")
        (tmp_path / "sub" / "other").mkdir()
        (tmp_path / "sub" / "other" / "pmo.yaml").write_text(SETTINGS)
        (tmp_path / "sub" / "other" / "people.yaml").write_text("people: []\n")
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "All")
        now = load(tmp_path / "sub", today=day).portfolio
        then = load_texts(snapshot(tmp_path / "sub", "HEAD", os.environ).texts, as_of=day).portfolio
        assert now is not None
        assert then is not None
        assert then.files == now.files
        assert then.entities == now.entities

    def test_links_are_left_out_and_large_files_named(self, repository_with_input: Path) -> None:
        folder = repository_with_input
        (folder / "link.yaml").symlink_to("pmo.yaml")
        (folder / "times.csv").write_text("version https://git-lfs.github.com/spec/v1\noid x\n")
        (folder / "ümläut name.yaml").write_text("risks: []\n")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "More")
        found = snapshot(folder, "HEAD", os.environ)
        assert set(found.texts) == {"pmo.yaml", "ümläut name.yaml"}
        assert found.absent == ("times.csv",)

    def test_branches_without_a_common_commit_are_told(self, repository_with_input: Path) -> None:
        git(repository_with_input, "checkout", "-q", "--orphan", "lonely")
        git(repository_with_input, "commit", "-q", "-m", "Alone")
        other = git(repository_with_input, "rev-list", "--all", "--max-parents=0").split()
        head = git(repository_with_input, "rev-parse", "HEAD")
        ref = next(each for each in other if each != head)
        with pytest.raises(HistoryError, match="no common commit"):
            snapshot(repository_with_input, ref, os.environ)

    def test_a_long_history_reads_the_merge_base_only(self, repository_with_input: Path) -> None:
        folder = repository_with_input
        for number in range(6):
            (folder / "people.yaml").write_text(f"people: [{{id: p{number}, name: P}}]\n")
            git(folder, "add", "-A")
            git(folder, "commit", "-q", "-m", f"{number}")
        base = git(folder, "rev-parse", "HEAD~3")
        found = snapshot(folder, base, os.environ)
        assert found.commit == base[:12]
        assert b"id: p2," in found.texts["people.yaml"]
