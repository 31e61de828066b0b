"""The last commit that changed an input, as every report prints it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from portfolio.history import last_change


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
