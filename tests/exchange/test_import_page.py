"""The page about imports shows what happens, and leaves no key of a mapping out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.exchange.tables.import_summary import problem_lines, summary
from portfolio.exchange.tables.mapping import (
    Cell,
    Child,
    Condition,
    Identifier,
    ImportMapping,
    Layout,
    NumberStyle,
    Table,
)
from portfolio.record import Record
from tests.exchange.importing import run_import


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "import.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize(
    "record", [ImportMapping, Layout, Table, Cell, Child, Condition, Identifier, NumberStyle]
)
def test_every_key_of_a_mapping_is_on_the_page(page: str, record: type[Record]) -> None:
    code = " ".join(re.findall(r"`([^`]+)`", re.sub("```.*?```", "", page, flags=re.DOTALL)))
    words = set(re.findall(r"[a-z_]+", code))
    assert {key for key in record.FIELDS if key not in words} <= {"is"}


def test_every_shipped_mapping_is_on_the_page(page: str, repository: Path) -> None:
    shipped = {path.stem for path in (repository / "examples" / "mappings").glob("*.yaml")}
    listed = page.partition("## Shipped mappings")[2]
    assert set(re.findall(r"^\| `([a-z0-9-]+)`", listed, re.MULTILINE)) == shipped


def test_the_first_mapping_gives_what_the_page_says(page: str, tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text(blocks(page, "csv")[0])
    mapping, written, *_ = blocks(page, "yaml")
    result = run_import(mapping, tmp_path / "projects.csv")
    assert result.broken() == []
    text = result.files["projects/billing-phase-2.yaml"]
    assert text.partition("\n")[2] == written
    account = [*summary(result.tally), f"{len(result.problems)} not understood:"]
    account += [f"  {line}" for line in problem_lines(result.problems)]
    assert account == blocks(page, "text")[0].splitlines()
