"""The answers of `pmo deps` as graphs in Graphviz."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.options import Session
from portfolio.application.dependency_answers import DRAWN, Drawn
from portfolio.exchange.graphs.dot import write_dot

ENDINGS = (".dot", ".gv")
COMMENT = "// {}"
FORMS = DRAWN


def write(answer: Drawn, _: Session) -> None:
    """Print an answer."""
    console.write(write_dot(answer.diagram))
