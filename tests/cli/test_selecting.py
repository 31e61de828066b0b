"""One selector grammar on every command, and the names that `pmo.yaml` gives to selectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import pmo

SETTINGS = """organisation: {name: Test, currency: GBP}
as_of: 2026-03-31
selectors: {ours: tag:ours}
"""
PROJECTS = """people: [{id: anna, name: Anna, role: Lead, start_date: 2020-01-01}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, tags: [ours], activities: [{id: build, duration: 5d}]}
  - {id: beacon, name: Beacon, sponsor: anna, activities: [{id: dig, duration: 5d}]}
risks:
  - {id: late, title: Late paper, owner: anna, project: atlas}
  - {id: wet, title: Wet ground, owner: anna, project: beacon}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "all.yaml").write_text(PROJECTS)
    return tmp_path


@pytest.mark.parametrize("words", [("ours",), ("tag:ours",), ("--exclude", "beacon")])
def test_validate_tells_what_concerns_the_part_that_is_meant(
    folder: Path, words: tuple[str, ...]
) -> None:
    found = pmo("validate", "-q", "-v", "--format", "json", *words, cwd=folder).stdout
    assert '"entity": "atlas"' in found
    assert '"entity": "late"' in found
    assert '"entity": "beacon"' not in found
    assert '"entity": "wet"' not in found


def test_a_path_and_a_selector_stand_side_by_side(folder: Path) -> None:
    (folder / "more.yaml").write_text("project: {id: delta, name: Delta, sponsor: anna}\n")
    found = pmo("validate", "-v", "--format", "json", "ours", "more.yaml", cwd=folder).stdout
    assert '"entity": "atlas"' in found
    assert '"entity": "delta"' in found
    assert '"entity": "beacon"' not in found


def test_a_file_that_cannot_be_read_is_never_left_out_of_a_selection(folder: Path) -> None:
    (folder / "broken.yaml").write_text("risks: [\n", encoding="utf-8")
    done = pmo("-C", folder, "validate", "tag:billing")
    assert done.returncode == 1
    assert "YML-SYNTAX" in done.stdout


def test_show_takes_the_same_words(folder: Path) -> None:
    for words in (("ours",), ("--exclude", "beacon"), ("late", "atlas.build")):
        found = pmo("show", "risks", *words, cwd=folder).stdout
        assert "Late paper" in found
        assert "Wet ground" not in found


def test_deps_takes_a_named_selector(folder: Path) -> None:
    found = pmo("deps", "ours", cwd=folder)
    assert found.returncode == 0
    assert "beacon" not in found.stdout


def test_an_unknown_word_names_its_neighbour(folder: Path) -> None:
    for command in (("validate",), ("show", "risks"), ("deps",)):
        done = pmo(*command, "atlsa", cwd=folder)
        assert done.returncode == 2
        assert "did you mean atlas?" in done.stderr


def test_a_report_of_a_part_says_what_is_left_out(folder: Path) -> None:
    for words, scope in ((("ours",), "ours"), (("--exclude", "beacon"), "without beacon")):
        page = pmo("report", "board", *words, cwd=folder).stdout
        assert f"Scope {scope}; 1 project left out" in page
        assert "Atlas" in page
        assert "Beacon" not in page
        assert "Wet ground" not in page


def test_a_report_of_nothing_is_a_mistake(folder: Path) -> None:
    done = pmo("report", "board", "tag:none", cwd=folder)
    assert done.returncode == 2
    assert "tag:none selects nothing" in done.stderr
