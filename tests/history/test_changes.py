"""The last commit that changed an input, as every report prints it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.repositories import commit, git, new_repository
from tests.history.past import changed, printed

SETTINGS = "organisation: {name: Test, currency: GBP}\nexclude: [old]\n"
RISKS = "risks: []\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with a portfolio in a folder."""
    files = {"portfolio/pmo.yaml": SETTINGS, "portfolio/risks.yaml": RISKS}
    return new_repository(tmp_path / "repository", files) / "portfolio"


def head(folder: Path, back: int = 0) -> str:
    return git(folder, "rev-parse", f"HEAD~{back}")[:12]


def test_without_git_there_is_no_commit(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    git(tmp_path, "init", "-q")
    assert changed(tmp_path) is None


@pytest.mark.parametrize(
    "name", ["board.md", ".pmo/x.yaml", "old/x.yaml", "other/pmo.yaml", "other/x.yaml"]
)
def test_what_is_no_input_makes_no_report_stale(folder: Path, name: str) -> None:
    commit(folder, {"other/pmo.yaml": SETTINGS, "risks.yaml": "risks: [] # new\n"})
    first = head(folder)
    for number in range(3):
        commit(folder, {name: f"{SETTINGS}# {number}\n"})
    assert printed(folder) == first
    (folder / name).write_text(f"{SETTINGS}# not committed\n")
    assert printed(folder) == first


@pytest.mark.parametrize("name", ["pmo.yaml", "a/b/risks.yml", "times.csv"])
def test_an_input_that_was_changed_added_or_removed_counts(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"{SETTINGS}# more\n")
    assert printed(folder) == f"{head(folder)}+changes"
    commit(folder, {})
    assert printed(folder) == head(folder)
    if name != "pmo.yaml":
        (folder / name).unlink()
        assert printed(folder) == f"{head(folder)}+changes"
        commit(folder, {})
        assert printed(folder) == head(folder)


def test_a_change_beside_the_portfolio_is_none(folder: Path) -> None:
    first = head(folder)
    commit(folder.parent, {"elsewhere.yaml": RISKS})
    assert printed(folder) == first


def test_a_merge_that_changed_nothing_is_followed_to_what_did(folder: Path) -> None:
    git(folder, "checkout", "-q", "-b", "side")
    commit(folder, {"risks.yaml": "risks: [] # side\n"})
    side = head(folder)
    git(folder, "checkout", "-q", "main")
    commit(folder, {"old/x.yaml": RISKS})
    git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert printed(folder) == side


def test_an_ignored_input_is_not_in_the_commit(folder: Path) -> None:
    commit(folder, {".gitignore": "rates.yaml\n"})
    (folder / "rates.yaml").write_text(RISKS)
    assert printed(folder).endswith("+changes")


def test_what_is_laid_over_lies_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = folder.parent.parent / "over"
    over.mkdir()
    (over / "rates.yaml").write_text(RISKS)
    monkeypatch.chdir(over.parent)
    for way in (over, Path("over")):
        assert str(changed(folder, way)) == head(folder)
    (folder / "over").mkdir()
    (folder / "over" / "own.yaml").write_text(RISKS)
    for way in (over, Path("over")):
        assert str(changed(folder, way)) == f"{head(folder)}+changes"


def test_line_ends_of_another_system_are_no_change(folder: Path) -> None:
    (folder / "risks.yaml").write_bytes(b"risks: []\r\n")
    assert printed(folder) == head(folder)
    commit(folder, {"other.yaml": RISKS})
    git(folder, "-c", "core.autocrlf=false", "commit", "-qam", "With CR", "--allow-empty")
    assert not printed(folder).endswith("+changes")


def test_a_large_file_is_what_its_pointer_says(folder: Path) -> None:
    text = b"id,hours\na,1\n"
    digest = hashlib.sha256(text).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(text)}\n"
    commit(folder, {"times.csv": pointer})
    assert printed(folder) == head(folder)
    (folder / "times.csv").write_bytes(text)
    assert printed(folder) == head(folder)
    (folder / "times.csv").write_bytes(text + b"b,2\n")
    assert printed(folder) == f"{head(folder)}+changes"


