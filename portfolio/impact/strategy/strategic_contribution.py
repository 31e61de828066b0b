"""What a slip does to why the work is done: benefits that start later, objectives that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.analysis.finance.investment_appraisal import (
    DAYS_PER_YEAR,
    benefit_per_year,
    deferred_benefit,
    present_value_lost,
)
from portfolio.impact.effect import Effect, Input, days_in_words, stated
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Benefit
from portfolio.model.strategy import BusinessDependency, Objective
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.view.view import View

ESSENTIAL = 3
"""The highest contribution of a project to an objective."""


@dataclass(frozen=True, eq=False)
class Aims:
    """When benefits start and objectives can be reached, before and after a slip."""

    reach: Reach

    def start(self, benefit: Benefit, above: frozenset[str] = frozenset()) -> Arrival | None:
        """Return when a benefit starts: after its milestone and after all it depends on."""
        own = benefit.starts_after or benefit.project or benefit.programme
        arrivals = [self.reach.source(own.id) if own else None]
        for needed in benefit.depends_on:
            other = self.reach.movement.portfolio.find(needed, Benefit)
            if other is None:
                arrivals.append(self.reach.source(needed.id))
            elif other.id not in above:
                arrivals.append(self.start(other, above | {benefit.id}))
        return latest(arrivals)

    def objective(self, id_: str, above: frozenset[str] = frozenset()) -> Arrival | None:
        """Return when the slowest contribution to an objective, or to one below it, arrives."""
        children = (child for child in self._children.get(id_, ()) if child not in above)
        below = (self.objective(child, above | {id_}) for child in children)
        return latest([*self._contributions.get(id_, ()), *below])

    def is_reached(self, id_: str, above: frozenset[str] = frozenset()) -> bool:
        """Tell whether any contribution to an objective, or to one below it, moves."""
        if any(each.moves for each in self._contributions.get(id_, ())):
            return True
        children = (child for child in self._children.get(id_, ()) if child not in above)
        return any(self.is_reached(child, above | {id_}) for child in children)

    @cached_property
    def _contributions(self) -> Mapping[str, Sequence[Arrival]]:
        portfolio = self.reach.movement.portfolio
        sources: list[tuple[str, Arrival | None]] = []
        for project in portfolio.all(Project):
            served = [each for each in project.objectives if each.contribution != 0]
            if served and project.status not in {"proposed", "cancelled"}:
                arrival = self.reach.project(project.id)
                sources.extend((each.objective.id, arrival) for each in served)
        sources.extend(
            (benefit.objective.id, self.start(benefit))
            for benefit in portfolio.all(Benefit)
            if benefit.objective is not None
        )
        sources.extend(
            (each.to.id, self.reach.source(each.from_.id))
            for each in portfolio.all(BusinessDependency)
        )
        return grouped((id_, arrival) for id_, arrival in sources if arrival is not None)

    @cached_property
    def _children(self) -> Mapping[str, Sequence[str]]:
        objectives = self.reach.movement.portfolio.all(Objective)
        return grouped((each.parent.id, each.id) for each in objectives if each.parent is not None)


def benefit_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each benefit that starts later: what is not harvested meanwhile."""
    aims, portfolio = Aims(reach), reach.movement.portfolio
    for benefit in portfolio.all(Benefit):
        arrival = aims.start(benefit)
        if arrival is None or not arrival.moves or benefit.status in {"realised", "lost"}:
            continue
        money, terms = _deferred(portfolio, benefit, arrival)
        said = f"starts {days_in_words(arrival.old, arrival.new)}"
        yield reach.effect(benefit, arrival, said, (money, terms, tuple(_planned(benefit))))


def _planned(benefit: Benefit) -> Iterator[Input]:
    for number, each in enumerate(benefit.value_by_period):
        yield from stated(benefit.id, each, "planned", under=f"value_by_period[{number}]")
    yield from stated(benefit.id, benefit, "starts_after")


def _deferred(
    portfolio: View, benefit: Benefit, arrival: Arrival
) -> tuple[Measure[Money], tuple[str, ...]]:
    if benefit.kind_ == "dis_benefit":
        return unknown("no_data", "a dis-benefit moves with the change and is not saved"), ()
    yearly = benefit_per_year(benefit)
    if yearly.value is None:
        return unknown("no_data", yearly.reason), ()
    days = (arrival.new - arrival.old).days
    lost = Money(-deferred_benefit(yearly.value.amount, days), yearly.value.currency)
    return Measure(lost), (
        f"{yearly.value.in_words()} a year × {days} / {DAYS_PER_YEAR} days",
        _moved_as_a_whole(portfolio, benefit, days, lost.currency),
    )


def _moved_as_a_whole(portfolio: View, benefit: Benefit, days: int, currency: str) -> str:
    """Return in words what is lost of today's value where the end moves along with the start."""
    rate = portfolio.settings.organisation.discount_rate_pct
    flows = [
        (each.period.end, each.planned.amount) for each in benefit.value_by_period if each.planned
    ]
    lost = present_value_lost(flows, rate / 100, days, portfolio.as_of)
    return (
        f"lost if its last day stays; if that moves along, the present value falls by "
        f"{Money(lost, currency).in_words()} ({rate:f} % a year)"
    )


def objective_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each objective with a contribution that moves."""
    aims, portfolio = Aims(reach), reach.movement.portfolio
    for objective in portfolio.all(Objective):
        arrival = aims.objective(objective.id)
        if arrival is None or not aims.is_reached(objective.id) or objective.status != "active":
            continue
        late = days_in_words(arrival.old, arrival.new)
        terms = [f"the slowest contribution is {arrival.point} on {arrival.new}"]
        terms.extend(_weighed(portfolio, objective, arrival))
        if objective.horizon is not None and arrival.old <= objective.horizon < arrival.new:
            terms.append(f"passes its horizon of {objective.horizon}")
        elsewhere: Measure[Money] = unknown("no_data", "money is counted under the benefits")
        cost = (elsewhere, tuple(terms), stated(objective.id, objective, "weight", "horizon"))
        yield reach.effect(objective, arrival, f"reached {late}" if arrival.moves else late, cost)


def _weighed(portfolio: View, objective: Objective, arrival: Arrival) -> Iterator[str]:
    """Yield weight × contribution / 3 of the project that decides, where both are known."""
    point = portfolio.find(arrival.point)
    project = portfolio.find(point.owner_id or point.id, Project) if point is not None else None
    served = (
        {each.objective.id: each.contribution for each in project.objectives} if project else {}
    )
    given = served.get(objective.id)
    if project is not None and given is not None and objective.weight is not None:
        share = objective.weight * given / ESSENTIAL
        yield (
            f"weight {objective.weight:f} × contribution {given} of {ESSENTIAL} of {project.id}: "
            f"{share:.0%} of the strategy waits"
        )
