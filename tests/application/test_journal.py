"""Files that change together: the old ones or the new ones, whatever ends the writer."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.journal import JOURNAL, reading, settle, write_together
from portfolio.application.writing import write_set

COUNT = 40
OLD, NEW = b"a: old\n", b"a: new\n"
PATHS = [f"part-{number % 7}/file-{number}.yaml" for number in range(COUNT)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_set(tmp_path / "set", dict.fromkeys(PATHS, OLD))
    return tmp_path / "set"


def contents(folder: Path) -> set[bytes]:
    return {(folder / path).read_bytes() for path in PATHS}


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


WRITER = """
import itertools, sys, time
from pathlib import Path
from portfolio.application.journal import write_together
folder, count = Path(sys.argv[1]), int(sys.argv[2])
paths = [f"part-{n % 7}/file-{n}.yaml" for n in range(count)]
print("ready", flush=True)
for word in itertools.cycle([b"a: new\\n", b"a: old\\n"]):
    write_together(folder, dict.fromkeys(paths, word))
    time.sleep(0.01)
"""


@pytest.fixture
def writer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start what writes the set again and again, and never stops by itself."""
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(COUNT)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_set_is_written_whole_and_leaves_nothing_beside_it(folder: Path) -> None:
    write_together(folder, dict.fromkeys(PATHS, NEW))
    assert contents(folder) == {NEW}
    assert names(folder) == sorted(Path(path).name for path in PATHS)


def test_a_file_keeps_who_may_read_it(folder: Path) -> None:
    (folder / PATHS[0]).chmod(0o600)
    write_together(folder, dict.fromkeys(PATHS, NEW))
    assert (folder / PATHS[0]).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("turn", range(20))
def test_killed_at_any_moment_it_leaves_old_or_new(
    folder: Path, writer: subprocess.Popen[str], turn: int
) -> None:
    time.sleep(random.Random(turn).uniform(0, 0.25))
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    settle(folder)
    assert len(contents(folder)) == 1
    assert names(folder) == sorted(Path(path).name for path in PATHS)


def test_a_reader_beside_a_writer_sees_old_or_new(
    folder: Path, writer: subprocess.Popen[str]
) -> None:
    seen: set[bytes] = set()
    until = time.monotonic() + 60
    while seen != {OLD, NEW} and time.monotonic() < until:
        with reading(folder):
            found = contents(folder)
        assert len(found) == 1
        seen |= found
        time.sleep(0.005)  # or the writer never has its turn
    assert writer.poll() is None
    assert seen == {OLD, NEW}


def committed(folder: Path) -> None:
    """Leave what a writer leaves that ended between two renames."""
    (folder / JOURNAL).write_text(json.dumps(PATHS) + "\nall staged\n")
    for path in PATHS[: COUNT // 2]:
        (folder / path).write_bytes(NEW)
    for path in PATHS[COUNT // 2 :]:
        (folder / path).with_name(f".{Path(path).name}.pmo-new").write_bytes(NEW)


def test_a_reader_refuses_what_is_half_renamed_and_names_what_finishes_it(folder: Path) -> None:
    committed(folder)
    with pytest.raises(Failure, match="was not finished") as caught, reading(folder):
        pass
    assert "run again" in caught.value.hint
    (folder / "pmo.yaml").touch()
    with pytest.raises(Failure, match="was not finished") as caught, reading(folder):
        pass
    assert f"`pmo -C {folder} validate --fix`" in caught.value.hint
    settle(folder)
    with reading(folder):
        assert contents(folder) == {NEW}


def test_a_rename_that_is_refused_is_said_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace
    done: list[Path] = []

    def refuse(self: Path, target: Path) -> Path:
        if len(done) == COUNT // 2:
            raise PermissionError(1, "Operation not permitted")
        done.append(target)
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(Failure, match="only some files") as caught:
            write_set(folder, dict.fromkeys(PATHS, NEW))
    assert "run again" in caught.value.hint
    settle(folder)
    assert contents(folder) == {NEW}


def test_where_not_even_the_first_rename_is_allowed_nothing_has_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(Failure, match="cannot be written: Operation not permitted") as caught:
            write_set(folder, {"new/a.yaml": NEW, **dict.fromkeys(PATHS, NEW)})
    assert caught.value.hint == "nothing was changed"
    assert contents(folder) == {OLD}
    assert names(folder) == sorted(Path(path).name for path in PATHS)
    assert not (folder / "new").exists()


def test_what_cannot_be_finished_is_said_and_stays_for_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    committed(folder)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        for write in (settle, lambda folder: write_set(folder, {PATHS[0]: OLD})):
            with pytest.raises(Failure, match="cannot be finished: Operation not permitted"):
                write(folder)
    settle(folder)
    assert contents(folder) == {NEW}


def test_folders_that_were_made_for_what_was_never_whole_go_too(folder: Path) -> None:
    (folder / "new" / "deep").mkdir(parents=True)
    (folder / "new" / "deep" / ".a.yaml.pmo-new").write_bytes(b"half")
    (folder / JOURNAL).write_text('["new/deep/a.yaml"]\n["new", "new/deep", "../x"]\n')
    settle(folder)
    assert not (folder / "new").exists()


def test_the_next_writer_finishes_first(folder: Path) -> None:
    committed(folder)
    write_together(folder, {PATHS[0]: OLD})
    assert [(folder / path).read_bytes() for path in PATHS] == [OLD, *[NEW] * (COUNT - 1)]


@pytest.mark.parametrize("journal", ["", "[", '["part-0/file-0.yaml"]', '["part-0/file-0.yaml"]\n'])
def test_what_was_never_whole_is_undone(folder: Path, journal: str) -> None:
    (folder / JOURNAL).write_text(journal)
    staged = folder / "part-0" / ".file-0.yaml.pmo-new"
    if journal.startswith('["'):
        staged.write_bytes(b"half")
    with reading(folder):
        assert contents(folder) == {OLD}
    settle(folder)
    assert contents(folder) == {OLD}
    assert names(folder) == sorted(Path(path).name for path in PATHS)


@pytest.mark.parametrize("path", ["../outside.yaml", "/outside.yaml", "link/a.yaml", ""])
def test_a_journal_that_a_repository_brings_leads_nowhere_outside(
    folder: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    for place in (tmp_path, tmp_path / "elsewhere"):
        (place / ".outside.yaml.pmo-new").write_bytes(b"x")
        (place / ".a.yaml.pmo-new").write_bytes(b"x")
    (folder / JOURNAL).write_text(json.dumps([path]) + "\nall staged\n")
    settle(folder)
    assert not (tmp_path / "outside.yaml").exists()
    assert not (tmp_path / "elsewhere" / "a.yaml").exists()
    assert not (folder / JOURNAL).exists()


@pytest.mark.parametrize("made", ["folder", "pipe"])
def test_what_is_no_file_is_no_journal(folder: Path, made: str) -> None:
    (folder / JOURNAL).mkdir() if made == "folder" else os.mkfifo(folder / JOURNAL)
    with reading(folder):
        assert contents(folder) == {OLD}
    settle(folder)
    assert contents(folder) == {OLD}


def test_a_journal_that_is_a_link_is_no_journal(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text(json.dumps(PATHS) + "\nall staged\n")
    (folder / JOURNAL).symlink_to(tmp_path / "theirs")
    settle(folder)
    assert (tmp_path / "theirs").exists()


def test_two_who_write_at_once_do_not_meet(folder: Path) -> None:
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(Failure, match="another pmo is at work"):
            write_together(folder, dict.fromkeys(PATHS, NEW))
    finally:
        os.close(handle)
    assert contents(folder) == {OLD}
