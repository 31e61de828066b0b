"""What a repository that wastes time or memory is refused for, and how soon."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from portfolio.history import git as git_module
from portfolio.history.changes import last_change
from portfolio.history.error import HistoryError
from portfolio.history.git import History
from portfolio.history.repository import find_repository
from portfolio.history.trees import Entry, Trees
from portfolio.loading.discovery import chosen
from tests.cli.repositories import commit, git, new_repository
from tests.history.past import changed, held, loaded

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


def many_commits(folder: Path, number: int, wide: int) -> Path:
    """Return a repository of commits that change no input beside many files that stay."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    settings = "data 30\norganisation: {name: T}       \n"
    files = "".join(f"M 100644 :1 {n}/{m}.yaml\n" for n in range(wide) for m in range(wide))
    text = f"blob\nmark :1\n{settings}"
    for each in range(number):
        text += f"commit refs/heads/main\ncommitter T <t@e> {each} +0000\ndata 1\nx\n"
        text += f"M 100644 :1 pmo.yaml\n{files}" if not each else ""
        text += f"M 100644 inline .x.yaml\ndata {len(str(each))}\n{each}\n"
    done = ("git", "fast-import", "--quiet")
    subprocess.run(done, cwd=folder, input=text.encode(), check=True, capture_output=True)
    (folder / "pmo.yaml").write_text("organisation: {name: T, currency: GBP}\n")
    return folder


def test_the_work_on_a_long_history_ends_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = many_commits(tmp_path / "r", 8, 60)
    now = loaded(folder)
    with History(folder, os.environ) as history:
        found = last_change(history, now)
    assert found is not None
    assert found.commit == git(folder, "rev-parse", "HEAD~7")[:12]
    entries = Trees.entries

    def slow(self: Trees, tree: str) -> Mapping[str, Entry]:
        time.sleep(0.5)
        return entries(self, tree)

    monkeypatch.setattr(Trees, "entries", slow)
    monkeypatch.setattr(git_module, "PATIENCE", 1.0)
    with History(folder, os.environ) as history, pytest.raises(HistoryError, match="within 1 sec"):
        last_change(history, now)


def test_a_listing_is_made_once_for_each_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = many_commits(tmp_path / "r", 6, 2)
    asked: list[str] = []
    entries = Trees.entries

    def counted(self: Trees, tree: str) -> Mapping[str, Entry]:
        asked.append(tree)
        return entries(self, tree)

    monkeypatch.setattr(Trees, "entries", counted)
    changed(folder)
    assert sorted(asked) == sorted(set(asked))


def test_one_file_at_many_paths_counts_at_each(tmp_path: Path) -> None:
    files = {f"{number}.csv": "x" * (2 << 20) for number in range(130)}
    folder = new_repository(tmp_path / "r", {"pmo.yaml": "organisation: {name: T}\n"})
    commit(folder, files)
    with pytest.raises(HistoryError, match="more than pmo reads"):
        held(folder, "HEAD")


def test_many_portfolios_in_a_commit_are_told_apart_at_once() -> None:
    others = [f"{number}/pmo.yaml" for number in range(20_000)]
    started = time.process_time()
    own = [f"z/{number}.yaml" for number in range(20_000)]
    assert set(chosen([*others, *own, "1/x.yaml", "1/a/x.yaml", "1a/x/pmo.yaml"], (), ())) == {*own}
    assert time.process_time() - started < 1.5


def test_what_arrives_slowly_gives_little_time() -> None:
    with History(Path(), {}) as history:
        history._received = 1000 << 20
        assert history._left == pytest.approx(git_module.PATIENCE + 20)
