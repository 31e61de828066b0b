"""Every code that loading reports is documented, and its documentation is true."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from portfolio.loading import discovery
from portfolio.loading.codes.code import Code
from portfolio.loading.codes.registry import CODES
from portfolio.loading.loader import load
from portfolio.rules.rule import sections_of
from tests.rules.examples import base_files

_LITERAL = re.compile(r'"((?:YML|FLD|REF|CSV|CFG)-[A-Z-]+)"')
_NAMED = re.compile(r"# (\S+\.(?:csv|yaml))\n")
WRITTEN = [code for code in CODES.values() if code.example.count("\n")]
codes = pytest.mark.parametrize("code", WRITTEN, ids=lambda code: code.code)


def reported_codes() -> set[str]:
    """Return the codes that the source of loading names, its documentation apart."""
    modules = Path(discovery.__file__).parent.glob("*.py")
    return {
        code
        for module in modules
        if not module.stem.endswith(("_codes", "codes"))
        for code in _LITERAL.findall(module.read_text(encoding="utf-8"))
    }


def found(text: str, folder: Path) -> list[tuple[str, object]]:
    """Return code and severity of what loading finds on the base with an example laid over it."""
    named = _NAMED.match(text)
    name, content = (named[1], text[named.end() :]) if named else ("example.yaml", text)
    for path, base in (base_files() | {name: content}).items():
        (folder / path).write_text(base, encoding="utf-8")
    loaded = load(folder, today=date(2026, 3, 31))
    return [(d.code, d.severity) for d in loaded.diagnostics if d.location.path == name]


def test_every_code_of_loading_is_documented_and_no_other() -> None:
    assert reported_codes() == set(CODES)


@codes
def test_the_example_fires_exactly_its_code(code: Code, tmp_path: Path) -> None:
    seen = {each for each in found(code.example, tmp_path) if each[0] != "FLD-EXPECTED"}
    if code.code == "FLD-EXPECTED":
        seen = set(found(code.example, tmp_path))
    assert seen == {(code.code, code.severity)}


@codes
def test_what_to_use_instead_is_clean(code: Code, tmp_path: Path) -> None:
    seen = {each for each, _ in found(code.instead, tmp_path)}
    assert seen <= ({"FLD-EXPECTED"} - {code.code})


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_the_documentation_has_the_headings_of_a_rule(code: Code) -> None:
    headings = {"What it does", "Why it matters", "Example", "Use instead"}
    assert sections_of(code.documentation).keys() == headings
    assert code.summary.endswith(".")


class TestWhatNoTextCanShow:
    """The codes whose example is a sentence."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "pmo.yaml").write_text("organisation: {name: Test, currency: GBP}\n")
        return tmp_path

    def codes_in(self, folder: Path) -> list[str]:
        return [d.code for d in load(folder, today=date(2026, 3, 31)).diagnostics]

    def test_all_of_them_are_here(self) -> None:
        assert {code.code for code in CODES.values()} - {code.code for code in WRITTEN} == {
            "YML-ENCODING", "CSV-ENCODING", "CFG-MISSING", "YML-UNREADABLE", "YML-OUTSIDE",
            "YML-SIZE", "YML-DEPTH", "YML-CHARACTER", "CFG-EMPTY",
        }  # fmt: skip

    def test_a_list_in_a_list_in_a_list(self, folder: Path) -> None:
        tags = "[" * 5000 + "]" * 5000
        (folder / "people.yaml").write_text(f"person: {{id: a, name: A, tags: {tags}}}\n")
        assert self.codes_in(folder) == ["YML-DEPTH"]

    def test_a_bell(self, folder: Path) -> None:
        (folder / "people.yaml").write_text('person: {id: a, name: "A\x07"}\n')
        assert self.codes_in(folder) == ["YML-CHARACTER"]

    def test_latin_1(self, folder: Path) -> None:
        (folder / "people.yaml").write_bytes("person: {id: a, name: Zoë}\n".encode("latin-1"))
        (folder / "actions.csv").write_bytes("id,text\na,Zoë\n".encode("latin-1"))
        assert self.codes_in(folder) == ["CSV-ENCODING", "YML-ENCODING"]

    def test_nothing_but_portfolios_below(self, folder: Path) -> None:
        (folder / "a").mkdir()
        assert self.codes_in(folder) == []
        (folder / "a" / "pmo.yaml").write_bytes((folder / "pmo.yaml").read_bytes())
        assert self.codes_in(folder) == ["CFG-EMPTY"]

    def test_no_settings(self, tmp_path: Path) -> None:
        assert self.codes_in(tmp_path) == ["CFG-MISSING"]

    def test_a_link_that_leads_nowhere(self, folder: Path) -> None:
        (folder / "people.yaml").symlink_to(folder / "nobody.yaml")
        assert self.codes_in(folder) == ["YML-UNREADABLE"]

    def test_a_link_out_of_the_portfolio(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "people.yaml"
        outside.write_text("people: []\n")
        (folder / "people.yaml").symlink_to(outside)
        assert self.codes_in(folder) == ["YML-OUTSIDE"]

    def test_a_file_beyond_all_measure(self, folder: Path) -> None:
        path = folder / "timesheets.csv"
        path.touch()
        os.truncate(path, discovery.SIZE_LIMIT + 1)
        assert self.codes_in(folder) == ["YML-SIZE"]
