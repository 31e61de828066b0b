"""Every diagram that `pmo` writes as text is read by the tool it is written for."""

from __future__ import annotations

import json
import re

import pytest

from portfolio.report.outline import outlines
from tests.browser.chromium import Page
from tests.browser.conftest import Write, subject_of

_FENCE = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)

REPORTS = [
    ("report", name, *subject_of(outline), "--format", "markdown")
    for name, outline in outlines().items()
]
GRAPHS = (
    ("deps", "--format", "mermaid"),
    ("deps", "atlas", "--format", "mermaid"),
    ("deps", "atlas.build", "--slip", "10d", "--format", "mermaid"),
)


def rejected(page: Page, diagram: str) -> str:
    """Return what mermaid has against a diagram; nothing where it draws it."""
    found: str = page.value_of(
        f"mermaid.render('d', {json.dumps(diagram)}).then(() => '', error => String(error))"
    )
    return found


def test_mermaid_itself_tells_a_broken_diagram(mermaid: Page) -> None:
    assert rejected(mermaid, "flowchart LR\n  a --> b") == ""
    assert rejected(mermaid, "flowchart LR\n  a --> [") != ""


@pytest.mark.parametrize("words", GRAPHS, ids=" ".join)
def test_mermaid_draws_what_deps_writes(
    mermaid: Page, write: Write, words: tuple[str, ...]
) -> None:
    assert rejected(mermaid, write(*words, suffix=".mmd").read_text(encoding="utf-8")) == ""


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_mermaid_draws_every_diagram_of_a_markdown_report(
    mermaid: Page, write: Write, words: tuple[str, ...]
) -> None:
    text = write(*words, suffix=".md").read_text(encoding="utf-8")
    assert [rejected(mermaid, diagram) for diagram in _FENCE.findall(text)] == [""] * text.count(
        "```mermaid"
    )
