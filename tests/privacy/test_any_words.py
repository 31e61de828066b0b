"""Whatever is hidden is called and costs, everybody's outputs have the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.model.kinds import kinds
from tests.privacy.asking import Answer, answers
from tests.privacy.faults import faulty
from tests.privacy.planting import planted, written
from tests.privacy.questions import questions
from tests.privacy.secrets import Shuffled
from tests.same_bytes.differences import difference
from tests.same_bytes.questions import Words
from tests.tools import are_promised

_SECONDS = re.compile(rb"\(\d+\.\d\d s")


def asked() -> dict[str, Words]:
    """Return every question where all is promised, else one format of each."""
    every = questions()
    if are_promised():
        return every
    few = {f"show {kind.PLURAL} json": ("show", kind.PLURAL, "--format", "json")
           for kind in kinds().values()}  # fmt: skip
    wanted = ("json", "site html", "mspdi", "ics", "validate text", "customer, for them html")
    return few | {
        name: words
        for name, words in every.items()
        if words[0] not in {"show", "new"} and name.endswith(wanted)
    }


def answered(seed: int, folder: Path, *, mistaken: bool = False) -> dict[str, Answer]:
    files = faulty(Shuffled(seed)) if mistaken else planted(Shuffled(seed))
    found = answers(written(files, folder / str(seed)), asked())
    return {
        name: {where: _SECONDS.sub(b"(", content) for where, content in answer.items()}
        for name, answer in found.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shuffled")


@pytest.fixture(scope="module")
def first(folder: Path) -> dict[str, Answer]:
    return answered(0, folder)


@pytest.mark.more
@pytest.mark.parametrize("seed", range(1, 5))
def test_other_words_and_amounts_change_no_byte(
    first: dict[str, Answer], folder: Path, seed: int
) -> None:
    other = answered(seed, folder)
    differing = [
        f"{name} · {where}: {said}"
        for name, answer in first.items()
        for where in sorted(answer.keys() | other[name].keys())
        if (said := difference(answer.get(where, b""), other[name].get(where, b"")))
    ]
    assert not differing, f"{len(differing)} in {len(first)} answers\n" + "\n".join(differing)
