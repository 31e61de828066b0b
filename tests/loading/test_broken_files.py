"""A broken file is one precise finding: no traceback, exit 1, and the other files still speak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import pmo

PEOPLE = "people:\n  - {id: anna, name: Anna Sample}\n"
OTHER = "issue: {id: leak, title: The roof leaks, owner: nobody-here}\n"
_LAUGHS = "\n".join(
    f"  {name}: &{name} [{', '.join(['*' + before] * 10)}]"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)


@dataclass(frozen=True)
class Broken:
    """A file as somebody broke it, and the one finding that it must give."""

    content: str | bytes
    code: str
    line: int
    column: int
    words: str
    name: str = "broken.yaml"


BROKEN = {
    "a tab in the indentation": Broken(
        "people:\n\t- {id: ben, name: Ben}\n", "YML-TAB", 2, 1, "a tab in the indentation"
    ),
    "a key twice": Broken(
        "person:\n  id: ben\n  name: Ben\n  name: Benedict\n",
        "YML-DUPLICATE-KEY", 4, 3, "'name' is written twice",
    ),
    "a byte that is not UTF-8": Broken(
        "person:\n  id: ben\n  name: Zoë\n".encode("latin-1"),
        "YML-ENCODING", 3, 11, "byte 0xeb is not UTF-8",
    ),
    "a list where a mapping belongs": Broken(
        "person: {id: ben, name: Ben}\nproject:\n  id: a\n  name: A\n  sponsor: anna\n"
        "  tolerances: [10d]\n",
        "FLD-TYPE", 6, 15, "tolerances is a list; it must be a mapping",
    ),
    "a bracket that is not closed": Broken(
        "people:\n  - {id: ben, name: Ben\n  - {id: cleo, name: Cleo}\n",
        "YML-SYNTAX", 3, 5, "a bracket opened in line 2 is not closed before this",
    ),
    "an alias bomb": Broken(
        f"bomb:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n{_LAUGHS}\n",
        "YML-ALIAS", 1, 1, "aliases expand this file to more than 100000 values",
    ),
    "a tag of one's own": Broken(
        "person: {id: ben, name: !!python/object:os.system Ben}\n",
        "YML-TAG", 1, 25, "python/object:os.system is not read",
    ),
    "a kind that does not exist": Broken(
        "riks: [{id: late, title: Late, owner: anna}]\n",
        "FLD-UNKNOWN-KIND", 1, 1, "did you mean risk",
    ),
    "a date of another country": Broken(
        "person: {id: ben, name: Ben, end_date: 31/03/2027}\n",
        "FLD-TYPE", 1, 40, "write it as YYYY-MM-DD",
    ),
    "a reference to nobody": Broken(
        "risk: {id: late, title: Late, event: Late, effect: Later, owner: ana}\n",
        "REF-BROKEN", 1, 66, "did you mean anna?",
    ),
    "a list at the top": Broken(
        "- {id: ben, name: Ben}\n", "YML-ROOT", 1, 1, "must be a mapping from kinds to entities"
    ),
    "a second document": Broken(
        "person: {id: ben, name: Ben}\n---\nperson: {id: cleo, name: Cleo}\n",
        "YML-DOCUMENTS", 2, 1, "remove the `---`",
    ),
    "a control character": Broken(
        'person: {id: ben, name: "Ben\x07"}\n', "YML-CHARACTER", 1, 29, "U+0007"
    ),
    "an id with capitals": Broken(
        "person: {id: Ben Okafor, name: Ben}\n", "FLD-ID", 1, 14, "'Ben Okafor' is not a slug"
    ),
    "a bare number for a duration": Broken(
        "project:\n  id: a\n  name: A\n  sponsor: anna\n  tolerances: {time: 10}\n",
        "FLD-TYPE", 5, 22, "for example 10d",
    ),
    "a row with a cell too many": Broken(
        "id,text,owner\ncall,Call Acme, now,anna\n",
        "CSV-CELLS", 2, 21, "the row has 4 cells; the header has 3", "actions.csv",
    ),
    "a date of another country in a table": Broken(
        "id;text;owner;due\ncall;Call Acme;anna;31.03.2026\n",
        "FLD-TYPE", 2, 21, "pmo import csv", "actions.csv",
    ),
    "a table in Windows-1252": Broken(
        "id,text,owner\ncall,Zoë,anna\n".encode("cp1252"),
        "CSV-ENCODING", 2, 1, "not UTF-8", "actions.csv",
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio with people, and another file with a finding of its own."""
    (tmp_path / "pmo.yaml").write_text(
        "organisation: {name: X, currency: GBP}\nas_of: 2026-03-31\n"
    )
    (tmp_path / "people.yaml").write_text(PEOPLE)
    (tmp_path / "other.yaml").write_text(OTHER)
    return tmp_path


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_one_precise_finding_and_the_other_files_still_speak(folder: Path, broken: Broken) -> None:
    content = broken.content if isinstance(broken.content, bytes) else broken.content.encode()
    (folder / broken.name).write_bytes(content)
    done = pmo("validate", "--format", "json", "--select", "YML", "--select", "FLD", "--select",
               "REF", "--select", "CSV", "--ignore", "FLD-EXPECTED", cwd=folder)  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    diagnostics = json.loads(done.stdout)["data"]["diagnostics"]
    (here,) = [each for each in diagnostics if each["path"] == broken.name]
    place = (here["code"], here["line"], here["column"])
    assert place == (broken.code, broken.line, broken.column)
    assert broken.words in f"{here['message']} {here['hint']}"
    assert here["severity"] == "error"
    assert [d["code"] for d in diagnostics if d["path"] == "other.yaml"] == ["REF-BROKEN"]
