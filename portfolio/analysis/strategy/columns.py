"""The computed columns of strategy: alignment, business cases, benefits, objectives, proposals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.strategy import alignment as strategy
from portfolio.analysis.strategy.prioritisation import Ranked, Ranking, ranking
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.table import to_places
from portfolio.model.delivery.projects import Project
from portfolio.model.index import per_portfolio
from portfolio.model.strategy import Objective, Proposal
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portfolio.analysis.strategy.alignment import ObjectiveSpend
    from portfolio.view.view import View

T = TypeVar("T")


@column(Project, order=480)
def alignment(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return how much a project serves the strategy, 0..1, by the weights of the objectives."""
    return to_places(strategy.alignment(portfolio, project))


@column(Objective)
def budget(objective: Objective, portfolio: View) -> Measure[Money]:
    """Return the budget of the projects that serve the objective most; of a step: no value."""
    return _spend(portfolio, objective, lambda found: Measure(found.amount))


@column(Objective)
def budget_share(objective: Objective, portfolio: View) -> Measure[Decimal]:
    """Return that budget as a share of all, 0..1, to be held against the target."""
    return _spend(portfolio, objective, lambda found: found.share)


@column(Objective)
def is_served(objective: Objective, portfolio: View) -> bool:
    """Tell whether a live project serves the objective directly."""
    return strategy.is_served(portfolio, objective)


@column(Proposal)
def score(proposal: Proposal, portfolio: View) -> Measure[Decimal]:
    """Return the score on all criteria, 0..1, by the method in the settings."""
    return to_places(_placed(portfolio, proposal).map(lambda found: Decimal(found[1].score)))


@column(Proposal)
def rank(proposal: Proposal, portfolio: View) -> Measure[int]:
    """Return the place among all proposals by that score; 1 is the first."""
    return _placed(portfolio, proposal).map(lambda found: found[0])


def _placed(portfolio: View, proposal: Proposal) -> Measure[tuple[int, Ranked]]:
    places = enumerate(_ranked(portfolio).ranked, 1)
    found = next((each for each in places if each[1].proposal.id == proposal.id), None)
    return given(found, "a score on a criterion is missing")


@per_portfolio
def _ranked(portfolio: View) -> Ranking:
    return ranking(portfolio, portfolio.settings.prioritisation.method)


def _spend(
    portfolio: View, objective: Objective, read: Callable[[ObjectiveSpend], Measure[T]]
) -> Measure[T]:
    def its_own(found: Sequence[ObjectiveSpend]) -> Measure[T]:
        own = (read(each) for each in found if each.objective.id == objective.id)
        return next(own, unknown("no_data", "it is a step of another objective, or not active"))

    return strategy.spend_by_objective(portfolio, portfolio.all(Project)).then(its_own)
