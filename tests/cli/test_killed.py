"""Killed at whatever moment, every writer leaves the old or the new, and nothing for ever."""

from __future__ import annotations

import os
import random
import re
import sys
from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.journal import reading
from tests.cli.killing import before_it_writes
from tests.cli.writers import PLACE, WRITERS, State, everything, few_at_first, put_back, seen

REFUSED = 2
KILLS = int(os.environ.get("PMO_SOAK_KILLS", "20"))


def as_read(folder: Path, root: str) -> State | None:
    """Return what whoever keeps to the lock reads; None where they are told to wait."""
    try:
        with reading(folder / root):
            return seen(folder / PLACE)
    except Failure as failure:
        if not re.search("was not finished|another pmo is at work", failure.message):
            raise
        return None


@pytest.mark.parametrize("name", few_at_first())
def test_killed_it_leaves_the_old_or_the_new(tmp_path: Path, name: str) -> None:
    folder, writing = tmp_path, WRITERS[name]
    writing.prepare(folder)
    place = folder / PLACE
    before = everything(place)
    old = seen(place)
    with before_it_writes(writing.words, folder) as writer:
        whole = writer.run()
        after, new = everything(place), seen(place)
        assert whole.status in {0, 1}
        assert old != new

        def look() -> None:
            assert as_read(folder, writing.root) in (None, old, new)

        steps = random.Random(name).sample(range(1, whole.steps + 1), whole.steps)
        outcomes = dict.fromkeys(("old", "new", "unfinished"), 0)
        for turn in range(KILLS):
            put_back(before, place)
            step = steps[turn // 2 % whole.steps]
            ended = writer.run(step, "killed near" if turn % 2 else "killed at", look)
            assert ended.was_killed or ended.status in {whole.status, REFUSED}
            found = as_read(folder, writing.root)
            assert found in (None, old, new)
            outcomes["unfinished" if found is None else "old" if found == old else "new"] += 1
            again = writer.run()
            refused = {REFUSED} if found == new else set()  # of what is there only once
            assert again.status in {whole.status} | refused
            assert everything(place) == after
    sys.stdout.write(f"{name}: {KILLS} killed among {whole.steps} steps: {outcomes}\n")
