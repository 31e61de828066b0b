"""Which files belong to a portfolio: all below it, but no dot-files and no other portfolio's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from portfolio.loading.loader import load
from portfolio.model.resources import Person
from tests.portfolios import SETTINGS

PERSON = "person: {{id: {0}, name: A Person}}\n"


def write(root: Path, *paths: str, settings: str = SETTINGS) -> None:
    """Write a `pmo.yaml` and a person named after the file at each path."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "pmo.yaml").write_text(settings)
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(PERSON.format(target.stem))


def people(root: Path, *overlays: Path) -> tuple[list[str], list[str]]:
    """Return the ids of the people that load, and the codes of what is wrong."""
    loaded = load(root, today=date(2026, 3, 31), overlays=overlays)
    assert loaded.portfolio is not None
    codes = [d.code for d in loaded.diagnostics if d.code != "FLD-EXPECTED"]
    return [person.id for person in loaded.portfolio.all(Person)], codes


def test_dot_folders_and_nested_portfolios_stay_out(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "x/b.yml", ".git/c.yaml", ".d.yaml", "other/e.yaml")
    write(tmp_path / "other")
    assert people(tmp_path) == (["a", "b"], [])


def test_include_and_exclude_choose_files(tmp_path: Path) -> None:
    settings = SETTINGS + "include: ['projects/*']\nexclude: ['projects/drafts']\n"
    write(tmp_path, "a.yaml", "projects/b.yaml", "projects/drafts/c.yaml", settings=settings)
    assert people(tmp_path) == (["b"], [])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "x/a.yaml")
    (tmp_path / "x" / "again").symlink_to(tmp_path / "x")
    (tmp_path / "self").symlink_to(tmp_path)
    assert people(tmp_path) == (["a"], [])


def test_a_link_out_of_the_portfolio_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "inside", "a.yaml")
    (tmp_path / "secret.yaml").write_text(PERSON.format("secret"))
    (tmp_path / "inside" / "b.yaml").symlink_to(tmp_path / "secret.yaml")
    assert people(tmp_path / "inside") == (["a"], ["YML-OUTSIDE"])


def test_a_link_to_nothing_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "missing.yaml")
    assert people(tmp_path) == (["a"], ["YML-UNREADABLE"])


def test_a_second_folder_is_laid_over(tmp_path: Path) -> None:
    write(tmp_path / "open", "a.yaml")
    write(tmp_path / "private", "b.yaml")
    assert people(tmp_path / "open", tmp_path / "private") == (["a", "b"], [])
