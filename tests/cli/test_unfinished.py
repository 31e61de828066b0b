"""What was not finished: whoever reads refuses, and names what finishes it; whoever writes does."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from portfolio.application.journal import JOURNAL
from tests.cli.running import contents, pmo
from tests.cli.writers import MAPPING, OTHERS, OVERBOOKED, SETTINGS

OLD, NEW = "Handbook", "Manual"
READERS = [
    ("validate",),
    ("validate", "--format", "json"),
    ("validate", "--diff"),
    ("validate", "--write-baseline"),
    ("validate", "--against", "HEAD"),
    ("deps",),
    ("deps", "atlas.build", "--slip", "10d"),
    ("report",),
    ("report", "all", "-o", "site"),
    ("show", "project"),
    ("risk", "simulate"),
    ("resources", "level"),
    ("prioritise",),
    ("export", "mspdi", "atlas"),
    ("export", "ics"),
    ("new", "risk"),
    ("import", "csv", "../p.csv", "-m", "../list.yaml", "--dry-run"),
]
WRITERS = [
    ("validate", "--fix"),
    ("resources", "level", "--write"),
    ("import", "csv", "../p.csv", "-m", "../list.yaml"),
]


def half_written(folder: Path) -> Path:
    """Leave a portfolio whose writer was killed between its second rename and its third."""
    folder.mkdir(parents=True)
    (folder / "pmo.yaml").write_text(SETTINGS)
    paths = [f"{person}.yaml" for person, _ in OTHERS]
    for number, names in enumerate(OTHERS):
        old = OVERBOOKED.format(*names).replace("docs, ", f"docs, name: {OLD}, ")
        new = old.replace(OLD, NEW)
        (folder / paths[number]).write_text(old if number == 2 else new)
        if number == 2:
            (folder / f".{paths[number]}.pmo-new").write_text(new)
    (folder / JOURNAL).write_text(f"{json.dumps(paths)}\n[]\nall staged\n")
    (folder.parent / "list.yaml").write_text(MAPPING)
    (folder.parent / "p.csv").write_text("name,start\nEdge,2026-01-05\n")
    return folder


def is_finished(folder: Path) -> bool:
    files = contents(folder)
    whole = all(NEW.encode() in files[f"{person}.yaml"] for person, _ in OTHERS)
    return whole and JOURNAL not in files and not any(path.endswith("-new") for path in files)


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    return half_written(tmp_path / "a b" / "p")


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_reader_changes_nothing_and_names_a_command_that_does_it(
    unfinished: Path, words: tuple[str, ...]
) -> None:
    before = contents(unfinished)
    ran = pmo("-C", unfinished, *words, cwd=unfinished)
    assert ran.returncode == 2, ran.stdout
    assert ran.stdout == ""
    assert "was not finished" in ran.stderr
    assert contents(unfinished) == before
    named = re.search("`pmo (.*)` finishes it", ran.stderr)
    assert named is not None
    pmo(*shlex.split(named[1]), cwd=Path("/"))
    assert is_finished(unfinished)


def test_a_page_is_not_checked_against_what_is_half_written(unfinished: Path) -> None:
    pmo("-C", unfinished, "validate", "--fix")
    assert pmo("-C", unfinished, "report", "-o", "b.md", cwd=unfinished).returncode == 0
    (unfinished / JOURNAL).write_text('["anna.yaml"]\n[]\nall staged\n')
    ran = pmo("-C", unfinished, "report", "-o", "b.md", "--check", cwd=unfinished)
    assert ran.returncode == 2
    assert "was not finished" in ran.stderr


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_the_next_writer_finishes_it_first(unfinished: Path, words: tuple[str, ...]) -> None:
    ran = pmo("-C", unfinished, *words, cwd=unfinished)
    assert ran.returncode in {0, 1}, ran.stderr
    assert is_finished(unfinished)


def test_init_finishes_what_another_began_and_then_overwrites_nothing(unfinished: Path) -> None:
    ran = pmo("init", unfinished)
    assert ran.returncode == 2
    assert "already has" in ran.stderr
    assert is_finished(unfinished)


def test_what_is_laid_over_a_portfolio_is_finished_with_it(tmp_path: Path) -> None:
    main, over = tmp_path / "main", half_written(tmp_path / "over")
    (over / "pmo.yaml").unlink()
    assert pmo("init", main).returncode == 0
    ran = pmo("-C", main, "--with", over, "show", "project")
    assert ran.returncode == 2
    assert f"--with {over} validate --fix` finishes it" in ran.stderr
    pmo("-C", main, "--with", over, "validate", "--fix")
    assert is_finished(over)


def test_what_is_about_no_portfolio_is_answered(unfinished: Path) -> None:
    assert pmo("explain", "REF-BROKEN", cwd=unfinished).returncode == 0
