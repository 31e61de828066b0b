"""Rules about what a risk is worth: what responses buy, and what the board is willing to bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.risk.appetite import Excess, excesses
from portfolio.analysis.risk.exposure import residual_emv, risk_emv
from portfolio.analysis.risk.score import risk_score
from portfolio.diagnostic import Severity
from portfolio.model.risk import Risk
from portfolio.rules.phrases import amount, rated, see
from portfolio.rules.rule import Problem, rule
from portfolio.values import Money
from portfolio.view.lifecycle import is_open_risk

if TYPE_CHECKING:
    from portfolio.view.view import View


@rule(Severity.WARNING, Risk)
def rsk_residual_not_lower(risk: Risk, portfolio: View) -> Iterator[Problem]:
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
def rsk_over_appetite(risk: Risk, portfolio: View) -> Iterator[Problem]:
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
    if not is_open_risk(risk, portfolio):
        return
    for excess in excesses(risk, portfolio):
        if excess.is_escalated:
            continue
        appetite = excess.appetite
        board = appetite.escalate_to.id if appetite.escalate_to is not None else "the board"
        said, key = _said(excess)
        yield Problem(
            risk,
            f"{said} for {risk.category} risks, and it is not escalated",
            key,
            f"bring a decision to {board}, or let one of its members accept the risk",
            related=(see(appetite, f"the appetite for {risk.category} risks"),),
        )


def _said(excess: Excess) -> tuple[str, str]:
    """Say how a risk is beyond an appetite, and which key shows it."""
    now, limit = excess.now, excess.limit
    most = amount(limit) if isinstance(limit, Money) else str(limit)
    if isinstance(now, Money):
        return f"the value {amount(now)} is above the appetite of {most}", "impact_cost"
    return f"the score {rated(now)} is above the appetite of {most}", "current"
