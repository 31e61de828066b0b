"""`pmo risk simulate` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


def simulated(*words: str) -> dict[str, object]:
    """Return the data of a simulation of the example."""
    done = pmo("risk", "simulate", *words, "--format", "json", cwd=MERIDIAN)
    assert done.returncode == 0, done.stderr
    data: dict[str, object] = json.loads(done.stdout)["data"]
    return data


def test_seed_and_iterations_are_printed_and_no_bar_goes_into_a_pipe() -> None:
    done = pmo("-C", MERIDIAN, "risk", "simulate", "atlas", "--seed", "7", "--iterations", "500")
    assert done.returncode == 0
    assert "500 iterations, seed 7, triangular" in done.stdout
    assert "Contingency to P80" in done.stdout
    assert "\r" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("-C", str(MERIDIAN), "risk", "simulate"),
        ("risk", "-C", str(MERIDIAN), "simulate"),
        ("risk", "simulate", "-C", str(MERIDIAN)),
        ("-q", "risk", f"-C{MERIDIAN}", "--no-color", "simulate"),
    ],
)
def test_shared_options_stand_before_between_and_after(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = pmo(*words, "atlas", "--iterations", "100", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "100 iterations" in done.stdout


def test_the_same_seed_gives_the_same_document() -> None:
    assert simulated("--iterations", "500") == simulated("--iterations", "500")


def test_a_selection_changes_whose_cost_counts_and_no_date() -> None:
    whole, one = simulated("--iterations", "500"), simulated("atlas", "--iterations", "500")
    assert [each["id"] for each in one["projects"]] == ["atlas"]  # type: ignore[attr-defined]
    assert one["cost"]["planned"] < whole["cost"]["planned"]  # type: ignore[index]


def test_opportunities_count_only_when_asked_for() -> None:
    careful = simulated("--iterations", "500")
    hopeful = simulated("--iterations", "500", "--opportunities")
    assert "harbourline-joins" not in str(careful["cost_drivers"])
    assert "harbourline-joins" in str(hopeful["cost_drivers"])
    assert hopeful["cost"]["percentiles"]["P80"] < careful["cost"]["percentiles"]["P80"]  # type: ignore[index]


def test_residual_risks_answer_whether_contingency_covers_what_the_responses_leave() -> None:
    done = pmo("risk", "simulate", "--residual", "--iterations", "500", cwd=MERIDIAN)
    words = " ".join(done.stdout.split())
    assert "risks as they are after their responses" in words
    assert "cover P80" in words or "covers P80" in words
    assert "no residual is stated" in done.stderr
    now, left = simulated("--iterations", "500"), simulated("--iterations", "500", "--residual")
    assert left["risk_base"] == "residual"
    assert left["cost"]["to_p80"] < now["cost"]["to_p80"]  # type: ignore[index]
    assert left["cost"]["covers_p80"] in {True, False}  # type: ignore[index]
    assert "supplier-exit" not in left["without_residual"]  # type: ignore[operator]


def test_the_assumed_correlation_is_told_and_widens_the_cost(tmp_path: Path) -> None:
    lines = "\n".join(
        f"  - {{id: line-{n}, project: atlas, category: labour,"
        " amount_3pt: {min: 50, likely: 100, max: 300},"
        " periods: [{period: 2026-01, amount: 100}]}"
        for n in range(4)
    )
    (tmp_path / "plan.yaml").write_text(
        "people: [{id: anna, name: Anna Sample}]\n"
        "projects: [{id: atlas, name: Atlas, sponsor: anna}]\n"
        f"budget_lines:\n{lines}\n"
    )
    found = []
    for rho in ("0", "0.25", "0.9"):
        (tmp_path / "pmo.yaml").write_text(
            "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
            f"simulation: {{correlation: {rho}}}\n"
        )
        done = pmo("risk", "simulate", "--format", "json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        data = json.loads(done.stdout)["data"]
        assert data["correlation"] == float(rho)
        found.append(int(data["cost"]["to_p80"]))
    assert found == sorted(set(found))


def test_contradicting_correlations_are_repaired_aloud(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(
        "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
    )
    common = "owner: anna, probability: 0.3, impact_cost: 100"
    (tmp_path / "risks.yaml").write_text(
        "people: [{id: anna, name: Anna Sample}]\nrisks:\n"
        f"  - {{id: a, event: A, {common}, correlated_with: [{{risk: b, rho: 0.9}}]}}\n"
        f"  - {{id: b, event: B, {common}, correlated_with: [{{risk: c, rho: 0.9}}]}}\n"
        f"  - {{id: c, event: C, {common}, correlated_with: [{{risk: a, rho: -0.9}}]}}\n"
    )
    done = pmo("risk", "simulate", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "correlations contradict each other" in done.stderr


def test_a_portfolio_without_figures_says_so(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(
        "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
    )
    done = pmo("risk", "simulate", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "not yet measured" in done.stdout
