"""Damaged files of every sort end with findings: no traceback, no hang, no memory without end.

A thousand with every test run, two thousand more with `make test-all`; `make soak` asks for a
hundred thousand. The same seed gives the same files, so that a failure can be repeated.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from tests.fuzzing.seeds import OWN
from tests.fuzzing.targets import TARGETS, Target, check, meridian

SOAK = "PMO_SOAK_INPUTS"
INPUTS = int(os.environ.get(SOAK, "1000"))
PATIENCE = 20  # seconds for one file, of which every one takes milliseconds
MEMORY = 1024**2  # KiB: 1 GiB


class HangError(BaseException):
    """A file that is read for too long; no reader can swallow it."""


@contextmanager
def limited_time() -> Iterator[None]:
    """Stop what takes too long."""

    def stop(_: int, __: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
@pytest.mark.parametrize(
    ("seed", "inputs"), [("", INPUTS), pytest.param("more", 2 * INPUTS, marks=pytest.mark.more)]
)
def test_a_damaged_file_ends_with_findings(
    target: Target, seed: str, inputs: int, tmp_path: Path
) -> None:
    random = Random(f"{target.name}{seed}")
    failed: dict[str, Path] = {}
    for number in range(inputs * target.share // 100):
        content = target.draw(random)
        try:
            with limited_time():
                target.read(content)
        except (Exception, HangError) as error:  # noqa: BLE001 - whatever escapes is the finding
            kept = tmp_path / f"{target.name}-{number}"
            kept.write_bytes(content)
            failed.setdefault(where(error), kept)
    assert failed == {}, "each of these files was not survived"


def where(error: BaseException) -> str:
    """Return what escaped and from where, so that the same is counted once."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {error!s:.80} at {last.filename}:{last.lineno}"


def test_what_is_damaged_was_whole() -> None:
    for target in TARGETS:
        for seed in target.seeds:
            target.read(seed)
    loaded, findings = check(
        {
            "pmo.yaml": OWN.encode(),
            **{name: content for name, content in meridian().items() if name != "pmo.yaml"},
        }
    )
    assert loaded.portfolio is not None
    assert {"OWN-LATE"} <= {found.code for found in findings}


def test_the_shares_are_of_a_hundred() -> None:
    assert sum(target.share for target in TARGETS) == 100


@pytest.mark.skipif(SOAK not in os.environ, reason="make soak measures the memory of all inputs")
def test_all_of_it_took_less_than_a_gibibyte() -> None:
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY
