"""The answers of `pmo deps` as graphs in GraphML, which graph programs lay out."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.options import Session
from portfolio.application.dependency_answers import DRAWN, Drawn
from portfolio.exchange.graphs.graphml import write_graphml

ENDINGS = (".graphml",)
COMMENT = "<!-- {} -->"
FORMS = DRAWN


def write(answer: Drawn, _: Session) -> None:
    """Print an answer."""
    console.write(write_graphml(answer.diagram), "markup")
