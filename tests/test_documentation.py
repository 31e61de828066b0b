"""Documentation that lags behind the code fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate, house_map

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOR_CONTRIBUTORS = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")
_PATH = re.compile(r"`((?:\w|[./<>-])+/(?:\w|[./<>-])*)`")
_LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_the_reference_pages_say_what_the_code_says() -> None:
    assert list(generate.stale(generate.reference())) == []


def test_a_changed_a_missing_and_a_forgotten_page_are_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "FOLDER", tmp_path)
    (tmp_path / "changed.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "forgotten.md").write_text("old\n", encoding="utf-8")
    wanted = {tmp_path / "changed.md": "new\n", tmp_path / "missing.md": "new\n"}
    assert list(generate.stale(wanted)) == ["changed.md", "missing.md", "forgotten.md"]


def test_the_map_says_what_the_contracts_and_the_docstrings_say() -> None:
    page = "Before.\n<!-- map: themes -->\nold\n<!-- /map -->\nAfter.\n"
    written = house_map.with_map(page)
    assert written.startswith("Before.\n<!-- map: themes -->\n\n| theme | what lives there |\n")
    assert written.endswith("|\n\n<!-- /map -->\nAfter.\n")
    assert house_map.with_map(written) == written
    layers = [*house_map.layers()]
    names = [line.removeprefix("| ").split()[0] for line in layers]
    assert names.index("portfolio.report") < names.index("portfolio.rules")
    assert layers[names.index("portfolio.history")].startswith("| ")
    assert any(line.endswith("  One module a chart, drawn as SVG") for line in layers)


@pytest.mark.parametrize("page", FOR_CONTRIBUTORS, ids=lambda page: str(page.name))
def test_every_path_that_a_contributor_is_sent_to_exists(page: Path) -> None:
    paths = _PATH.findall(page.read_text(encoding="utf-8"))
    assert paths
    missing = {
        path
        for path in paths
        for real in [path.replace("<theme>", "risk")]
        if not (ROOT / real).exists() and not (ROOT / "portfolio" / real).exists()
    }
    assert missing == set()


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    broken = [
        target
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
