"""Every module lies where a stranger who knows the trade looks for it, under the trade's words."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import house
from benchmarks.themes import (
    OF_ALL_THEMES,
    glossary,
    misplaced,
    refused_names,
    themes,
    unknown_words,
)

ROOT = house.ROOT


@pytest.fixture(scope="module")
def product() -> Sequence[house.Module]:
    """Return every module of the product, read once."""
    return house.modules(house.PRODUCT)


def test_every_module_lies_in_a_theme_under_words_of_the_trade(
    product: Sequence[house.Module],
) -> None:
    assert list(misplaced(module.name for module in product)) == []


@pytest.mark.parametrize("package", OF_ALL_THEMES)
def test_a_module_in_no_theme_is_told(package: str) -> None:
    (told,) = misplaced([f"{package}.exposure"])
    assert told.startswith(f"{package}.exposure: lies in no theme; ")
    assert list(misplaced([f"{package}.risk.exposure"])) == []


def test_a_word_that_the_trade_does_not_know_is_told() -> None:
    (told,) = misplaced(["portfolio.report.sections.risk.risk_outlook"])
    assert "'outlook' is not in benchmarks/glossary.tsv" in told


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("decision", []),
        ("decisions", []),
        ("dependencies", []),
        ("estimate_at_completion", []),
        ("estimate_at_once", ["estimate", "at", "once"]),
        ("risk_columns", []),
        ("columns_of_risk", ["columns", "of"]),
        ("major_voices", ["voices"]),
    ],
)
def test_a_name_is_read_as_words_and_terms_of_several_words(name: str, unknown: list[str]) -> None:
    assert unknown_words(name, glossary()) == unknown


def test_a_name_that_is_a_riddle_is_told(tmp_path: Path) -> None:
    (tmp_path / "portfolio" / "report").mkdir(parents=True)
    (tmp_path / "portfolio" / "report" / "voice.py").touch()
    found = house.modules(["portfolio"], tmp_path)
    told = list(house.broken_limits(found))
    assert told == ["portfolio/report/voice.py: 'voice' says nothing; name what it holds"]
    assert {"utils", "helpers", "landing", "outturn"} <= refused_names()


def test_what_may_lie_outside_the_themes_is_there(product: Sequence[house.Module]) -> None:
    names = {module.name for module in product}
    stated = {f"{package}.{one}" for package, free in OF_ALL_THEMES.items() for one in free}
    assert stated - names == set()


def test_the_glossary_is_short_sorted_and_names_a_standard_for_each_word(
    product: Sequence[house.Module],
) -> None:
    known = glossary()
    assert [*known] == sorted(known)
    assert [word for word, (meaning, user) in known.items() if not meaning or not user] == []
    names = [module.name.rpartition(".")[2] for module in product if _theme_of(module.name)]
    unused = [
        word
        for word in known
        if not any(unknown_words(name, known.keys() - {word}) for name in names)
    ]
    assert unused == []


def _theme_of(name: str) -> bool:
    packages = [f"{package}.{theme}." for package in OF_ALL_THEMES for theme in themes()]
    return name.startswith(tuple(packages))


def test_no_import_is_exempt_from_a_contract() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = stated["tool"]["importlinter"]["contracts"]
    assert [each["id"] for each in contracts if each.get("ignore_imports")] == []


AS_WRITTEN = {
    "portfolio.application.validation",
    "portfolio.rules.comparison",
    "portfolio.rules.rule",
    "portfolio.rules.written",
}
"""What may take the portfolio as it was loaded: what judges files."""


def test_nothing_else_that_is_shown_or_computed_may_read_the_portfolio_itself() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = stated["tool"]["importlinter"]["contracts"]
    (view,) = (each for each in contracts if each["id"] == "view")
    bound = set(view["source_modules"])
    for package in ("application", "rules"):
        parts = (ROOT / "portfolio" / package).iterdir()
        names = {each.stem for each in parts if not each.name.startswith("__")}
        assert {f"portfolio.{package}.{name}" for name in names} <= bound | AS_WRITTEN


def test_no_module_imports_a_private_name_of_another(product: Sequence[house.Module]) -> None:
    private = [
        f"{module.path}: {alias.name}"
        for module in product
        for node in ast.walk(ast.parse((ROOT / module.path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert private == []


def test_the_tests_of_a_package_lie_in_a_folder_of_its_name() -> None:
    tested = {
        path.parent.relative_to(ROOT / "tests")
        for path in (ROOT / "tests").rglob("test_*.py")
        if (ROOT / "portfolio" / path.relative_to(ROOT / "tests").parts[0]).is_dir()
    }
    strangers = [str(each) for each in tested if not (ROOT / "portfolio" / each).is_dir()]
    assert strangers == []
