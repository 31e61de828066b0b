"""Formats are found by their names, and each states what its command asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import FunctionType

import pytest

from pmo_cli.formats.registry import format_for, format_named, names
from portfolio.application.failure import Failure

ASKED_OF_A_FORMAT: Mapping[str, Mapping[str, type]] = {
    "answers": {"write": FunctionType},
    "findings": {"write": FunctionType, "FROM_TOP": bool},
    "dependencies": {"write": FunctionType, "ENDINGS": tuple, "FORMS": frozenset, "COMMENT": str},
    "rows": {"content": FunctionType, "ENDINGS": tuple, "NARROW": bool},
}


@pytest.mark.parametrize("package", ASKED_OF_A_FORMAT)
def test_every_format_that_is_offered_is_a_module_with_all_that_is_asked_of_it(
    package: str,
) -> None:
    offered = names(package)
    assert "json" in offered
    lacking = [
        f"{name}: {asked}"
        for name in offered
        for asked, form in ASKED_OF_A_FORMAT[package].items()
        if not isinstance(getattr(format_named(package, name), asked, None), form)
    ]
    assert lacking == []


def test_a_format_is_found_by_the_ending_of_a_file() -> None:
    assert format_for("dependencies", Path("a.GV"), "table") == "dot"
    assert format_for("rows", Path("a.xlsx"), "table") == "xlsx"
    assert format_for("rows", Path("a"), "table") == "table"


def test_an_ending_that_no_format_has_is_told_with_those_that_are_there() -> None:
    with pytest.raises(Failure, match=r"nothing is written as \.docx here") as caught:
        format_for("dependencies", Path("a.docx"), "table")
    assert ".dot, .graphml, .gv, .htm, .html, .json, .mmd, .svg, .txt" in caught.value.hint
