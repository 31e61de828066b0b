"""What the board is willing to bear, and the threats that are beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.analysis.risk.exposure import risk_emv
from portfolio.analysis.risk.score import risk_score
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Board, Decision
from portfolio.model.risk import Appetite, Rating, Risk
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Excess:
    """A threat beyond an appetite: its rating or its expected value, and the limit of that."""

    appetite: Appetite
    now: Rating | Money
    limit: int | Money
    is_escalated: bool


def excesses(risk: Risk, portfolio: View) -> Iterator[Excess]:
    """Yield the appetites of its category that a threat is beyond; an opportunity is beyond none.

    The score counts first. Without a rating or a quantified value in the currency of the appetite
    there is nothing to compare.
    """
    if risk.kind_ != "threat":
        return
    for appetite in portfolio.all(Appetite):
        if appetite.category == risk.category and (beyond := _beyond(risk, appetite)):
            yield Excess(appetite, *beyond, _is_escalated(risk, appetite, portfolio))


def _beyond(risk: Risk, appetite: Appetite) -> tuple[Rating | Money, int | Money] | None:
    rating, limit = risk.current, appetite.max_score
    if rating is not None and limit is not None and risk_score(rating.p, rating.i) > limit:
        return rating, limit
    value, most = risk_emv(risk).value, appetite.max_emv
    if value is None or most is None or value.currency != most.currency:
        return None
    return (value, most) if value.amount > most.amount else None


def _is_escalated(risk: Risk, appetite: Appetite, portfolio: View) -> bool:
    """Tell whether a decision lies with the board, or one of its members has accepted the risk."""
    board = portfolio.find(appetite.escalate_to, Board)
    decisions = [
        *portfolio.related(risk, Decision, "affects"),
        *(_decisions_of_project(risk, portfolio)),
    ]
    live = [d for d in decisions if d.status in {"open", "decided"}]
    if board is None:
        return risk.accepted_by is not None or bool(live)
    if any(decision.board == appetite.escalate_to for decision in live):
        return True
    return risk.accepted_by is not None and risk.accepted_by in {*board.members, board.chair}


def _decisions_of_project(risk: Risk, portfolio: View) -> tuple[Decision, ...]:
    project = portfolio.find(risk.project, Project)
    return () if project is None else portfolio.related(project, Decision, "affects")
