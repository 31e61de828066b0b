"""Whether delivery serves the strategy: alignment, spend by objective, what serves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.currency import at_home
from portfolio.measure.measure import Measure, every, ratio, share, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Project
from portfolio.model.index import per_portfolio
from portfolio.model.strategy import Objective
from portfolio.values import Money
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View

DIRECT = 2
_ESSENTIAL = 3
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Spend:
    """Where the budget of projects goes; all in one currency.

    ``mandatory`` is a slice of its own and never unaligned; ``unaligned`` serves no objective
    directly; ``without_objective`` is the part of it that serves none at all. ``unknown`` names
    the projects without a budget.
    """

    whole: Money
    mandatory: Money
    unaligned: Money
    without_objective: Money
    unknown: tuple[Project, ...]

    @property
    def unaligned_share(self) -> Measure[Decimal]:
        """Return unaligned / whole, 0..1; nothing budgeted: zero_denominator."""
        return _share(self.unaligned, self.whole)


@dataclass(frozen=True, slots=True)
class ObjectiveSpend:
    """What is budgeted for an objective and those below it, as a share of the whole.

    ``target`` is the share that it should get, None where nobody said.
    """

    objective: Objective
    amount: Money
    share: Measure[Decimal]
    target: Decimal | None
    projects: tuple[Project, ...]


@per_portfolio
def sibling_weights(portfolio: View) -> Mapping[str, Decimal]:
    """Return the weight of each active objective among those beside it, made to add to 1.

    Objectives beside one that states no weight share what is left evenly; nothing left: 0.

    Source: domain A13 (weights not adding to 1: normalise).
    """
    found: dict[str, Decimal] = {}
    for siblings in children(portfolio).values():
        stated = sum((each.weight or _NONE for each in siblings), _NONE)
        silent = [each for each in siblings if each.weight is None]
        rest = max(_NONE, 1 - stated) / len(silent) if silent else _NONE
        whole = stated + rest * len(silent)
        for each in siblings:
            weight = rest if each.weight is None else each.weight
            found[each.id] = weight / whole if whole else _NONE
    return found


@per_portfolio
def children(portfolio: View) -> Mapping[str, list[Objective]]:
    """Return the active objectives below each, and below nothing under an empty name."""
    return grouped(
        (each.parent.id if each.parent is not None else "", each)
        for each in portfolio.all(Objective)
        if each.status == "active"
    )


def alignment(portfolio: View, project: Project) -> Measure[Decimal]:
    """Return sum of weight x contribution / 3 over the objectives, 0..1.

    Contributions are 0 none, 1 indirect, 2 direct, 3 essential. An objective is served by a
    contribution to itself or, by their weights, to those below it, whichever is more. No
    objectives in the portfolio: no_data; none of the project's: 0.

    Source: domain A13; worked example WE-48.
    """
    if not children(portfolio).get(""):
        return unknown("no_data", "no objective is stated")
    stated = {each.objective.id: each.contribution for each in project.objectives}
    if stated and all(each is None for each in stated.values()):
        return unknown("no_data", "how much it contributes is not stated")
    known = {id_: Decimal(value or 0) / _ESSENTIAL for id_, value in stated.items()}
    return Measure(_served(portfolio, "", known))


def _served(portfolio: View, parent: str, known: Mapping[str, Decimal]) -> Decimal:
    weights = sibling_weights(portfolio)
    return sum(
        (
            weights[each.id] * max(known.get(each.id, _NONE), _served(portfolio, each.id, known))
            for each in children(portfolio).get(parent, ())
        ),
        _NONE,
    )


def best_contribution(project: Project) -> int:
    """Return the highest contribution of a project to any objective, 0 where it names none.

    Source: domain A13: what is aligned is judged on the best single contribution.
    """
    return max((each.contribution or 0 for each in project.objectives), default=0)


def primary_objective(portfolio: View, project: Project) -> Objective | None:
    """Return the objective that a project serves most, of equals the weightiest; None for none."""
    weights = sibling_weights(portfolio)
    served = [each for each in project.objectives if each.contribution]
    if not served:
        return None
    best = max(served, key=lambda e: (e.contribution or 0, weights.get(e.objective.id, _NONE)))
    return portfolio.find(best.objective, Objective)


def spend(portfolio: View, projects: Sequence[Project]) -> Measure[Spend]:
    """Return how much of the budget of projects serves the strategy.

    Unaligned is the budget of projects whose best contribution is below 2 and that are not
    mandatory. No project with a budget: no_data; an exchange rate that is missing as well.

    Source: domain A13; worked example WE-48.
    """
    silent = tuple(each for each in projects if each.bac is None)
    currency = portfolio.settings.organisation.currency

    def spent(budgets: Mapping[Project, Decimal]) -> Spend:
        def of(chosen: Iterable[Project]) -> Money:
            return Money(sum((budgets[each] for each in chosen), _NONE), currency)

        free = [each for each in budgets if each.category != "mandatory"]
        unaligned = [each for each in free if best_contribution(each) < DIRECT]
        return Spend(
            of(budgets),
            of(each for each in budgets if each.category == "mandatory"),
            of(unaligned),
            of(each for each in unaligned if not best_contribution(each)),
            silent,
        )

    return _budgets(portfolio, projects).map(spent)


def _budgets(portfolio: View, projects: Sequence[Project]) -> Measure[dict[Project, Decimal]]:
    """Return the budgets that are stated, in the organisation's currency; none is: no_data."""
    stated = {each: each.bac for each in projects if each.bac is not None}
    if not stated:
        return unknown("no_data", "no project states a budget")
    return every(at_home(portfolio, budget) for budget in stated.values()).map(
        lambda found: dict(zip(stated, (money.amount for money in found), strict=True))
    )


