"""`pmo deps` as pictures and as a matrix, for people and for other programs."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
QUESTIONS = {
    "picture": (),
    "trees": ("atlas.go-live",),
    "ripple": ("atlas.build", "--slip", "10d"),
    "why": ("--why", "atlas.go-live"),
}


def answer(form: str, *question: str, folder: Path = MERIDIAN) -> str:
    """Return what an answer of `pmo deps` is in a format."""
    done = pmo("-C", folder, "-q", "deps", *question, "--format", form)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz: .ci/tools installs it")
@pytest.mark.parametrize("name", QUESTIONS)
def test_graphviz_draws_every_answer(name: str) -> None:
    text = answer("dot", *QUESTIONS[name])
    done = subprocess.run(
        ["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    assert 'class="edge"' in done.stdout
    assert "rror" not in done.stderr


@pytest.mark.parametrize("name", QUESTIONS)
def test_graphml_has_the_same_arrows_as_dot(name: str) -> None:
    root = ET.fromstring(answer("graphml", *QUESTIONS[name]))  # noqa: S314 - our own words
    edges = root.findall(".//{http://graphml.graphdrawing.org/xmlns}edge")
    arrows = {f'"{edge.get("source")}" -> "{edge.get("target")}"' for edge in edges}
    dot = answer("dot", *QUESTIONS[name])
    assert len(arrows) == dot.count(" -> ") > 0
    assert all(arrow in dot for arrow in arrows)


class TestTheMatrix:
    def test_it_counts_hard_dependencies_and_says_the_least_margin(self) -> None:
        data = json.loads(answer("json"))["data"]["coupling"]
        cells = {(cell["giver"], cell["receiver"]): cell for cell in data["cells"]}
        assert cells["atlas", "ledger-retire"]["open_hard"] == 2
        assert cells["data-hub", "atlas"]["margin"] == 7
        assert ("papyrus", "atlas") not in cells  # a supplier, and only softly
        assert (data["links"], len(data["projects"]), data["density"]) == (4, 13, 0.0256)

    def test_it_stands_below_the_list_where_the_terminal_is_wide_enough(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        lines = answer("table").splitlines()
        heading = next(place for place, line in enumerate(lines) if "gives ↓" in line)
        assert lines[heading].split()[-3:] == ["atlas", "ledger-retire", "portal"]
        assert "4 of 156 possible links between 13 projects" in answer("table")

    def test_a_narrow_terminal_gets_the_density_and_where_the_rest_is(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "40")
        text = answer("table")
        assert "gives ↓" not in text
        assert "--format json has it" in " ".join(text.split())

    def test_one_project_has_no_density(self, tmp_path: Path) -> None:
        (tmp_path / "pmo.yaml").write_text(
            "organisation: {name: T, currency: GBP}\nas_of: 2026-03-02\n"
        )
        (tmp_path / "one.yaml").write_text("project: {id: only, name: Only}\n")
        data = json.loads(answer("json", folder=tmp_path))["data"]["coupling"]
        assert data["density"] is None
        assert data["density_reason"] == "fewer than two projects"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_is_a_drawing_that_needs_nothing_else(name: str) -> None:
    text = answer("svg", *QUESTIONS[name])
    root = ET.fromstring(text)  # noqa: S314 - our own words
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert [each.tag.rpartition("}")[2] for each in root[:2]] == ["title", "desc"]
    assert "href" not in text
    assert text == answer("svg", *QUESTIONS[name])


def test_the_chart_of_a_slip_names_what_moves_and_the_money() -> None:
    text = answer("svg", *QUESTIONS["ripple"])
    for words in ("atlas.go-live", "-85,000 GBP", "Who is hit", "Half-yearly bill run"):
        assert words in text
