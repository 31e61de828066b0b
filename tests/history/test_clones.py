"""Repositories in the shapes that people and services make of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.history.error import HistoryError
from tests.cli.repositories import FILES, PROJECT, commit, git, new_repository
from tests.history.past import changed, held, printed

RISKS = "risks: []\n"


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Return a repository of three commits, the last of them on a branch and about no input."""
    top = new_repository(tmp_path / "upstream", FILES)
    git(top, "config", "uploadpack.allowFilter", "true")
    commit(top, {"portfolio/atlas.yaml": PROJECT.replace("1000", "2000")})
    git(top, "checkout", "-q", "-b", "change")
    commit(top, {"portfolio/board.md": "A report\n"})
    return top


def cloned(upstream: Path, *how: str) -> Path:
    top = upstream.with_name("clone")
    git(upstream.parent, "clone", "-q", *how, f"file://{upstream}", str(top))
    return top / "portfolio"


def last(upstream: Path) -> str:
    return git(upstream, "rev-parse", "main")[:12]


def test_a_shallow_clone_says_that_the_change_may_be_older(upstream: Path) -> None:
    folder = cloned(upstream, "--depth=1")
    found = changed(folder)
    assert found is not None
    assert str(found) == git(upstream, "rev-parse", "HEAD")[:12]
    assert "may be older" in found.note
    assert "git fetch --unshallow" in found.note
    with pytest.raises(HistoryError, match="shallow clone") as refused:
        held(folder, "origin/main")
    assert "git fetch --unshallow" in refused.value.hint
    git(folder, "fetch", "-q", "--unshallow")
    assert printed(folder) == last(upstream)


def test_a_shallow_clone_that_is_deep_enough_knows(upstream: Path) -> None:
    found = changed(cloned(upstream, "--depth=2"))
    assert found is not None
    assert "may be older" in found.note
    git(upstream, "commit", "-q", "--allow-empty", "-m", "Nothing")
    shutil.rmtree(upstream.with_name("clone"))
    found = changed(cloned(upstream, "--depth=4", "--no-single-branch"))
    assert found is not None
    assert (found.commit, found.note) == (last(upstream), "")


@pytest.mark.parametrize("what", ["blob:none", "tree:0"])
def test_a_partial_clone_names_the_fetch_that_it_needs(upstream: Path, what: str) -> None:
    commit(upstream, {"portfolio/atlas.yaml": PROJECT.replace("1000", "3000")})
    folder = cloned(upstream, f"--filter={what}")
    with pytest.raises(HistoryError, match="partial clone") as refused:
        held(folder, "origin/main")
    assert "`git fetch --refetch --no-filter`" in refused.value.hint
    git(folder, "fetch", "-q", "--refetch", "--no-filter")
    assert b"2000" in held(folder, "origin/main").texts["atlas.yaml"]


def test_files_that_are_not_there_do_not_hide_the_last_change(upstream: Path) -> None:
    assert printed(cloned(upstream, "--filter=blob:none")) == last(upstream)


def test_a_part_of_the_work_tree_is_not_the_commit(upstream: Path) -> None:
    folder = cloned(upstream)
    git(folder.parent, "sparse-checkout", "set", "--no-cone", "portfolio/pmo.yaml")
    assert printed(folder).endswith("+changes")


def packed(upstream: Path) -> Path:
    git(upstream, "pack-refs", "--all")
    git(upstream, "gc", "-q")
    return upstream


def detached(upstream: Path) -> Path:
    git(upstream, "checkout", "-q", "--detach")
    return upstream


def linked_worktree(upstream: Path) -> Path:
    git(upstream, "worktree", "add", "-q", "--detach", "../second", "change")
    return upstream.with_name("second")


def submodule(upstream: Path) -> Path:
    above = new_repository(upstream.with_name("above"), {"README": "x"})
    git(above, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(upstream), "sub")
    git(above / "sub", "branch", "-q", "main", "origin/main")
    return above / "sub"


def worktree_of_a_submodule(upstream: Path) -> Path:
    sub = submodule(upstream)
    git(sub, "worktree", "add", "-q", "--detach", "../../third", "HEAD")
    return upstream.with_name("third")


