"""The inputs at a merge base, read from git's objects."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from portfolio.history.error import HistoryError
from portfolio.loading.loader import load, load_texts
from tests.cli.repositories import commit, git, new_repository
from tests.history.past import held

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
SETTINGS = "organisation: {name: Other, currency: GBP}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with one committed input."""
    return new_repository(tmp_path / "repository", {"pmo.yaml": SETTINGS})


def test_a_commit_loads_as_the_folder_did(tmp_path: Path) -> None:
    day = date(2026, 3, 31)
    top = tmp_path / "top"
    shutil.copytree(MERIDIAN, top / "sub")
    git(top, "init", "-q")
    commit(
        top,
        {
            "sub/.hidden/x.yaml": "risks: []\n",
            "sub/other/pmo.yaml": SETTINGS,
            "sub/other/people.yaml": "people: []\n",
        },
    )
    now = load(top / "sub", today=day).portfolio
    then = load_texts(held(top / "sub", "HEAD").texts, as_of=day).portfolio
    assert now is not None
    assert then is not None
    assert then.files == now.files
    assert then.entities == now.entities


def test_links_are_left_out_and_large_files_named(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("pmo.yaml")
    pointer = "version https://git-lfs.github.com/spec/v1\noid x\n"
    commit(folder, {"times.csv": pointer, "ümläut name.yaml": "risks: []\n"})
    found = held(folder, "HEAD")
    assert set(found.texts) == {"pmo.yaml", "ümläut name.yaml"}
    assert found.absent == ("times.csv",)


def test_branches_without_a_common_commit_are_told(folder: Path) -> None:
    git(folder, "checkout", "-q", "--orphan", "lonely")
    git(folder, "commit", "-q", "-m", "Alone")
    with pytest.raises(HistoryError, match="no common commit"):
        held(folder, "main")


def test_a_long_history_reads_the_merge_base_only(folder: Path) -> None:
    for number in range(6):
        commit(folder, {"people.yaml": f"people: [{{id: p{number}, name: P}}]\n"})
    base = git(folder, "rev-parse", "HEAD~3")
    found = held(folder, base)
    assert found.commit == base[:12]
    assert b"id: p2," in found.texts["people.yaml"]


def test_a_folder_that_the_base_lacks_held_nothing(folder: Path) -> None:
    commit(folder, {"later/pmo.yaml": SETTINGS})
    assert held(folder / "later", "HEAD~1").texts == {}


@pytest.mark.parametrize("name", ["a [1] *", "ä\tb", "-x", ":(top)", 'quo"te\\'])
def test_a_folder_may_be_called_anything(folder: Path, name: str) -> None:
    commit(folder, {f"{name}/pmo.yaml": SETTINGS, f"{name}/x.yaml": "risks: []\n"})
    assert set(held(folder / name, "HEAD").texts) == {"pmo.yaml", "x.yaml"}


def test_more_files_than_are_asked_for_at_once_come_in_order(folder: Path) -> None:
    commit(folder, {f"{n}.yaml": f"risks: [] # {n}\n" for n in range(350)})
    texts = held(folder, "HEAD").texts
    assert [texts[f"{n}.yaml"] for n in range(350)] == [b"risks: [] # %d\n" % n for n in range(350)]


def test_a_file_too_large_for_a_portfolio_is_refused(folder: Path) -> None:
    commit(folder, {"large.csv": "x" * (65 << 20)})
    with pytest.raises(HistoryError, match="more than pmo reads"):
        held(folder, "HEAD")
