"""What registers something wanted is found in the sources."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from pkgutil import ModuleInfo

import pytest

from portfolio.registration import modules_in_themes, states

MARK = re.compile(r"^@column\((\w+)", re.MULTILINE)


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleInfo]:
    """Return the modules in the themes of a package by name; none may be imported."""
    for name, text in {
        "sums/__init__.py": "",
        "sums/columns.py": "raise AssertionError",
        "sums/risk/__init__.py": "",
        "sums/risk/columns.py": "@column(Risk)\ndef score(): ...\nraise AssertionError",
        "sums/risk/score.py": "raise AssertionError",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import sums  # type: ignore[import-not-found]

    found = {module.name: module for module in modules_in_themes(sums, "columns")}
    for name in ("sums", "sums.risk"):
        monkeypatch.delitem(sys.modules, name)
    return found


def test_only_modules_of_themes_with_the_wanted_ending_are_found(
    modules: dict[str, ModuleInfo],
) -> None:
    assert [*modules] == ["sums.risk.columns"]


def test_a_mark_of_something_wanted_is_seen_without_an_import(
    modules: dict[str, ModuleInfo],
) -> None:
    assert states(modules["sums.risk.columns"], MARK, lambda kind: kind == "Risk")
    assert not states(modules["sums.risk.columns"], MARK, lambda kind: kind == "Issue")


def test_a_module_without_its_source_may_state_anything(
    modules: dict[str, ModuleInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = modules["sums.risk.columns"].module_finder
    monkeypatch.setattr(type(finder), "find_spec", lambda *_: None)
    assert states(modules["sums.risk.columns"], MARK, lambda _: False)