def shared_objects(upstream: Path) -> Path:
    git(upstream.parent, "clone", "-q", "--shared", str(upstream), "shared")
    git(upstream.with_name("shared"), "branch", "-q", "main", "origin/main")
    return upstream.with_name("shared")


def set_apart(upstream: Path) -> Path:
    apart = upstream.with_name("apart.git")
    git(upstream, "init", "-q", f"--separate-git-dir={apart}")
    git(upstream, "config", "core.worktree", str(upstream))
    return upstream


@pytest.mark.parametrize(
    "shape",
    [packed, detached, linked_worktree, submodule, worktree_of_a_submodule, shared_objects,
     set_apart],
)  # fmt: skip
def test_every_shape_of_a_repository_is_read(upstream: Path, shape: Callable[[Path], Path]) -> None:
    wanted = last(upstream)
    top = shape(upstream)
    assert printed(top / "portfolio") == wanted
    found = held(top / "portfolio", "main")
    assert found.commit == wanted
    assert b"bac: 2000" in found.texts["atlas.yaml"]


@pytest.mark.parametrize("ref", ["main", "origin/main~1", "HEAD@{1}", "FETCH_HEAD", "v1"])
def test_every_way_to_name_a_commit_is_understood(upstream: Path, ref: str) -> None:
    folder = cloned(upstream)
    git(folder, "branch", "-q", "main", "origin/main")
    git(folder, "tag", "-a", "-m", "One", "v1", "main")
    git(folder, "fetch", "-q", "origin", "main")
    commit(folder, {"note.yaml": RISKS})
    wanted = git(folder, "merge-base", f"{ref}^{{commit}}", "HEAD")
    assert held(folder, ref).commit == wanted[:12]


def test_before_the_first_commit_there_is_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "pmo.yaml").write_text(FILES["portfolio/pmo.yaml"])
    assert changed(tmp_path) is None
    with pytest.raises(HistoryError, match="there is no commit 'HEAD'"):
        held(tmp_path, "HEAD")


def test_a_lost_object_is_named(upstream: Path) -> None:
    blob = git(upstream, "rev-parse", "main:portfolio/atlas.yaml")
    (upstream / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(HistoryError, match=r"lacks portfolio/atlas\.yaml of commit .*damaged"):
        held(upstream / "portfolio", "main")


def test_a_worktree_that_was_moved_says_how_to_mend_it(upstream: Path) -> None:
    linked_worktree(upstream).rename(upstream.with_name("moved"))
    folder = upstream.with_name("moved") / "portfolio"
    with pytest.raises(HistoryError, match="does not point back") as refused:
        held(folder, "main")
    assert "git worktree repair" in refused.value.hint
    git(upstream, "worktree", "repair", str(folder.parent))
    assert printed(folder) == last(upstream)


def test_a_git_folder_set_apart_says_how_to_claim_it(upstream: Path) -> None:
    apart = upstream.with_name("apart.git")
    git(upstream, "init", "-q", f"--separate-git-dir={apart}")
    with pytest.raises(HistoryError, match="does not point back") as refused:
        held(upstream / "portfolio", "main")
    assert f"git config -f {apart / 'config'} core.worktree {upstream}" in refused.value.hint


def test_refs_in_a_table_are_read_where_git_has_them(tmp_path: Path) -> None:
    tmp_path.joinpath("r").mkdir()
    try:
        git(tmp_path / "r", "init", "-q", "--ref-format=reftable")
    except Exception:  # noqa: BLE001 - whatever an older git says
        pytest.skip("this git keeps refs in files only")
    commit(tmp_path / "r", {"pmo.yaml": FILES["portfolio/pmo.yaml"]})
    assert printed(tmp_path / "r") == git(tmp_path / "r", "rev-parse", "HEAD")[:12]


def test_without_git_installed_it_says_so(upstream: Path) -> None:
    from portfolio.history.git import History

    with (
        History(upstream / "portfolio", {"PATH": str(upstream)}) as history,
        pytest.raises(HistoryError, match="git is not installed"),
    ):
        history.line("rev-parse", "HEAD")
