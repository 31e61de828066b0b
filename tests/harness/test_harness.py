"""Every command in every format, on portfolios of every sort, ends as it should.

A few dozen runs with every test run, a few thousand with `make test-all`; `make soak` asks for a
hundred thousand, among them every extreme of every field alone. What is wrong says which run it was
and how to repeat it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness import extremes
from tests.harness.faults import Answer, faults
from tests.harness.portfolios import portfolio
from tests.hostile.files import example

SOAK = "PMO_SOAK_RUNS"
ROOT = Path(__file__).resolve().parents[2]


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the table in a process that no test has touched, and whose lines are not counted."""
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    command = [sys.executable, "-m", "tests.harness", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("seed", "runs"),
    [("a few", 40), pytest.param("more", 2000, marks=pytest.mark.more)],
)
def test_whatever_is_asked_of_whatever_portfolio_is_answered_in_full(seed: str, runs: int) -> None:
    ran = _run("--runs", str(runs), "--seed", seed)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.skipif(SOAK not in os.environ, reason="make soak takes every extreme of every field")
def test_so_is_every_extreme_of_every_field_alone() -> None:
    ran = _run("--each", "--runs", os.environ[SOAK], "--seed", "soak")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _faults(words: str, status: int = 0, out: str = "", err: str = "") -> list[str]:
    return [*faults(Answer(tuple(words.split()), status, out.encode(), err.encode(), {}, (), 0.1))]


class TestFaults:
    """A harness that finds nothing has to be one that could."""

    @pytest.mark.parametrize(
        ("words", "status", "out", "err", "wrong"),
        [
            ("validate", 3, "", "error: a bug in pmo\n", "exit status 3"),
            ("deps", -9, "", "", "SIGKILL"),
            ("deps", -24, "", "", "SIGXCPU"),
            ("deps", 1, "", "a\nTraceback (most recent call last):\nKeyError: 1\n", "KeyError"),
            ("deps", 0, "", "/x/y.py:3: RuntimeWarning: overflow\n  a * b\n", "Python warns"),
            ("show risks --format csv", 0, "id\n::error::x\n", "", "CI obeys"),
            ("deps", 0, "a\r ::add-mask::x\n", "", "CI obeys"),
            ("deps", 2, "", "error: ##[error]x\n", "CI obeys"),
            ("validate --format github", 1, "::error file=a::x\n::debug::y\n", "", "CI obeys"),
            ("deps", 0, "\x1b[2J", "", "stdout"),
            ("deps", 2, "half", "error: x\n", "half an answer"),
            ("deps --format json", 0, '{"a":', "", "no whole json"),
            ("deps --format svg", 0, "<svg>", "", "no whole svg"),
            ("show risks --format csv", 0, "a,b\n1\n", "", "no whole csv"),
            ("report board --format html", 0, "<html>", "", "no whole html"),
            ("export ics", 0, "BEGIN:VCALENDAR\n", "", "no whole ics"),
        ],
    )
    def test_what_is_wrong_is_seen(
        self, words: str, status: int, out: str, err: str, wrong: str
    ) -> None:
        assert wrong in " ".join(_faults(words, status, out, err))

    def test_what_is_right_passes(self) -> None:
        assert _faults("validate --format github", 1, "::error file=a.yaml,line=1::x\n") == []
        assert _faults("deps --format json", 0, "{}", "1 error in the portfolio\n") == []
        assert _faults("deps", 2, "", "error: no such thing\nhint: none\n") == []


def test_every_field_of_every_kind_has_a_place_in_the_table() -> None:
    places = extremes.places()
    for name in ("activity.predecessors.0.lag", "settings.as_of", "project.declared_rag.overall"):
        assert name in places
    for entity in example().entities.values():
        for key in entity.FIELDS:
            assert any(name.startswith(f"{entity.KIND}.{key}") for name in places)


def test_an_extreme_stands_where_its_name_says() -> None:
    name = "activity.predecessors.0.lag"
    number = extremes.values(extremes.places()[name]).index("-100y")
    changed = portfolio(f"one {name} {number}")
    usual = extremes.files({})
    assert {path for path in usual if changed[path] != usual[path]} == {"activities.yaml"}
    assert changed["activities.yaml"].count(b'"lag": "-100y"') == 2


@pytest.mark.parametrize("name", ["damaged 17", "packed 3", "hostile 5"])
def test_a_portfolio_is_the_same_whenever_it_is_named(name: str) -> None:
    assert portfolio(name) == portfolio(name)