def spend_by_objective(
    portfolio: View, projects: Sequence[Project]
) -> Measure[tuple[ObjectiveSpend, ...]]:
    """Return what is budgeted for each objective without a parent, by the primary objective.

    The whole budget of a project counts for the objective that it serves most, and for those above
    that. The share is of the budget of all the projects, those that serve nothing included.

    Source: domain A13; worked example WE-48.
    """
    return _budgets(portfolio, projects).map(
        lambda budgets: tuple(_by_objective(portfolio, budgets))
    )


def _by_objective(portfolio: View, budgets: Mapping[Project, Decimal]) -> Iterator[ObjectiveSpend]:
    currency = portfolio.settings.organisation.currency
    whole = Money(sum(budgets.values(), _NONE), currency)
    tops = ((_top(portfolio, primary_objective(portfolio, each)), each) for each in budgets)
    served = grouped((top.id, project) for top, project in tops if top is not None)
    for objective in children(portfolio).get("", ()):
        members = served.get(objective.id, [])
        amount = Money(sum((budgets[each] for each in members), _NONE), currency)
        pct = objective.target_spend_pct
        target = None if pct is None else pct / 100
        yield ObjectiveSpend(objective, amount, _share(amount, whole), target, tuple(members))


def _top(portfolio: View, objective: Objective | None) -> Objective | None:
    """Return the objective without a parent that one stands under; a loop ends where it began."""
    seen: set[str] = set()
    while objective is not None and objective.parent is not None and objective.id not in seen:
        seen.add(objective.id)
        objective = portfolio.find(objective.parent, Objective) or objective
    return objective


def objective_coverage(portfolio: View) -> Measure[Decimal]:
    """Return active objectives that a project serves directly / active objectives, 0..1.

    Directly is a contribution of 2 or more of a project that is not over, to the objective itself
    or to one below it. No active objective: no_data.

    Source: domain A13.
    """
    active = (each for each in portfolio.all(Objective) if each.status == "active")
    return share((is_served(portfolio, each) for each in active), "no objective is active")


def is_served(
    portfolio: View,
    objective: Objective,
    *,
    unstated: int = 0,
    seen: frozenset[str] = frozenset(),
) -> bool:
    """Tell whether a live project serves an objective, or one below it, directly.

    ``unstated`` is what a contribution counts for that nobody has put a number on.
    """
    direct = any(
        each.objective.id == objective.id
        and (unstated if each.contribution is None else each.contribution) >= DIRECT
        for project in portfolio.related(objective, Project, "objective")
        if not is_over(project)
        for each in project.objectives
    )
    return direct or any(
        is_served(portfolio, child, unstated=unstated, seen=seen | {objective.id})
        for child in children(portfolio).get(objective.id, ())
        if child.id not in seen
    )


def _share(part: Money, whole: Money) -> Measure[Decimal]:
    return ratio(part.amount, whole.amount, "nothing is budgeted")
