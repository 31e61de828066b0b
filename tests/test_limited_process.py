"""A child with limits: what it may do, what it may not, and how each end is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from portfolio import limited_process
from portfolio.limited_process import Limits, Refused, Stopped, run_limited

TASKS = "tests.limited_tasks"
SMALL = Limits(seconds=1, memory=256 << 20, answer=1 << 20)
PATIENT = Limits(seconds=30, memory=256 << 20, answer=1 << 20)


def stopped(errand: str, limits: Limits = PATIENT) -> Stopped:
    with pytest.raises(Stopped) as caught:
        run_limited(TASKS, errand.encode(), limits)
    return caught.value


def test_bytes_go_in_and_bytes_come_out() -> None:
    assert run_limited(TASKS, b"turn olleh", Limits()) == b"hello"


def test_an_answer_may_be_as_long_as_it_may_be() -> None:
    assert len(run_limited(TASKS, b"fill 1048576", SMALL)) == 1 << 20


def test_what_the_work_refuses_arrives_with_its_hint() -> None:
    with pytest.raises(Refused) as caught:
        run_limited(TASKS, b"refuse look again", Limits())
    assert (caught.value.message, caught.value.hint) == ("holds no sheet", "look again")


def test_no_complaint_is_longer_than_a_screen() -> None:
    assert len(stopped(f"fail {'x' * 99_999}").words) < 5000
    with pytest.raises(Refused) as caught:
        run_limited(TASKS, b"refuse " + b"x" * 99_999, Limits())
    assert len(caught.value.hint) < 5000


def test_it_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    known = set(run_limited(TASKS, b"environment", Limits()).decode().split(","))
    assert known <= {"LC_CTYPE", *limited_process._NEEDED, ""}


def test_nothing_can_be_asked_of_it() -> None:
    assert run_limited(TASKS, b"ask", Limits()) == b""


@pytest.mark.parametrize(
    "errand", ["read pyproject.toml", "read /etc/passwd", "read /dev/zero", "list /"]
)
def test_it_opens_no_file(errand: str) -> None:
    found = stopped(errand)
    assert (found.at, "Too many open files" in found.words) == ("failure", True)


def test_it_writes_no_file(tmp_path: Path) -> None:
    assert stopped(f"write {tmp_path}/a").at == "failure"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("errand", ["connect", "listen", "start true"])
def test_it_opens_no_connection_and_starts_no_program(errand: str) -> None:
    assert "Too many open files" in stopped(errand).words


@pytest.mark.parametrize(
    ("errand", "at", "words"),
    [
        ("loop", "time", "took longer than 1 second"),
        ("sleep", "time", "took longer than 1 second"),
        ("complain", "time", "took longer than 1 second"),
        ("fill 999999999", "memory", "took more than 256 MiB of memory"),
        ("fill 1048577", "answer", "gave more than 1 MiB"),
        ("babble", "answer", "gave more than 1 MiB"),
        ("fail name", "failure", "failed: KeyError: 'name'"),
        ("panic at the row", "failure", "failed: BaseException: at the row"),
        ("killed", "failure", "was ended by SIGSEGV"),
        ("exit 7", "failure", "was ended with exit status 7: the last word"),
        ("exit 0", "failure", "was ended with exit status 0: the last word"),
    ],
)
def test_every_end_is_told_as_what_it_is(errand: str, at: str, words: str) -> None:
    began = time.monotonic()
    found = stopped(errand, SMALL if at == "time" else PATIENT)
    assert (found.at, found.words) == (at, words)
    assert time.monotonic() - began < 15


def test_work_that_cannot_be_found_is_told() -> None:
    with pytest.raises(Stopped, match=r"No module named 'tests\.nowhere'"):
        run_limited("tests.nowhere", b"", Limits())


def test_a_child_that_ends_before_it_has_read_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "_BOOT", "raise SystemExit('no such luck')")
    with pytest.raises(Stopped, match="was ended with exit status 1: no such luck"):
        run_limited(TASKS, b"x" * (8 << 20), Limits())
