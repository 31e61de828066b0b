"""What a reviewer cannot see in a file is told at its line."""

from __future__ import annotations

import pytest

from portfolio.diagnostic import Severity
from tests.portfolios import load_files, problems

PERSON = "person:\n  id: anna\n  name: {}\n"


def told(files: dict[str, str | bytes]) -> list[tuple[str, int, int, str]]:
    found = problems(load_files(files))
    assert all(each.severity is Severity.WARNING for each in found)
    return [
        (each.code, each.location.line, each.location.column, each.message.split(",")[0])
        for each in found
    ]


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ('"Anna \\u202eelpmaS"', "U+202E"),
        ('"Anna \\x1b[2J"', "U+001B"),
        ('"Anna \\e[2J"', "U+001B"),
        ('"\\U00002066Anna"', "U+2066"),
        ("Anna \u202eelpmaS", "U+202E"),
        ('"Anna \\x90"', "U+0090"),
    ],
)
def test_a_character_that_changes_what_is_seen_is_told(name: str, character: str) -> None:
    files: dict[str, str | bytes] = {"people.yaml": PERSON.format(name)}
    assert told(files) == [("FLD-HIDDEN", 3, 9, f"the text holds {character}")]


@pytest.mark.parametrize(
    "name",
    [
        '"Zo\\u00eb \\U0001F469\\u200d\\U0001F680"',  # joined to one picture
        '"\\u05d0\\u05d1 \\u200f(x)"',  # a mark that moves nothing far
        r"'C:\example\x1b'",  # no escape outside double quotes
        '"two\\nlines\\tand a tab"',
        "Søren – “quoted” …",
    ],
)
def test_other_writing_is_left_alone(name: str) -> None:
    assert told({"people.yaml": PERSON.format(name)}) == []


def test_in_a_table_the_line_is_told() -> None:
    table = "id,name\nanna,Anna Sample\nben,Ben \u202eelpmaS\n".encode()
    assert told({"people.csv": table}) == [("FLD-HIDDEN", 3, 9, "the text holds U+202E")]


def test_a_text_with_several_is_told_once() -> None:
    files: dict[str, str | bytes] = {"people.yaml": PERSON.format('"\\x1b\\x1b\\u202e"')}
    assert len(told(files)) == 1