def test_links_are_compared_by_where_they_lead(folder: Path) -> None:
    (folder / "z").mkdir()
    (folder / "z" / "more.yaml").write_text(RISKS)
    (folder / "a").symlink_to("z")
    (folder / "again.yaml").symlink_to("risks.yaml")
    commit(folder, {})
    assert printed(folder) == head(folder)
    (folder / "again.yaml").unlink()
    (folder / "again.yaml").symlink_to("z/more.yaml")
    assert printed(folder) == f"{head(folder)}+changes"


def test_a_submodule_is_kept_by_its_own_repository(folder: Path, tmp_path: Path) -> None:
    other = new_repository(tmp_path / "other", {"more.yaml": RISKS})
    git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "sub")
    commit(folder, {})
    assert printed(folder) == head(folder, 1)


def test_a_repository_of_longer_ids(tmp_path: Path) -> None:
    tmp_path.joinpath("r").mkdir()
    git(tmp_path / "r", "init", "-q", "--object-format=sha256")
    commit(tmp_path / "r", {"pmo.yaml": SETTINGS})
    assert printed(tmp_path / "r") == head(tmp_path / "r")
    (tmp_path / "r" / "pmo.yaml").write_text(f"{SETTINGS}# more\n")
    assert printed(tmp_path / "r") == f"{head(tmp_path / 'r')}+changes"


def linked(folder: Path, link: str, target: str, files: dict[str, str]) -> None:
    """Commit files and a link."""
    (folder / link).symlink_to(target)
    commit(folder, files)


@pytest.mark.parametrize(
    ("link", "target", "name"),
    [("people.yaml", ".d/x.yaml", ".d/x.yaml"), ("people.yaml", ".d/y.txt", ".d/y.txt"),
     ("people", ".e", ".e/x.yaml"), ("people", "./more/../.e/f", ".e/f/g/x.yaml")],
)  # fmt: skip
def test_what_is_read_through_a_link_is_compared(
    folder: Path, link: str, target: str, name: str
) -> None:
    (folder / "more").mkdir()
    linked(folder, link, target, {name: RISKS, "more/x.yaml": RISKS})
    first = head(folder)
    assert printed(folder) == first
    (folder / name).write_text("risks: [] # edited\n")
    assert printed(folder) == f"{first}+changes"
    commit(folder, {})
    assert printed(folder) == head(folder) != first
    (folder / name).unlink()
    assert printed(folder) == f"{head(folder)}+changes"


def test_a_folder_of_links_leads_to_further_links(folder: Path) -> None:
    (folder / ".e").mkdir()
    (folder / ".e" / "sub").symlink_to("../.f")
    linked(folder, "people", ".e", {".f/x.yaml": RISKS})
    assert printed(folder) == head(folder)
    (folder / ".f" / "x.yaml").write_text("risks: [] # edited\n")
    assert printed(folder) == f"{head(folder)}+changes"


def test_a_link_that_is_led_elsewhere_is_a_change(folder: Path) -> None:
    linked(folder, "people", ".e", {".e/x.yaml": RISKS, ".f/x.yaml": RISKS, ".f/y.yaml": RISKS})
    (folder / "people").unlink()
    (folder / "people").symlink_to(".f")
    assert printed(folder) == f"{head(folder)}+changes"
    commit(folder, {})
    assert printed(folder) == head(folder)
    commit(folder, {"board.md": "A report\n"})
    assert printed(folder) == head(folder, 1)


@pytest.mark.parametrize("target", ["/etc", "..", "nowhere", "."])
def test_a_link_to_nothing_of_the_portfolio_is_no_change(folder: Path, target: str) -> None:
    linked(folder, "people", target, {"z.yaml": RISKS})
    assert printed(folder) == head(folder)
