"""The examples in the documentation of rules, laid over the base portfolio and judged."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from functools import cache
from pathlib import Path

from portfolio.diagnostic import Diagnostic
from portfolio.loading.loader import load, load_texts
from portfolio.model.portfolio import Past
from portfolio.rules.registry import all_rules
from portfolio.rules.rule import check
from portfolio.view.audience import CONFIDANTS
from portfolio.view.view import view_of

BASE = Path(__file__).parent / "base"
DAY = date(2026, 3, 31)
_SETTINGS = re.compile(r"^pmo\.yaml:\n((?: .*\n|\n)+)", re.MULTILINE)


@cache
def base_files() -> dict[str, str]:
    """Return the files of the base portfolio by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in BASE.glob("*.yaml")}


def judged(text: str, folder: Path, before: str = "") -> tuple[Diagnostic, ...]:
    """Return every finding on the base portfolio with an example laid over it.

    ``before`` is what stood there at an earlier commit, for rules that compare.
    """
    past = None
    if before:
        texts = base_files() | {"example.yaml": before}
        then = load_texts({name: each.encode() for name, each in texts.items()}, as_of=DAY)
        assert then.portfolio is not None
        assert {found.code for found in then.diagnostics} <= {"FLD-EXPECTED"}
        past = Past(then.portfolio, "abc123")
    stated = _SETTINGS.search(f"{text}\n")
    settings = textwrap.dedent(stated[1]) if stated else ""
    files = base_files() | {"example.yaml": _SETTINGS.sub("", f"{text}\n")}
    files["pmo.yaml"] += settings
    if not files["example.yaml"].strip():
        del files["example.yaml"]
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    loaded = load(folder, today=DAY)
    assert loaded.portfolio is not None, [d.message for d in loaded.diagnostics]
    portfolio = loaded.portfolio.compared_with(past) if past else loaded.portfolio
    return (
        *loaded.diagnostics,
        *check(view_of(portfolio, CONFIDANTS), portfolio, all_rules().values()),
    )


def codes(text: str, folder: Path, before: str = "") -> set[str]:
    """Return the codes of the findings, those about expected fields apart."""
    return {found.code for found in judged(text, folder, before)} - {"FLD-EXPECTED"}
