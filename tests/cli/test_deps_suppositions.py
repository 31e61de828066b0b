"""`pmo deps --stop`, `--without` and `--compare` on the rich example, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).resolve().parents[2] / "examples" / "meridian"


def data(*words: str) -> dict[str, Any]:
    done = pmo("-C", MERIDIAN, "deps", *words, "--format", "json", "-q")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["data"]
    assert isinstance(found, dict)
    return found


def test_stop_lists_what_loses_its_case_and_what_becomes_free() -> None:
    done = pmo("-C", MERIDIAN, "deps", "--stop", "atlas", "-q")
    assert done.returncode == 0
    assert "What loses its case if atlas stops, the dearest first" in done.stdout
    assert "contract: cannot be delivered" in done.stdout
    assert "What becomes free" in done.stdout


def test_without_runs_the_ripple_of_what_takes_longer() -> None:
    found = data("--without", "greta-nyman", "--from", "2026-05-01")
    (left,) = found["leaving"]
    assert [each["id"] for each in left["continued"]] == ["atlas.uat", "portal.integrate"]
    assert found["effects"]
    assert found["totals"]


def test_a_slip_and_a_stop_can_be_supposed_together() -> None:
    found = data("atlas.build", "--slip", "10d", "--stop", "dispatch")
    assert found["stopped"]
    assert found["moved"]


@pytest.mark.parametrize(
    ("scenario", "key"), [("without-greta", "leaving"), ("stop-dispatch", "stopped")]
)
def test_a_scenario_of_any_kind_runs(scenario: str, key: str) -> None:
    assert data(scenario)[key]


def test_scenarios_are_compared_with_the_plan_as_it_stands() -> None:
    found = data("--compare")["scenarios"]
    assert [each["scenario"] for each in found][:2] == ["as planned", "build-two-weeks-late"]
    one = data("api-late", "without-greta", "--compare")["scenarios"]
    assert [each["scenario"] for each in one] == ["as planned", "api-late", "without-greta"]
    table = pmo("-C", MERIDIAN, "deps", "--compare", "-q").stdout
    assert "Key dates that move" in table
    assert "+21" in table


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--stop", "altas"), "did you mean atlas?"),
        (("--without", "nobody-here"), "there is no such person"),
        (("--from", "2026-05-01"), "--without PERSON"),
        (("--stop", "atlas", "--format", "svg"), "use table or json"),
        (("--compare", "--format", "dot"), "use table or json"),
        (("atlas", "--compare"), "there is no scenario to compare"),
        (("--without", "greta-nyman", "--from", "soon"), "soon"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_hint(words: tuple[str, ...], message: str) -> None:
    done = pmo("-C", MERIDIAN, "deps", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
