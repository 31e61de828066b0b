"""Which proposals come first, and the best set that can be had: the answer of `pmo prioritise`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure, misnamed

if TYPE_CHECKING:
    from portfolio.analysis.strategy.planning_round import Round, Variation, Worth
    from portfolio.analysis.strategy.portfolio_selection import Limits, Selected
    from portfolio.analysis.strategy.prioritisation import Method
    from portfolio.application.open import Opened
    from portfolio.view.view import View

_SHARES = tuple(share / 10 for share in range(5, 16))
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritisationRequest:
    """Which proposals, how they are ranked, and inside which limits a set is chosen.

    ``budget`` is money by period, or in all under an empty name; ``capacity`` people by skill; None
    takes what the portfolio states. ``pinned_in`` and ``pinned_out`` are settled. ``cut`` is a
    share of the budget in per cent; ``frontier`` and ``sensitivity`` ask for what others bring.
    """

    among: tuple[str, ...] = ()
    method: Method | None = None
    worth: Worth | None = None
    budget: Mapping[str, float] | None = None
    capacity: Mapping[str, float] | None = None
    pinned_in: tuple[str, ...] = ()
    pinned_out: tuple[str, ...] = ()
    cut: float | None = None
    frontier: bool = False
    sensitivity: bool = False


@dataclass(frozen=True, slots=True)
class Prioritisation:
    """The round, the best set, and what was asked beyond these; None for what was not asked."""

    opened: Opened
    round: Round
    best: Selected
    cut: tuple[float, Selected] | None = None
    frontier: tuple[tuple[float, Selected], ...] | None = None
    variations: tuple[Variation, ...] | None = None


def prioritise(opened: Opened, asked: PrioritisationRequest) -> Prioritisation:
    """Rank proposals and find the best set; a Failure where none is found in time."""
    from portfolio.analysis.strategy.planning_round import planning_round, settle, variations
    from portfolio.analysis.strategy.portfolio_selection import frontier, select

    portfolio = opened.view
    whole = planning_round(
        portfolio,
        method=asked.method,
        worth=asked.worth,
        limits=_limits(portfolio, asked),
        among=_among(portfolio, asked.among),
    )
    round_ = settle(
        whole,
        [_proposal(portfolio, each) for each in asked.pinned_in],
        [_proposal(portfolio, each) for each in asked.pinned_out],
    )
    candidates, limits = round_.candidates, round_.limits
    try:
        best = select(candidates, limits)
        cut = None
        if asked.cut is not None and best.is_feasible:
            cut = asked.cut, select(candidates, limits.scaled(1 - asked.cut / _PERCENT))
        return Prioritisation(
            opened,
            round_,
            best,
            cut,
            tuple(frontier(candidates, limits, _SHARES)) if asked.frontier else None,
            tuple(variations(portfolio, round_)) if asked.sensitivity else None,
        )
    except TimeoutError as error:
        raise Failure(str(error), "ask for fewer proposals, or for fewer limits") from None


def _among(portfolio: View, words: Sequence[str]) -> set[str] | None:
    """Return the ids of the proposals and projects that are selected; None for all."""
    from portfolio.application.selection import chosen_ids
    from portfolio.model.strategy import Proposal

    if not words:
        return None
    known = {each.id for each in portfolio.all(Proposal)}
    rest = [each for each in words if each not in known]
    return (set(words) & known) | (chosen_ids(portfolio, rest) if rest else frozenset())


def _proposal(portfolio: View, written: str) -> str:
    """Return the id of a proposal, named by itself or by its project; a Failure for neither."""
    from portfolio.model.strategy import Proposal

    proposals = portfolio.all(Proposal)
    for each in proposals:
        if written in {each.id, each.project.id}:
            return each.id
    known = [each.id for each in proposals]
    raise misnamed(written, known, f"{written!r} is no proposal", "`pmo show proposals` lists them")


def _limits(portfolio: View, asked: PrioritisationRequest) -> Limits | None:
    """Return the limits as the settings have them, with what is asked instead."""
    from portfolio.analysis.strategy.planning_round import settled_limits

    if asked.budget is None and asked.capacity is None:
        return None
    limits = settled_limits(portfolio)
    if asked.budget is not None:
        limits = replace(limits, budget=dict(asked.budget))
    if asked.capacity is not None:
        limits = replace(limits, capacity=dict(asked.capacity))
    return limits
