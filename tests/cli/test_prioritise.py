"""`pmo prioritise` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


def prioritised(*words: str) -> Any:  # noqa: ANN401
    done = pmo("-C", MERIDIAN, "prioritise", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["data"]


def test_the_example_has_a_ranking_a_waterline_and_a_proven_best_set() -> None:
    done = pmo("-C", MERIDIAN, "prioritise")
    assert done.returncode == 0, done.stderr
    assert "Ranked by weighted score" in done.stdout
    assert "~ the budget ends here ~" in done.stdout
    assert "Best set, optimal:" in done.stdout
    assert "of 900,000 GBP" in done.stdout


def test_the_method_is_stored_with_the_result() -> None:
    assert prioritised()["method"] == "weighted"
    assert prioritised("--method", "topsis-minmax")["method"] == "topsis-minmax"


def test_a_proposal_is_pinned_by_its_id_or_by_its_project() -> None:
    for name in ("depot-move", "propose-depot-move"):
        found = prioritised("--pin-in", name)["best_set"]["proposals"]
        assert "propose-depot-move" in found
    assert (
        "propose-ledger-retire"
        not in prioritised("--pin-out", "ledger-retire")["best_set"]["proposals"]
    )


def test_a_cut_says_what_it_drops_and_what_that_loses() -> None:
    found = prioritised("--budget", "760000", "--cut", "10")["cut"]
    assert [each["id"] for each in found["drops"]] == ["propose-depot-move"]
    assert found["loses"] == found["drops"][0]["worth"]
    words = pmo("-C", MERIDIAN, "prioritise", "--budget", "760000", "--cut", "10%").stdout
    assert "A budget 10 % lower drops propose-depot-move" in words
    assert (
        "drops nothing" in pmo("-C", MERIDIAN, "prioritise", "--budget", "9e6", "--cut", "1").stdout
    )


def test_a_cut_that_what_is_mandatory_does_not_survive_is_said() -> None:
    done = pmo("-C", MERIDIAN, "prioritise", "--budget", "430000", "--cut", "10")
    assert "cannot be met: propose-cloud-move is mandatory" in done.stdout


def test_what_cannot_be_met_is_named_and_fails() -> None:
    done = pmo("-C", MERIDIAN, "prioritise", "--budget", "300000")
    assert done.returncode == 1
    assert "These cannot be met together:" in done.stdout
    assert "- propose-cloud-move is mandatory" in done.stdout
    assert "- the budget of 300,000" in done.stdout
    assert "excludes" not in done.stdout


def test_the_frontier_and_the_sensitivity_are_tables() -> None:
    done = pmo("-C", MERIDIAN, "prioritise", "--frontier", "--sensitivity", "--by", "score")
    assert "What less and more money would bring" in done.stdout
    assert "stays in" in done.stdout
    data = prioritised("--frontier", "--sensitivity", "--by", "score")
    worths = [each["worth"] for each in data["frontier"] if each["worth"] is not None]
    assert worths == sorted(worths)
    assert set(data["sensitivity"]["stays_in"]) >= {"propose-cloud-move", "propose-depot-move"}


def test_what_was_varied_is_said() -> None:
    by_score = pmo("-C", MERIDIAN, "prioritise", "--sensitivity", "--by", "score").stdout
    assert "weights 20 % and budgets 10 %" in " ".join(by_score.split())
    by_value = pmo("-C", MERIDIAN, "prioritise", "--sensitivity").stdout
    assert "Who stays in with budgets 10 % higher and lower, 2 times" in " ".join(by_value.split())


def test_without_limits_everything_fits_and_it_says_how_to_state_some(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(
        "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
    )
    (tmp_path / "a.yaml").write_text(
        "people: [{id: anna, name: Anna Sample}]\n"
        "project: {id: a, name: A, sponsor: anna, status: proposed}\n"
        "criterion: {id: fit, name: Fit, weight: 0.5}\n"
        "proposals: [{id: pa, project: a, scores: {fit: 3}}, {id: pb, project: a}]\n"
    )
    done = pmo("-C", tmp_path, "prioritise", "--sensitivity")
    assert "No limit is stated" in done.stdout
    assert "the weights add to 0.5" in done.stderr
    assert "left out: pb, no score on fit" in done.stderr


def test_without_proposals_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text("organisation: {name: Test, currency: GBP}\n")
    assert "No proposal can be compared." in pmo("-C", tmp_path, "prioritise").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--budget", "lots"), "--budget 'lots' cannot be read"),
        (("--budget", "-5"), "--budget '-5' cannot be read"),
        (("--capacity", "3"), "--capacity '3' cannot be read"),
        (("--cut", "half"), "--cut 'half' is no percentage"),
        (("--cut", "110%"), "--cut '110%' is no percentage"),
        (("--pin-in", "propose-cloud"), "did you mean propose-cloud-move?"),
        (("--pin-out", "nobody"), "`pmo show proposals` lists them"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_hint(words: tuple[str, ...], message: str) -> None:
    done = pmo("-C", MERIDIAN, "prioritise", *words)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_selector_chooses_projects_and_a_name_a_proposal() -> None:
    found = prioritised("propose-depot-move", "cloud-move")
    assert {each["proposal"] for each in found["ranking"]} == {
        "propose-depot-move",
        "propose-cloud-move",
    }
