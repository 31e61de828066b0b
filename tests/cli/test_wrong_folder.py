"""A folder that holds no portfolio is told what it is, and which one is meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmo_cli.app import main
from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\n"
PERSON = "person: {id: ida, name: Ida Berg}\n"
EVERY_COMMAND = (
    ("validate",),
    ("deps",),
    ("report", "board"),
    ("report", "project", "atlas"),
    ("show", "projects"),
    ("risk", "simulate"),
    ("resources", "level"),
    ("prioritise",),
    ("export", "ics"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two portfolios in `group`, an empty folder and one with notes."""
    for name in ("a", "b"):
        path = tmp_path / "group" / name / "projects"
        path.mkdir(parents=True)
        (path.parent / "pmo.yaml").write_text(SETTINGS)
        (path / "people.yaml").write_text(PERSON)
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "todo.txt").write_text("Call Acme\n")
    (tmp_path / "odd" / "pmo.yaml").mkdir(parents=True)
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "pmo.yaml").symlink_to("nowhere")
    return tmp_path


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("group", "no portfolio, but holds 2 portfolios: a and b\nhint: name one with -C group/a"),
        ("group/a/projects", "inside the portfolio group/a\nhint: name that with -C group/a"),
        ("group/a/pmo.yaml", "pmo.yaml is a file, no folder\nhint: -C group/a names its folder"),
        ("notes/todo.txt", "notes/todo.txt is a file, no folder"),
        ("empty", "empty is empty\nhint: `pmo init empty` starts a portfolio in it"),
        ("notes", "no pmo.yaml in notes"),
        ("odd", "odd/pmo.yaml is a folder"),
        ("gone", "gone/pmo.yaml is a link that leads nowhere"),
        ("nowhere", "there is no folder nowhere"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_every_command_tells_what_a_folder_is(
    folder: Path, named: str, told: str, command: tuple[str, ...]
) -> None:
    ran = pmo("-C", named, *command, cwd=folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr


def test_the_folder_one_stands_in_is_told_the_same(folder: Path) -> None:
    told = pmo("validate", cwd=folder / "group").stderr
    assert "holds 2 portfolios: a and b\nhint: name one with -C a" in told
    assert "is empty\n" in pmo("validate", cwd=folder / "empty").stderr
    assert pmo("validate", cwd=folder / "group" / "a" / "projects").returncode == 0


def test_a_folder_that_may_not_be_read_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SystemExit, match="2"):
        main(["-C", str(folder / "notes"), "validate"])
    assert "notes cannot be read: Permission denied" in capsys.readouterr().err


def test_many_portfolios_are_counted(folder: Path) -> None:
    for number in range(9):
        path = folder / "many" / f"p{number}"
        path.mkdir(parents=True)
        (path / "pmo.yaml").write_text(SETTINGS)
    told = pmo("-C", "many", "validate", cwd=folder).stderr
    assert "holds 9 portfolios: p0, p1, p2, p3, p4 and 4 more\n" in told


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_an_empty_portfolio_above_others_names_them(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "group" / "pmo.yaml").write_text(SETTINGS)
    ran = pmo("-C", "group", *command, cwd=folder)
    said = ran.stdout + ran.stderr
    assert "the portfolio is empty, but its folder holds 2 portfolios: a and b\n" in said
    assert "hint: name one with -C; they need no pmo.yaml above them\n" in said


def test_validate_makes_it_a_finding(folder: Path) -> None:
    (folder / "group" / "pmo.yaml").write_text(SETTINGS)
    ran = pmo("-C", "group", "validate", "--strict", cwd=folder)
    assert "pmo.yaml:1:1: warning CFG-EMPTY the portfolio is empty" in ran.stdout
    assert ran.returncode == 1
    assert "is empty" not in ran.stderr


def test_a_portfolio_above_others_with_entities_of_its_own_is_one(folder: Path) -> None:
    (folder / "group" / "pmo.yaml").write_text(SETTINGS)
    (folder / "group" / "people.yaml").write_text(PERSON)
    ran = pmo("-C", "group", "validate", cwd=folder)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_page_of_an_empty_portfolio_is_not_green(folder: Path) -> None:
    (folder / "empty" / "pmo.yaml").write_text(SETTINGS)
    ran = pmo("-C", "empty", "report", "board", cwd=folder)
    assert "the portfolio is empty: only its pmo.yaml" in ran.stderr
    assert "Projects none recorded" in ran.stdout
    assert "Red, declared or computed:** ○ not yet measured (no live project)" in ran.stdout
    assert "100 %" not in ran.stdout


@pytest.mark.parametrize(
    ("into", "told"),
    [("group", "name one with --into group/a"), ("group/a/projects", "with --into group/a")],
)
def test_an_import_makes_no_portfolio_over_or_inside_another(
    folder: Path, into: str, told: str
) -> None:
    (folder / "m.yaml").write_text(
        "pmo: {organisation: {name: A, currency: GBP}}\n"
        "tables: [{kind: person, id: Name, fields: {name: Name}}]\n"
    )
    (folder / "people.csv").write_text("Name\nMo Adair\n")
    ran = pmo("import", "csv", "people.csv", "-m", "m.yaml", "--into", into, cwd=folder)
    assert (ran.returncode, told in ran.stderr) == (2, True)


@pytest.mark.parametrize("more", [(), ("--example",)])
@pytest.mark.parametrize("into", ["notes/todo.txt", "notes/todo.txt/new"])
def test_a_portfolio_cannot_start_where_a_file_is(
    folder: Path, into: str, more: tuple[str, ...]
) -> None:
    ran = pmo("init", into, *more, cwd=folder)
    assert (ran.returncode, "todo.txt is a file, no folder\n" in ran.stderr) == (2, True)
    assert (folder / "notes" / "todo.txt").read_text() == "Call Acme\n"


def test_init_adds_to_a_folder_with_other_files_and_overwrites_none(folder: Path) -> None:
    assert pmo("init", "notes", cwd=folder).returncode == 0
    assert pmo("-C", "notes", "validate", cwd=folder).returncode == 0
    again = pmo("init", "notes", cwd=folder)
    told = "notes already has pmo.yaml, people.yaml, projects/first-project.yaml and 11 more"
    assert (again.returncode, told in again.stderr) == (2, True)
    assert pmo("init", "--example", "notes", cwd=folder).returncode == 2
