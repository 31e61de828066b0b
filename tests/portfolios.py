"""Portfolios for tests, written as the text that a user would write."""

from __future__ import annotations

import tempfile
import textwrap
from datetime import date
from pathlib import Path

from portfolio.diagnostic import Diagnostic, Severity
from portfolio.loading.loader import Loaded, load
from portfolio.view.audience import CONFIDANTS, Audience
from portfolio.view.view import View, view_of

DAY = date(2026, 3, 31)
SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"


def load_files(files: dict[str, str | bytes]) -> Loaded:
    """Load a portfolio from texts by path; `pmo.yaml` is added where it is not given."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, content in {"pmo.yaml": SETTINGS, **files}.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_encoded(content))
        return load(root, today=DAY)


def _encoded(content: str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    return textwrap.dedent(content).lstrip("\n").encode()


def load_text(text: str, settings: str = SETTINGS) -> Loaded:
    """Load a portfolio of one file, as a test's docstring writes it."""
    return load_files({"pmo.yaml": settings, "portfolio.yaml": text})


def portfolio_of(text: str, settings: str = SETTINGS) -> View:
    """Load a portfolio of one file and show all of it; the text must load."""
    return view_in(load_text(text, settings))


def view_in(loaded: Loaded, audience: Audience = CONFIDANTS) -> View:
    """Show what was loaded, all of it where no other audience is named."""
    assert loaded.portfolio is not None
    return view_of(loaded.portfolio, audience)


def problems(loaded: Loaded) -> list[Diagnostic]:
    """Return the findings of loading, information apart."""
    return [found for found in loaded.diagnostics if found.severity > Severity.INFO]


def brief(loaded: Loaded) -> list[tuple[str, int, int]]:
    """Return code, line and column of the findings of loading, information apart."""
    return [(p.code, p.location.line, p.location.column) for p in problems(loaded)]
