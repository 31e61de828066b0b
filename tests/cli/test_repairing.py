"""`pmo validate --fix`, `--diff`, `--watch` and the baseline, as a user runs them."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PEOPLE = """\
# Who works here.
people:
  - name: Anna Reyes      # the director
    id: anna-reyes
    role: Director
    start_date: 01.02.2020   # was wrong: day first? 1 February or 2 January
  - {id: ben-okafor, name: Ben Okafor, role: Lead, start_date: 31/01/2021}
"""
PROJECTS = "project: {id: atlas, name: Atlas, sponsr: ana-reyes}   # fine otherwise\n"
SOON = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("pmo.yaml", SETTINGS), ("people.yaml", PEOPLE), ("p.yaml", PROJECTS)):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


def test_fix_makes_the_safe_edits_and_leaves_the_rest_to_its_owner(folder: Path) -> None:
    done = pmo("-C", folder, "validate", "--fix")
    assert "fixed 4 findings in 2 files" in done.stderr
    assert (folder / "p.yaml").read_text() == (
        "project: {id: atlas, name: Atlas, sponsor: anna-reyes}   # fine otherwise\n"
    )
    people = (folder / "people.yaml").read_text()
    assert people.startswith(
        "# Who works here.\npeople:\n  - id: anna-reyes\n    name: Anna Reyes      # the director\n"
    )
    assert "start_date: 2021-01-31}" in people
    assert "01.02.2020" in people
    assert done.returncode == 1, "the date with two meanings is still an error"
    assert "01.02.2020" in done.stdout


def test_fix_twice_changes_nothing_more(folder: Path) -> None:
    pmo("-C", folder, "validate", "--fix")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert "nothing that --fix could fix" in pmo("-C", folder, "validate", "--fix").stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_diff_shows_the_edits_and_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = pmo("-C", folder, "validate", "--diff")
    assert done.returncode == 1
    assert (
        "+project: {id: atlas, name: Atlas, sponsor: ana-reyes}   # fine otherwise" in done.stdout
    )
    assert "can be fixed by --fix" in done.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    patch = shutil.which("patch")
    if patch is not None:
        subprocess.run([patch, "-p1"], cwd=folder, input=done.stdout, text=True, check=True)
        assert "sponsor: ana-reyes" in (folder / "p.yaml").read_text()


def test_fix_keeps_the_mode_of_a_file_and_a_link_a_link(folder: Path) -> None:
    (folder / "p.yaml").rename(folder / "real.txt")
    (folder / "p.yaml").symlink_to("real.txt")
    (folder / "real.txt").chmod(0o640)
    pmo("-C", folder, "validate", "--fix")
    assert (folder / "p.yaml").is_symlink()
    assert "anna-reyes" in (folder / "real.txt").read_text()
    assert (folder / "real.txt").stat().st_mode & 0o777 == 0o640


def test_an_id_that_is_taken_is_not_made_of_a_name(folder: Path) -> None:
    (folder / "twice.yaml").write_text("person: {name: Ben Okafor, role: Clerk}\n")
    pmo("-C", folder, "validate", "--fix")
    assert (folder / "twice.yaml").read_text() == "person: {name: Ben Okafor, role: Clerk}\n"


def test_json_says_what_would_repair_a_finding(folder: Path) -> None:
    found = json.loads(pmo("-C", folder, "validate", "--format", "json").stdout)["data"]
    fixes = {d["code"]: d["fix"] for d in found["diagnostics"] if d["fix"]}
    (edit,) = fixes["FLD-UNKNOWN"]
    assert (edit["old"], edit["new"], edit["line"], edit["column"]) == ("sponsr", "sponsor", 1, 35)
    (move,) = fixes["FLD-ORDER"]
    assert (move["line"], move["to_line"], move["to_column"]) == (4, 3, 5)


def test_a_baseline_lets_an_old_portfolio_start_clean(folder: Path) -> None:
    done = pmo("-C", folder, "validate", "--write-baseline")
    assert done.returncode == 0, done.stdout
    assert "accepted" in done.stderr
    again = pmo("-C", folder, "validate")
    assert (again.returncode, again.stdout) == (0, "")
    assert "accepted, --no-baseline shows them" in again.stderr
    assert pmo("-C", folder, "validate", "--no-baseline").returncode == 1


def test_a_new_finding_fails_beside_a_baseline_and_a_moved_line_does_not(folder: Path) -> None:
    pmo("-C", folder, "validate", "--write-baseline")
    moved = "# a new line\n\n" + PROJECTS
    (folder / "p.yaml").write_text(moved)
    assert pmo("-C", folder, "validate").returncode == 0
    (folder / "p.yaml").write_text(moved + "risk: {id: r, event: R, owner: nobody}\n")
    done = pmo("-C", folder, "validate")
    assert done.returncode == 1
    assert "REF-BROKEN" in done.stdout
    assert "sponsr" not in done.stdout


def test_what_was_repaired_can_be_forgotten(folder: Path) -> None:
    pmo("-C", folder, "validate", "--write-baseline")
    pmo("-C", folder, "validate", "--fix", "--no-baseline")
    done = pmo("-C", folder, "validate")
    assert "no longer found, --write-baseline forgets them" in done.stderr
    assert "no longer" not in pmo("-C", folder, "validate", "--select", "RSK").stderr


def test_what_could_not_be_read_is_never_accepted(folder: Path) -> None:
    (folder / "broken.yaml").write_text("risks: [\n")
    assert pmo("-C", folder, "validate", "--write-baseline").returncode == 1
    done = pmo("-C", folder, "validate")
    assert done.returncode == 1
    assert "YML-SYNTAX" in done.stdout


@pytest.mark.parametrize("content", ["", "{}", '{"version": 9, "known": []}', '{"version": 1}'])
def test_a_broken_baseline_ends_the_run_and_says_so(folder: Path, content: str) -> None:
    (folder / ".pmo").mkdir()
    (folder / ".pmo" / "baseline.json").write_text(content)
    done = pmo("-C", folder, "validate")
    assert done.returncode == 2
    assert "--write-baseline" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_a_whole_run_can_be_accepted(folder: Path) -> None:
    done = pmo("-C", folder, "validate", "--write-baseline", "--select", "RSK")
    assert done.returncode == 2
    assert not (folder / ".pmo").exists()


def test_watch_checks_again_when_a_file_changes_and_survives_broken_settings(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pmo_cli", "-C", str(folder), "validate", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    stream = process.stdout

    def listen() -> None:
        for line in stream:
            lines.put(line)

    listener = threading.Thread(target=listen)
    listener.start()

    def until(words: str) -> str:
        seen, end = "", time.monotonic() + SOON
        while time.monotonic() < end:
            try:
                seen += lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if words in seen:
                return seen
        raise AssertionError(seen)

    try:
        assert "FLD-UNKNOWN" in until("watching")
        time.sleep(0.5)  # until the watcher stands
        (folder / "p.yaml").write_text("project: {id: atlas, name: Atlas, sponsor: anna-reyes}\n")
        assert "FLD-UNKNOWN" not in until("watching")
        (folder / "pmo.yaml").write_text("organisation: 5\n")
        assert "error: pmo.yaml cannot be used" in until("watching")
    finally:
        process.terminate()
        process.wait(timeout=SOON)
        listener.join(timeout=SOON)
        stream.close()
