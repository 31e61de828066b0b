"""The answers of `pmo deps` as a page that people click through."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.options import Session
from portfolio.application.dependency_answers import DependencyMap, Explored, Slip, Surroundings
from portfolio.impact.dependencies.explorer import explore
from portfolio.report.explorer.page import explorer_page
from portfolio.report.rendering import render_explorer

ENDINGS = (".html", ".htm")
COMMENT = "<!-- {} -->"
FORMS = frozenset({DependencyMap, Slip, Surroundings})


def write(answer: Explored, _: Session) -> None:
    """Print the page: who is hit or who waits, the picture, everything as a table."""
    found = answer.found if isinstance(answer, Slip) else None
    graph = explore(answer.portfolio, answer.start, found, answer.depth)
    console.write(render_explorer(explorer_page(graph)), "markup")
