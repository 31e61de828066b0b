"""`pmo validate --against REF [--new]`, in real git repositories."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.repositories import git
from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PEOPLE = "people:\n  - {id: anna, name: Anna}\n  - {id: ben, name: Ben}\n"
PROJECT = """\
project:
  id: atlas
  name: Atlas
  sponsor: anna
  status: delivering
  start: 2026-01-05
  bac: 1000
  baseline_finish: 2026-06-30
"""
ACTIONS = "actions:\n  - {id: ask, text: Ask, owner: ben, due: 2026-03-02}\n"


def commit(folder: Path, **files: str) -> None:
    """Write files (`a__b` is a.b) and commit everything."""
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Change")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """Return a repository whose main branch holds a portfolio in a folder, on a branch of it."""
    folder = tmp_path / "repository"
    (folder / "portfolio").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    commit(
        folder / "portfolio",
        pmo__yaml=SETTINGS,
        people__yaml=PEOPLE,
        atlas__yaml=PROJECT,
        actions__yaml=ACTIONS,
    )
    git(folder, "checkout", "-q", "-b", "change")
    return folder


def found(folder: Path, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    """Return status, findings that are worse than information, and stderr."""
    done = pmo("validate", "-C", folder, "--format", "json", *arguments)
    findings = json.loads(done.stdout)["data"]["diagnostics"] if done.stdout else []
    return done.returncode, [f for f in findings if f["severity"] != "info"], done.stderr


def test_a_moved_baseline_is_found_with_both_values_and_the_commit(top: Path) -> None:
    folder = top / "portfolio"
    base = git(top, "rev-parse", "--short=12", "main")
    (folder / "atlas.yaml").write_text(PROJECT.replace("06-30", "07-31"))
    status, findings, _ = found(folder, "--against", "main", "--new")
    assert status == 1
    assert [f["code"] for f in findings] == ["CHG-APPROVED-VALUE-MOVED"]
    message = str(findings[0]["message"])
    assert all(word in message for word in ("2026-06-30", "2026-07-31", base))
    assert findings[0]["line"] == 8
    assert f"atlas.yaml@{base}" in json.dumps(findings[0]["related"])


def test_an_approved_change_request_lets_it_move(top: Path) -> None:
    folder = top / "portfolio"
    (folder / "atlas.yaml").write_text(PROJECT.replace("06-30", "07-31"))
    (folder / "changes.yaml").write_text(
        "change_request: {id: later, project: atlas, title: Later, status: approved,"
        " impact: {time: 20d}, decided_on: 2026-03-27}\n"
    )
    assert found(folder, "--against", "main", "--new")[:2] == (0, [])


def test_a_change_request_that_was_carried_out_before_does_not(top: Path) -> None:
    folder = top / "portfolio"
    git(top, "checkout", "-q", "main")
    old = (
        "change_request: {id: old, project: atlas, title: Old, status: implemented,"
        " impact: {cost: 1}, decided_on: 2026-01-12}\n"
    )
    commit(folder, changes__yaml=old)
    git(top, "checkout", "-q", "-B", "change")
    (folder / "atlas.yaml").write_text(PROJECT.replace("bac: 1000", "bac: 1200"))
    findings = found(folder, "--against", "main", "--new")[1]
    assert [f["code"] for f in findings] == ["CHG-APPROVED-VALUE-MOVED"]


def test_new_leaves_out_what_the_base_has_and_counts_it(top: Path) -> None:
    status, findings, _ = found(top / "portfolio", "--against", "main")
    assert status == 0
    assert "GOV-ACTION-OVERDUE" in {f["code"] for f in findings}
    status, findings, _ = found(top / "portfolio", "--against", "main", "--new")
    assert (status, findings) == (0, [])
    text = pmo("validate", "-C", top / "portfolio", "--against", "main", "--new").stderr
    assert "has already" in text


def test_moving_an_entity_to_another_file_is_no_change(top: Path) -> None:
    folder = top / "portfolio"
    git(folder, "mv", "actions.yaml", "todo.yaml")
    (folder / "atlas.yaml").unlink()
    (folder / "people.yaml").write_text(f"# all in one\n{PEOPLE}\n{PROJECT}")
    assert found(folder, "--against", "main", "--new")[:2] == (0, [])


def test_an_id_renumbered_while_referenced_is_named_with_its_users(top: Path) -> None:
    folder = top / "portfolio"
    (folder / "people.yaml").write_text(PEOPLE.replace("id: ben", "id: p-2"))
    findings = found(folder, "--against", "main", "--new")[1]
    removed = next(f for f in findings if f["code"] == "GOV-ID-REMOVED")
    assert "was renamed 'p-2'" in str(removed["message"])
    assert "'ask' still refers" in str(removed["message"])


def test_what_main_gained_since_does_not_count(top: Path) -> None:
    folder = top / "portfolio"
    git(top, "checkout", "-q", "main")
    commit(folder, atlas__yaml=PROJECT.replace("bac: 1000", "bac: 2000"))
    git(top, "checkout", "-q", "change")
    assert found(folder, "--against", "main", "--new")[:2] == (0, [])


def test_work_tree_and_index_stay_and_no_program_of_the_repository_runs(top: Path) -> None:
    folder = top / "portfolio"
    trap, program = top / "trap", top / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch {trap}\n")
    program.chmod(0o755)
    (top / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n")
    for key in ("core.fsmonitor", "core.pager", "diff.external", "diff.evil.textconv",
                "filter.evil.smudge", "core.sshCommand", "core.alternateRefsCommand"):  # fmt: skip
        git(top, "config", key, str(program))
    git(top, "config", "core.hooksPath", str(top))
    trap.unlink(missing_ok=True)
    index = sha256((top / ".git" / "index").read_bytes()).hexdigest()
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert pmo("validate", "-C", folder, "--against", "main", "--new").returncode == 0
    assert not trap.exists()
    assert sha256((top / ".git" / "index").read_bytes()).hexdigest() == index
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times


def test_a_shallow_clone_says_what_to_fetch(top: Path, tmp_path: Path) -> None:
    commit(top / "portfolio", note__yaml="tags: []\n")
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=change", f"file://{top}", "shallow")
    status, _, stderr = found(tmp_path / "shallow" / "portfolio", "--against", "origin/main")
    assert status == 2
    assert "shallow clone" in stderr
    assert "fetch-depth: 0" in stderr


@pytest.mark.parametrize("ref", ["no-such-branch", "--output=x", "main:portfolio", ""])
def test_a_ref_that_is_no_commit_is_a_clear_mistake(top: Path, ref: str) -> None:
    status, _, stderr = found(top / "portfolio", f"--against={ref}")
    assert status == 2
    assert "there is no commit" in stderr


def test_without_git_or_without_a_base_the_message_is_clear(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    status, _, stderr = found(tmp_path, "--against", "main")
    assert status == 2
    assert "not in a git repository" in stderr
    status, _, stderr = found(tmp_path, "--new")
    assert status == 2
    assert "--new needs --against" in stderr


def test_where_the_base_has_no_portfolio_everything_is_new(top: Path) -> None:
    other = top / "second"
    other.mkdir()
    (other / "pmo.yaml").write_text(SETTINGS)
    (other / "all.yaml").write_text(PEOPLE + ACTIONS)
    findings = found(other, "--against", "main", "--new")[1]
    assert "GOV-ACTION-OVERDUE" in {f["code"] for f in findings}


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_every_format_shows_it(top: Path, form: str) -> None:
    folder = top / "portfolio"
    (folder / "atlas.yaml").write_text(PROJECT.replace("06-30", "07-31"))
    done = pmo("validate", "-C", folder, "--against", "main", "--new", "--format", form)
    assert done.returncode == 1
    assert "CHG-APPROVED-VALUE-MOVED" in done.stdout
    assert "GOV-ACTION-OVERDUE" not in done.stdout
