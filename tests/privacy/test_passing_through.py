"""Dates and load are true for everybody, through hidden work too; money leaves it out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.privacy.asking import answers
from tests.privacy.planting import KNOWN, planted, written
from tests.privacy.secrets import Canary
from tests.same_bytes.questions import Words

BEHIND = f"{KNOWN}.open-milestone"
"""A known milestone that waits for hidden work."""
ASKED: Mapping[str, Words] = {
    "why": ("deps", "--why", BEHIND, "--format", "json"),
    "slip": ("deps", "--slip", "data-hub.api-build=30d", "--format", "json"),
    "milestones": ("show", "milestones", KNOWN, "--format", "json"),
    "activities": ("show", "activities", KNOWN, "--format", "json"),
    "people": ("show", "people", "greta-nyman", "--format", "json"),
    "findings": ("validate", "--format", "json"),
    "level": ("resources", "level", "--format", "json"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what everybody is told, and what those who may know."""
    folder = written(planted(Canary()), tmp_path_factory.mktemp("planted"))
    both = {
        **ASKED,
        **{f"{name} all": (*words, "--include-confidential") for name, words in ASKED.items()},
    }
    found = {
        name: json.loads(answer["stdout"])["data"] for name, answer in answers(folder, both).items()
    }
    return ({name: found[name] for name in ASKED}, {name: found[f"{name} all"] for name in ASKED})


def test_the_date_behind_hidden_work_is_the_same(told: tuple[dict[str, Any], ...]) -> None:
    everybody, few = told
    assert everybody["why"]["date"] == few["why"]["date"]

    def dates(chain: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        return [(step["start"], step["finish"]) for step in chain["why"]]

    assert dates(everybody["why"]) == dates(few["why"])
    assert len(everybody["why"]["why"]) > 2
    assert [step["id"] for step in everybody["why"]["why"][1:2]] != [few["why"]["why"][1]["id"]]


def test_a_slip_goes_through_hidden_work_unchanged(told: tuple[dict[str, Any], ...]) -> None:
    def moved(data: Any) -> dict[str, int]:  # noqa: ANN401
        return {each["id"]: each["days"] for each in data["slip"]["moved"]}

    everybody, few = map(moved, told)
    assert everybody[BEHIND] == few[BEHIND] > 0
    assert sorted(everybody.values()) == sorted(few.values())


@pytest.mark.parametrize("kind", ["milestones", "activities"])
def test_lists_have_the_same_dates_and_figures(told: tuple[dict[str, Any], ...], kind: str) -> None:
    def figures(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        return [
            {key: value for key, value in row.items() if key != "predecessors"}
            for row in data[kind]["rows"]
        ]

    everybody, few = map(figures, told)
    assert everybody == few
    assert everybody


def test_load_counts_hidden_work(told: tuple[dict[str, Any], ...]) -> None:
    everybody, few = (data["people"]["rows"][0] for data in told)
    for key in ("demand", "utilisation", "over_allocation", "peak_utilisation", "capacity"):
        assert everybody[key] == few[key]
    overloads = [
        {(each["person"], each["week"], each["demand_days"]) for each in data["level"]["remaining"]}
        for data in told
    ]
    assert overloads[0] == overloads[1]


def test_an_overload_is_found_at_the_same_person(told: tuple[dict[str, Any], ...]) -> None:
    def places(data: Any) -> set[tuple[str, int]]:  # noqa: ANN401
        return {
            (each["path"], each["line"])
            for each in data["findings"]["diagnostics"]
            if each["code"] == "RES-OVERALLOCATED"
        }

    everybody, few = map(places, told)
    assert everybody == few
    assert everybody
