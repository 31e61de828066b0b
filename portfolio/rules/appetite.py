"""Rules about what a risk is worth: what responses buy, and what the board is willing to bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.risk import residual_emv, risk_emv, risk_score
from portfolio.diagnostic import Severity
from portfolio.model.delivery import Project
from portfolio.model.governance import Board, Decision
from portfolio.model.risk import Appetite, Risk
from portfolio.rules.rule import Problem, rule
from portfolio.rules.states import is_open_risk
from portfolio.rules.wording import amount, rated, see

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


@rule(Severity.WARNING, Risk)
def rsk_residual_not_lower(risk: Risk, portfolio: Portfolio) -> Iterator[Problem]:
    """A response that costs money leaves the risk as high as it was.

    What it does:
        Where the response is to reduce and the responses cost something: reports a `target` that
        scores no lower than `inherent`, or a `residual` expected value no lower than the present.

    Why it matters:
        That is paying for nothing.

    Example:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, inherent: {p: 2, i: 3}, target: {p: 3, i: 2}, response: reduce,
          responses: [{text: Pay a bonus, cost: 12000, status: in_progress}]}

    Use instead:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, inherent: {p: 2, i: 3}, target: {p: 1, i: 3}, response: reduce,
          responses: [{text: Pay a bonus, cost: 12000, status: in_progress}]}
    """
    costs = [response.cost for response in risk.responses if response.cost is not None]
    if risk.response != "reduce" or not any(cost.amount > 0 for cost in costs):
        return
    if not is_open_risk(risk, portfolio):
        return
    spent = f"the responses cost {amount(costs[0])}{' and more' if len(costs) > 1 else ''}"
    before, after = risk.inherent, risk.target
    now, left = risk_emv(risk).value, residual_emv(risk).value
    if before and after and risk_score(after.p, after.i) >= risk_score(before.p, before.i):
        yield Problem(
            risk,
            f"the target {rated(after)} is not below the inherent {rated(before)}, but {spent}",
            "target",
            "aim lower, or do something else with the money",
            related=(see(risk, f"inherent {rated(before)}", "inherent"),),
        )
    elif now is not None and left is not None and left.amount >= now.amount > 0:
        yield Problem(
            risk,
            f"the residual value {amount(left)} is not below the present {amount(now)}, "
            f"but {spent}",
            "residual",
            "aim lower, or do something else with the money",
        )


@rule(Severity.ERROR, Risk)
def rsk_over_appetite(risk: Risk, portfolio: Portfolio) -> Iterator[Problem]:
    """A threat is beyond the appetite of its category and has not been escalated.

    What it does:
        Compares score and expected value of an open threat with the appetite of its category. It
        is escalated when a decision names it, or its project, in `affects` and lies with the board
        of the appetite, or when a member of that board has accepted it.

    Why it matters:
        Appetite is a promise of the board to itself.

    Example:
        appetite: {category: supplier, max_score: 8, escalate_to: portfolio-board}
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          category: supplier, owner: ben-okafor, current: {p: 3, i: 3}}

    Use instead:
        appetite: {category: supplier, max_score: 8, escalate_to: portfolio-board}
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          category: supplier, owner: ben-okafor, current: {p: 3, i: 3}, accepted_by: anna-reyes}
    """
    if risk.kind_ != "threat" or not is_open_risk(risk, portfolio):
        return
    for appetite in portfolio.all(Appetite):
        if appetite.category != risk.category:
            continue
        excess, key = _excess(risk, appetite)
        if excess and not _is_escalated(risk, appetite, portfolio):
            board = appetite.escalate_to.id if appetite.escalate_to is not None else "the board"
            yield Problem(
                risk,
                f"{excess} for {risk.category} risks, and it is not escalated",
                key,
                f"bring a decision to {board}, or let one of its members accept the risk",
                related=(see(appetite, f"the appetite for {risk.category} risks"),),
            )


def _excess(risk: Risk, appetite: Appetite) -> tuple[str, str]:
    """Say how a risk is beyond an appetite, and which key shows it."""
    rating, limit = risk.current, appetite.max_score
    if rating is not None and limit is not None and risk_score(rating.p, rating.i) > limit:
        return f"the score {rated(rating)} is above the appetite of {limit}", "current"
    value, most = risk_emv(risk).value, appetite.max_emv
    if value is None or most is None or value.currency != most.currency:
        return "", ""
    if value.amount > most.amount:
        return f"the value {amount(value)} is above the appetite of {amount(most)}", "impact_cost"
    return "", ""


def _is_escalated(risk: Risk, appetite: Appetite, portfolio: Portfolio) -> bool:
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


def _decisions_of_project(risk: Risk, portfolio: Portfolio) -> tuple[Decision, ...]:
    project = portfolio.find(risk.project, Project)
    return () if project is None else portfolio.related(project, Decision, "affects")
