"""`pmo resources level` as a user runs it: a proposal, and the files only when asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
PORTFOLIO = """\
people:
  - {id: ann, name: Ann Sample, role: Tester, productive_share: 1}
projects:
  - id: atlas
    name: Atlas
    sponsor: ann
    activities:
      - id: build
        duration: 30d
      - {id: outline, duration: 4d}
      - id: docs
        predecessors: [outline]
        name: Handbook  # for the users
        duration: 5d  # a guess
  - {id: hub, name: Hub, sponsor: ann}
assignments:
  - {id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-17, pct: 70}
  - {id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: "2026-04-10", pct: 50}
"""
SETTINGS = """\
organisation: {name: Test, currency: GBP}
as_of: 2026-03-31
calendars: {office: {week: {mon-fri: ["08:00-12:00", "13:00-17:00"]}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio in which Ann is booked at 120 %."""
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "portfolio.yaml").write_text(PORTFOLIO)
    return tmp_path


def test_the_example_has_one_shift_that_costs_and_one_overload_that_no_shift_cures() -> None:
    done = pmo("-C", MERIDIAN, "resources", "level")
    assert done.returncode == 0, done.stderr
    assert "portal.pilot" in done.stdout
    assert "portal finishes 2026-06-10 instead of 2026-06-08." in done.stdout
    assert "GBP through every link." in done.stdout
    assert "no shift inside float helps" in done.stdout
    assert "nothing is written" in done.stderr


def test_the_document_says_the_same() -> None:
    done = pmo("-C", MERIDIAN, "resources", "level", "--format", "json")
    data = json.loads(done.stdout)["data"]
    (shift,) = data["shifts"]
    assert (shift["work"], shift["days"], shift["days_beyond_float"]) == ("portal.pilot", 4, 2)
    assert data["weeks_beyond_capacity"] > data["weeks_beyond_capacity_after"]
    assert data["cost"] < 0


def test_nothing_is_written_without_being_asked(folder: Path) -> None:
    pmo("-C", folder, "resources", "level")
    assert (folder / "portfolio.yaml").read_text() == PORTFOLIO


def test_written_it_holds_by_itself_and_every_other_byte_stays(folder: Path) -> None:
    done = pmo("-C", folder, "resources", "level", "--write")
    assert done.returncode == 0, done.stderr
    assert (folder / "portfolio.yaml").read_text() == PORTFOLIO.replace(
        "        duration: 5d  # a guess",
        "        constraint: {type: SNET, date: 2026-04-08}\n        duration: 5d  # a guess",
    ).replace('from: 2026-04-06, to: "2026-04-10"', 'from: 2026-04-08, to: "2026-04-14"')
    again = pmo("-C", folder, "resources", "level")
    assert "Nobody is booked beyond capacity." in again.stdout
    checked = pmo("-C", folder, "validate", "--select", "RES-OVERALLOCATED")
    assert "RES-OVERALLOCATED" not in checked.stdout


def test_between_braces_and_with_other_line_ends_it_is_written_as_well(folder: Path) -> None:
    begin, end = PORTFOLIO.index("      - id: docs"), PORTFOLIO.index("  - {id: hub")
    flow = "      - {id: docs, predecessors: [outline], duration: 5d}\n"
    text = PORTFOLIO[:begin] + flow + PORTFOLIO[end:]
    (folder / "portfolio.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    pmo("-C", folder, "resources", "level", "--write")
    written = (folder / "portfolio.yaml").read_bytes()
    assert b"duration: 5d, constraint: {type: SNET, date: 2026-04-08}}\r\n" in written
    assert written.count(b"\n") == written.count(b"\r\n") == text.count("\n")


def test_work_that_has_a_constraint_is_left_to_the_reader(folder: Path) -> None:
    text = PORTFOLIO.replace(
        "        duration: 5d  # a guess",
        "        constraint: {type: FNET, date: 2026-04-02}\n        duration: 5d",
    )
    (folder / "portfolio.yaml").write_text(text)
    done = pmo("-C", folder, "resources", "level", "--write")
    assert "left to you: atlas.docs starts no earlier than 2026-04-08" in done.stderr
    assert "SNET" not in (folder / "portfolio.yaml").read_text()


def test_a_selector_says_whose_work_may_move(tmp_path: Path) -> None:
    copy = tmp_path / "meridian"
    shutil.copytree(MERIDIAN, copy)
    done = pmo("-C", copy, "resources", "level", "atlas", "--format", "json")
    assert [each["work"] for each in json.loads(done.stdout)["data"]["shifts"]] != ["portal.pilot"]


def test_where_all_is_well_it_says_so(folder: Path) -> None:
    (folder / "portfolio.yaml").write_text(PORTFOLIO.replace("pct: 70", "pct: 20"))
    done = pmo("-C", folder, "resources", "level")
    assert done.stdout == "Nobody is booked beyond capacity.\n"
