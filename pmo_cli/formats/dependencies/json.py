"""The answers of `pmo deps` as the one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmo_cli import console
from pmo_cli.formats.coupling_matrix import coupling_data
from pmo_cli.formats.dependency_data import (
    money_data,
    picture_data,
    reasons_data,
    ripple_data,
    tree_data,
)
from pmo_cli.formats.scenario_data import outcome_data, scenario_data
from pmo_cli.options import Session
from pmo_cli.session import document
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

ENDINGS = (".json",)
COMMENT = ""


def _map(answer: DependencyMap) -> dict[str, Any]:
    data = picture_data(answer.links, answer.business, answer.awaited, answer.cycles)
    return {**data, "coupling": coupling_data(answer.coupled)}


_DATA: Mapping[type[Answer], Callable[[Any], dict[str, Any]]] = {
    Comparison: lambda a: {"scenarios": [outcome_data(each) for each in a.outcomes]},
    DateReasons: lambda a: reasons_data(a.steps),
    DependencyMap: _map,
    MoneyReasons: lambda a: money_data(a.found, a.effect),
    Slip: lambda a: ripple_data(a.found, a.outlook),
    Supposed: scenario_data,
    Surroundings: lambda a: tree_data(a.above, a.below),
}
FORMS = frozenset(_DATA)


def write(answer: Answer, session: Session) -> None:
    """Print an answer."""
    data = _DATA[type(answer)](answer)
    console.write(document(session, "deps", answer.opened, data))
