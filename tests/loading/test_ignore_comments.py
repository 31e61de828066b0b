"""`# pmo: ignore CODE reason` beside what it is about."""

from __future__ import annotations

import pytest

from portfolio.application.validation.findings import judge
from portfolio.loading.ignore_comments import comments_in
from tests.portfolios import load_files

PERSON = "person: {id: dario-lind, name: Dario Lind, role: Analyst, start_date: 2025-01-06"


def codes(*lines: str) -> list[tuple[str, int]]:
    """Return code and line of the findings on one file."""
    found = judge(load_files({"people.yaml": "\n".join([*lines, ""])}))
    return [(each.code, each.location.line) for each in found]


def test_a_comment_behind_a_line_ignores_what_is_found_on_it() -> None:
    line = f"{PERSON}, shoe_size: 42}}"
    assert codes(line) == [("FLD-UNKNOWN", 1)]
    assert codes(f"{line}  # pmo: ignore FLD-UNKNOWN from the old register") == []


def test_a_comment_on_a_line_of_its_own_is_about_the_next() -> None:
    comment = "# pmo: ignore FLD-UNKNOWN from the old register"
    assert codes(comment, "", "# another comment", f"{PERSON}, shoe_size: 42}}") == []


def test_the_beginning_of_a_code_and_several_codes_are_understood() -> None:
    line = f"{PERSON}, shoe_size: 42}}"
    assert codes(f"{line}  # pmo: ignore FLD from the old register") == []
    assert codes(f"{line}  # pmo: ignore FLD-UNKNOWN, RSK-NONE: from the old register") == []


def test_another_line_and_another_code_stay() -> None:
    line = f"{PERSON}, shoe_size: 42}}"
    assert codes(line, "# pmo: ignore FLD-UNKNOWN too late") == [
        ("FLD-UNKNOWN", 1), ("YML-IGNORE", 2),
    ]  # fmt: skip
    assert ("FLD-UNKNOWN", 1) in codes(f"{line}  # pmo: ignore RSK-NONE another")


@pytest.mark.parametrize("comment", ["# pmo: ignore", "# pmo: ignore FLD-UNKNOWN"])
def test_a_comment_without_code_or_reason_ignores_nothing(comment: str) -> None:
    assert codes(f"{PERSON}, shoe_size: 42}}  {comment}") == [
        ("FLD-UNKNOWN", 1), ("YML-IGNORE", 1),
    ]  # fmt: skip


def test_a_comment_that_ignores_nothing_is_reported_unless_only_some_rules_ran() -> None:
    text = f"{PERSON}}}  # pmo: ignore FLD-UNKNOWN was repaired"
    assert codes(text) == [("YML-IGNORE", 1)]
    assert judge(load_files({"people.yaml": text}), ["RSK", "YML"]) == ()


def test_the_same_words_inside_a_value_are_no_comment() -> None:
    text = (
        'name: "# pmo: ignore FLD-UNKNOWN no"\n'
        "note: |\n"
        "  # pmo: ignore FLD-UNKNOWN no\n"
        "other: b  # pmo: ignore FLD-UNKNOWN yes\n"
    )
    assert [each.line for each in comments_in("x.yaml", text.encode())] == [4]


def test_what_could_not_be_read_cannot_be_ignored() -> None:
    found = codes("a: [1  # pmo: ignore YML-SYNTAX never")
    assert all(code.startswith("YML-") for code, _ in found)
    assert found
    twice = codes("people: []", "people: []  # pmo: ignore YML-DUPLICATE-KEY never")
    assert ("YML-DUPLICATE-KEY", 2) in twice
