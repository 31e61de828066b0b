"""A name that is too long for any folder is the user's mistake, wherever it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import pmo

LONG = "n" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("-C", LONG, "validate"),
        ("-C", ".", "report", "-o", f"{LONG}.md"),
        ("-C", ".", "deps", "--with", f"{LONG}.yaml"),
        ("import", "csv", f"{LONG}.csv", "-m", "m.yaml", "--into", "new"),
        ("import", "csv", "t.csv", "-m", f"{LONG}.yaml", "--into", "new"),
        ("import", "csv", "t.csv", "-m", "m.yaml", "--into", LONG),
        ("import", "xer", "t.csv", "--into", LONG),
        ("init", LONG),
    ],
    ids=lambda words: " ".join(words).replace(LONG, "long"),
)
def test_a_name_of_300_letters_is_told_as_such(
    started_portfolio: Path, words: tuple[str, ...]
) -> None:
    folder = started_portfolio / "p"
    (folder / "m.yaml").write_text("tables: [{kind: project, id: id, fields: {name: id}}]\n")
    (folder / "t.csv").write_text("id\na\n")
    ran = pmo(*words, cwd=folder)
    assert ran.returncode == 2, ran.stderr
    assert "a bug in pmo" not in ran.stderr
    assert "nnnn" in ran.stderr
