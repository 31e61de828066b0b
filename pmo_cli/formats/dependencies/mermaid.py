"""The answers of `pmo deps` as Mermaid diagrams, which documents and merge requests show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmo_cli import console
from pmo_cli.options import Session
from portfolio.application.dependency_answers import (
    Answer,
    DateReasons,
    DependencyMap,
    Slip,
    Surroundings,
)
from portfolio.exchange.graphs.mermaid import (
    draw_picture,
    draw_reasons,
    draw_ripple,
    draw_surroundings,
)

ENDINGS = (".mmd",)
COMMENT = "%% {}"
_DRAWN: Mapping[type[Answer], Callable[[Any], str]] = {
    DateReasons: lambda a: draw_reasons(a.steps),
    DependencyMap: lambda a: draw_picture(a.links, a.business),
    Slip: lambda a: draw_ripple(a.found),
    Surroundings: lambda a: draw_surroundings(a.above, a.below),
}
FORMS = frozenset(_DRAWN)


def write(answer: Answer, _: Session) -> None:
    """Print an answer."""
    console.write(_DRAWN[type(answer)](answer))
