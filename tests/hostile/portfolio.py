"""The hostile portfolio, loaded, and every report of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from portfolio.loading.loader import Loaded, load_texts
from portfolio.report.blocks import Report
from portfolio.report.composition import compose
from portfolio.report.outline import outlines
from portfolio.report.pack import Pack
from portfolio.view.view import View
from tests.hostile.files import hostile_files, most_said
from tests.portfolios import DAY, view_in


@cache
def loaded_hostile(turn: int = 0) -> Loaded:
    """Load the hostile portfolio as every command does."""
    return load_texts(hostile_files(turn), as_of=DAY)


def hostile_portfolio(turn: int = 0) -> View:
    """Return the hostile portfolio: the example and one of each kind, all words replaced."""
    return view_in(loaded_hostile(turn))


def write_hostile(folder: Path, turn: int = 0) -> Path:
    """Write the hostile portfolio into a folder, for commands."""
    for path, content in hostile_files(turn).items():
        (folder / path).write_bytes(content)
    return folder


def hostile_reports(turn: int = 0) -> list[tuple[str, Report]]:
    """Return every report of the hostile portfolio, those about an entity once."""
    portfolio = hostile_portfolio(turn)
    found = []
    for name, outline in outlines().items():
        subject = portfolio.entities[most_said(outline.subject)] if outline.subject else None
        found.append((name, compose(name, Pack(portfolio, (), None, subject=subject))))
    return found
