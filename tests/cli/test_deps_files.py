"""`pmo deps -o FILE`: the answer in a file, in the format that its ending names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
BEGINNINGS = {
    "page.html": "<!doctype html>",
    "graph.mmd": "flowchart LR",
    "graph.dot": "digraph",
    "graph.graphml": "<?xml",
    "graph.svg": "<",
    "answer.json": "{",
    "answer.txt": "Project to project",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_the_ending_of_a_file_names_its_format(name: str, tmp_path: Path) -> None:
    done = pmo("-C", MERIDIAN, "deps", "-o", tmp_path / name)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert f"wrote {tmp_path / name}" in done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(BEGINNINGS[name])


def test_a_format_that_is_asked_for_goes_before_the_ending(tmp_path: Path) -> None:
    file = tmp_path / "graph.txt"
    pmo("-C", MERIDIAN, "deps", "--format", "json", "-o", file)
    assert json.loads(file.read_text(encoding="utf-8"))["command"] == "deps"


def test_what_pmo_wrote_is_written_again_to_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    written = []
    for _ in range(2):
        assert pmo("-C", MERIDIAN, "deps", "-q", "-o", file).returncode == 0
        written.append(file.read_bytes())
    assert written[0] == written[1]


def test_what_somebody_else_wrote_is_kept_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("mine", encoding="utf-8")
    done = pmo("-C", MERIDIAN, "deps", "-o", file)
    assert done.returncode == 2
    assert "was not written by pmo" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert pmo("-C", MERIDIAN, "deps", "-o", file, "--force").returncode == 0
    assert file.read_text(encoding="utf-8") != "mine"


def test_the_page_of_a_reason_opens_where_the_question_was() -> None:
    done = pmo("-C", MERIDIAN, "deps", "--why", "atlas.go-live", "--format", "html")
    assert "<h1>Around atlas.go-live</h1>" in done.stdout


def test_the_page_of_a_slip_says_who_is_hit_first() -> None:
    done = pmo("-C", MERIDIAN, "deps", "--slip", "atlas.build=10d", "--format", "html")
    assert "<h1>What if atlas.build slips by 10d?</h1>" in done.stdout
    assert done.stdout.index("Managed billing for Acme") < done.stdout.index('id="graph"')
