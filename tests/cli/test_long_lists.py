"""A list of thousands is told by its first and its number; programs get all of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import pmo

COUNT = 3000
LONGEST_LINE = 1000
SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
ANNA = "person: {id: anna, name: Anna Sample}\n"


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a portfolio in which three thousand activities, and as many people, go in a ring."""
    folder = tmp_path_factory.mktemp("ring")
    (folder / "pmo.yaml").write_text(SETTINGS)
    (folder / "a.yaml").write_text(f"{ANNA}project: {{id: atlas, name: Atlas, sponsor: anna}}\n")
    steps = (f"a{n},atlas,5d,a{(n or COUNT) - 1}\n" for n in range(COUNT))
    (folder / "activities.csv").write_text("id,project,duration,predecessors\n" + "".join(steps))
    people = (f"p{n},P {n},p{(n or COUNT) - 1}\n" for n in range(COUNT))
    (folder / "people.csv").write_text("id,name,line_manager\n" + "".join(people))
    return folder


def is_short(text: str) -> bool:
    return max(map(len, text.splitlines())) < LONGEST_LINE


def test_a_finding_shows_both_ends_of_a_loop(ring: Path) -> None:
    ran = pmo("-C", ring, "validate", "--select", "REF-CYCLE")
    assert ran.stdout.count("error REF-CYCLE") == 2
    assert "2,990 more" in ran.stdout
    assert "2,989 more, which --format json has" in ran.stdout
    assert is_short(ran.stdout)
    assert len(ran.stdout.splitlines()) < 50


def test_programs_get_every_place_of_it(ring: Path) -> None:
    ran = pmo("-C", ring, "validate", "--select", "REF-CYCLE", "--format", "json")
    found = json.loads(ran.stdout)["data"]["diagnostics"]
    assert [len(each["related"]) for each in found] == [COUNT - 1] * 2
    assert all("2,990 more" in each["message"] for each in found)


@pytest.mark.parametrize(
    "words",
    [
        ("deps",),
        ("deps", "--why", "atlas.a5"),
        ("deps", "atlas.a5", "--slip", "10d"),
        ("show", "activity", "atlas.a1"),
        ("risk", "simulate", "--iterations", "100"),
        ("resources", "level"),
        ("export", "mspdi", "atlas"),
        ("report", "board"),
        ("report", "project", "atlas"),
        ("validate", "--format", "github", "--select", "REF-CYCLE"),
    ],
    ids=" ".join,
)
def test_no_line_holds_all_of_them(ring: Path, words: tuple[str, ...]) -> None:
    ran = pmo("-C", ring, *words)
    assert ran.returncode in {0, 1, 2}, ran.stderr
    assert is_short(ran.stdout + "\n" + ran.stderr)


@pytest.mark.parametrize("words", [("deps",), ("report", "board"), ("report", "project", "atlas")])
def test_no_page_holds_a_path_through_all_of_them(ring: Path, words: tuple[str, ...]) -> None:
    ran = pmo("-C", ring, *words, "--format", "html")
    assert ran.returncode == 0, ran.stderr
    assert not re.search('(→[^→<"]*){14}', ran.stdout)


def test_an_import_names_the_first_columns_and_the_number_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "pmo: {organisation: {name: Test, currency: GBP}}\n"
        "tables: [{kind: project, id: nme, fields: {name: nothing-like-it}}]\n"
    )
    (tmp_path / "p.csv").write_text(",".join(f"column {n}" for n in range(COUNT)) + "\n")
    ran = pmo("import", "csv", "p.csv", "-m", "m.yaml", "--into", "new", cwd=tmp_path)
    assert ran.returncode == 2
    assert "and 2,980 more" in ran.stderr
    assert is_short(ran.stderr)
