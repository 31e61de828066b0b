"""A full disk, a read-only folder, a right that is lost midway: what is said of it is true."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.killing import NOBODY, before_it_writes
from tests.cli.running import pmo
from tests.cli.test_killed import KILLS, as_read
from tests.cli.writers import PLACE, WRITERS, everything, few_at_first, lay_down, put_back, seen

PAGE = 4096
REFUSED = 2


@contextmanager
def disk(place: Path) -> Iterator[None]:
    """Put what lies at a place onto a small disk of its own."""
    state = everything(place)
    words = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        lay_down(state, place)
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, free: int) -> None:
    """Fill the disk of a place but for some pages."""
    with (place / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * PAGE):
                pass
        except OSError:
            file.truncate(file.tell() // PAGE * PAGE - free * PAGE)


@pytest.mark.parametrize("free", [0, 3], ids=["full", "nearly full"])
@pytest.mark.parametrize("name", few_at_first())
def test_on_a_full_disk_nothing_changes_and_the_message_says_so(
    tmp_path: Path, name: str, free: int
) -> None:
    writing = WRITERS[name]
    writing.prepare(tmp_path)
    place = tmp_path / PLACE
    with disk(place), before_it_writes(writing.words, tmp_path) as writer:
        fill(place, free)
        before = everything(place)
        ended, said = writer.run(), writer.said()
        if free and ended.status != REFUSED:
            assert "error:" not in said
            assert everything(place) != before
            return
        assert ended.status == REFUSED
        assert "cannot be written: No space left on device" in said
        assert "nothing was changed" in said
        assert everything(place) == before


@pytest.mark.parametrize("name", few_at_first())
def test_in_a_read_only_folder_nothing_changes_and_the_message_says_so(
    tmp_path: Path, name: str
) -> None:
    writing = WRITERS[name]
    writing.prepare(tmp_path)
    place = tmp_path / PLACE
    with disk(place):
        before = everything(place)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        ran = pmo(*writing.words, cwd=tmp_path)
        assert ran.returncode == REFUSED
        assert "cannot be written: Read-only file system" in ran.stderr
        assert "nothing was changed" in ran.stderr
        assert everything(place) == before


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def give_away(place: Path) -> None:
    """Let everything at a place be another user's, who may change it."""
    for each in (place, *place.rglob("*")):
        os.chown(each, NOBODY, NOBODY)
        each.chmod(0o755 if each.is_dir() else 0o644)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("name", few_at_first())
def test_a_right_that_is_lost_midway_is_said_as_it_is(open_folder: Path, name: str) -> None:
    writing = WRITERS[name]
    writing.prepare(open_folder)
    place = open_folder / PLACE
    before, old = everything(place), seen(place)
    give_away(place)
    with before_it_writes(writing.words, open_folder, NOBODY) as writer:
        whole = writer.run()
        after, new = everything(place), seen(place)
        writer.said()
        steps = random.Random(name).sample(range(1, whole.steps + 1), min(KILLS, whole.steps))
        for step in steps:
            put_back(before, place)
            give_away(place)
            status, said = writer.run(step, "forbidden from").status, writer.said()
            found = as_read(open_folder, writing.root)
            assert found in (None, old, new)
            assert (status == REFUSED) == (found != new)
            assert ("nothing was changed" in said) == (found == old)
            assert ("only some files" in said) == (" finishes it" in said) == (found is None)
            give_away(place)
            writer.run()
            writer.said()
            assert everything(place) == after
