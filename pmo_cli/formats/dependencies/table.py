"""The answers of `pmo deps` for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmo_cli.formats.coupling_matrix import print_coupling
from pmo_cli.formats.dependency_tables import (
    print_money,
    print_picture,
    print_reasons,
    print_ripple,
    print_trees,
)
from pmo_cli.formats.scenario_comparison import print_comparison
from pmo_cli.formats.scenario_tables import print_leaving, print_stopped
from pmo_cli.options import Session
from portfolio.application.dependency_answers import (
    Answer,
    Comparison,
    DateReasons,
    DependencyMap,
    MoneyReasons,
    Slip,
    Supposed,
    Surroundings,
)

ENDINGS = (".txt",)
COMMENT = ""


def _map(answer: DependencyMap, session: Session) -> None:
    print_picture(answer.links, answer.business, answer.awaited, answer.cycles, session)
    print_coupling(answer.coupled, session)


def _supposed(answer: Supposed, session: Session) -> None:
    """Print what loses its case, what stands still, and whom the delays hit."""
    if answer.supposition.stopped is not None:
        print_stopped(answer.supposition.stopped, session)
    for left in answer.supposition.leaving:
        print_leaving(left, session)
    if answer.slip is not None:
        write(answer.slip, session)


_PRINTERS: Mapping[type[Answer], Callable[[Any, Session], None]] = {
    Comparison: print_comparison,
    DateReasons: lambda a, session: print_reasons(a.steps, session),
    DependencyMap: _map,
    MoneyReasons: lambda a, session: print_money(a.found, a.effect, session),
    Slip: lambda a, session: print_ripple(a.found, a.outlook, session),
    Supposed: _supposed,
    Surroundings: lambda a, _: print_trees(a.above, a.below),
}
FORMS = frozenset(_PRINTERS)


def write(answer: Answer, session: Session) -> None:
    """Print an answer."""
    _PRINTERS[type(answer)](answer, session)
