"""A planning round: the proposals of a portfolio as candidates, its limits, and what ifs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import fsum
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.strategy.portfolio_selection import (
    TOTAL,
    Candidate,
    Limits,
    Selected,
    select,
)
from portfolio.analysis.strategy.prioritisation import Method, Ranking, ranking
from portfolio.measure.currency import at_home
from portfolio.model.delivery.projects import Project
from portfolio.model.strategy import Criterion, Proposal
from portfolio.values import Money, read_period
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View

Worth = Literal["npv", "score"]
WEIGHT_CHANGE, BUDGET_CHANGE = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that a choice is made from.

    ``worth`` tells what the value of a candidate is: its net present value times the confidence in
    it, in ``currency``, or its score. ``left_out`` cannot be chosen, with the reason.
    """

    worth: Worth
    currency: str
    ranking: Ranking
    candidates: tuple[Candidate, ...]
    limits: Limits
    left_out: tuple[tuple[Proposal, str], ...]


@dataclass(frozen=True, slots=True)
class Variation:
    """What was changed to see who stays in, and the best set then."""

    words: str
    selected: Selected


def planning_round(
    portfolio: View,
    *,
    method: Method | None = None,
    worth: Worth | None = None,
    limits: Limits | None = None,
    factors: Mapping[str, float] | None = None,
    among: Collection[str] | None = None,
) -> Round:
    """Return the proposals, ranked, and the limits they compete inside.

    What is left out is taken from `prioritisation` in the settings. The worth is the net present
    value where every proposal states one, else the score. ``among`` are the ids of proposals or of
    their projects. Proposals of projects that are over are no candidates.

    Source: domain A13.
    """
    settings = portfolio.settings.prioritisation
    proposals = [
        each
        for each in portfolio.all(Proposal)
        if among is None or each.id in among or each.project.id in among
    ]
    open_ = [each for each in proposals if not is_over(portfolio.find(each.project, Project))]
    over = tuple((each, "its project is over") for each in proposals if each not in open_)
    ranked = ranking(portfolio, method or settings.method, open_, factors)
    by = worth or settings.worth or ("npv" if all(p.npv for p in open_) and open_ else "score")
    inside = limits if limits is not None else settled_limits(portfolio)
    candidates: list[Candidate] = []
    left_out = list(over)
    scores = {each.proposal.id: each.score for each in ranked.ranked}
    for proposal in open_:
        value = _net_value(portfolio, proposal) if by == "npv" else scores.get(proposal.id)
        costs = _costs(portfolio, proposal, inside.budget)
        if value is None:
            left_out.append((proposal, f"no {'net present value' if by == 'npv' else 'score'}"))
        elif costs is None:
            left_out.append((proposal, "no cost in every period that has a budget"))
        else:
            candidates.append(_candidate(proposal, value, costs))
    currency = portfolio.settings.organisation.currency
    return Round(by, currency, ranked, tuple(candidates), inside, tuple(left_out))


def settled_limits(portfolio: View) -> Limits:
    """Return the budget and the capacity that the settings give the round."""
    settings = portfolio.settings.prioritisation
    budget = dict(settings.budget_by_period or {})
    if settings.budget is not None:
        budget[TOTAL] = settings.budget
    amounts = {key: _amount(portfolio, each) for key, each in budget.items()}
    return Limits(
        {key: each for key, each in amounts.items() if each is not None},
        {skill: float(each) for skill, each in (settings.capacity or {}).items()},
    )


def _candidate(proposal: Proposal, value: float, costs: Mapping[str, float]) -> Candidate:
    return Candidate(
        proposal.id,
        value,
        costs,
        {skill: float(each) for skill, each in (proposal.capacity or {}).items()},
        tuple(each.id for each in proposal.requires),
        tuple(each.id for each in proposal.excludes),
        proposal.mandatory,
    )


def _net_value(portfolio: View, proposal: Proposal) -> float | None:
    amount = None if proposal.npv is None else _amount(portfolio, proposal.npv)
    return None if amount is None else amount * float(proposal.confidence)


def _costs(
    portfolio: View, proposal: Proposal, budget: Collection[str]
) -> Mapping[str, float] | None:
    """Return the cost by the periods of the budget; None where one of them is not known."""
    parts = {key: _amount(portfolio, each) for key, each in (proposal.cost_by_period or {}).items()}
    whole = None if proposal.cost is None else _amount(portfolio, proposal.cost)
    if whole is None and parts and None not in parts.values():
        whole = fsum(each for each in parts.values() if each is not None)
    costs = {} if whole is None else {TOTAL: whole}
    for name in budget:
        if name == TOTAL and whole is None:
            return None
        if name != TOTAL:
            if not parts or None in parts.values():
                return None
            costs[name] = fsum(each or 0.0 for key, each in parts.items() if _lies_in(key, name))
    return costs


def _lies_in(part: str, whole: str) -> bool:
    """Tell whether one period lies in another, as a quarter lies in its year."""
    if part == whole:
        return True
    try:
        inner, outer = read_period(part), read_period(whole)
    except ValueError:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _amount(portfolio: View, money: Money) -> float | None:
    currency = portfolio.settings.organisation.currency
    stated = money if money.currency else Money(money.amount, currency)
    found = at_home(portfolio, stated).value
    return None if found is None else float(found.amount)


def variations(portfolio: View, round_: Round) -> tuple[Variation, ...]:
    """Return the best sets with each weight 20 % and the budgets 10 % higher and lower.

    Weights are varied only where the worth is the score: a net present value does not know them.

    Source: domain A13 (sensitivity).
    """
    found: list[Variation] = []
    among = {each.id for each in round_.candidates}
    criteria: Sequence[Criterion] = round_.ranking.criteria if round_.worth == "score" else ()
    for criterion in criteria:
        for change in (-WEIGHT_CHANGE, WEIGHT_CHANGE):
            varied = planning_round(
                portfolio,
                method=round_.ranking.method,
                worth="score",
                limits=round_.limits,
                factors={criterion.id: 1 + change},
                among=among,
            )
            words = f"weight of {criterion.id} {change:+.0%}"
            found.append(Variation(words, select(varied.candidates, round_.limits)))
    for change in (-BUDGET_CHANGE, BUDGET_CHANGE) if round_.limits.budget else ():
        limits = round_.limits.scaled(1 + change)
        found.append(Variation(f"budget {change:+.0%}", select(round_.candidates, limits)))
    return tuple(found)


def settle(round_: Round, pinned_in: Collection[str], pinned_out: Collection[str]) -> Round:
    """Return the same round with proposals that somebody has settled by hand."""
    limits = replace(
        round_.limits, pinned_in=frozenset(pinned_in), pinned_out=frozenset(pinned_out)
    )
    return replace(round_, limits=limits)


def waterline(round_: Round) -> int | None:
    """Return how many proposals, down the ranking, the whole budget pays for; None without one.

    The line is where the next in rank costs more than is left. The best set may differ: it also
    takes cheaper ones below the line and minds capacity and prerequisites.
    """
    left = round_.limits.budget.get(TOTAL)
    if left is None:
        return None
    costs = {each.id: each.cost.get(TOTAL, 0.0) for each in round_.candidates}
    for number, each in enumerate(round_.ranking.ranked):
        left -= costs.get(each.proposal.id, 0.0)
        if left < 0:
            return number
    return len(round_.ranking.ranked)


def money_of(amount: float) -> Decimal:
    """Return an amount of a round to the cent."""
    return round(Decimal(amount), 2)
