"""What a slip does to indicators: a value that was to be reached by a day comes after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.impact.effect import Effect, days_in_words, stated
from portfolio.impact.outcomes import Arrival, Reach, moving
from portfolio.impact.strategy.strategic_contribution import Aims
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Benefit
from portfolio.model.service import Improvement, Kpi
from portfolio.model.strategy import BusinessDependency, Objective
from portfolio.values import Money

if TYPE_CHECKING:
    from datetime import date

    from portfolio.view.view import View


def indicator_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each KPI that waits for something that moves."""
    portfolio = reach.movement.portfolio
    for id_, arrival in moving(_arrivals(reach)).items():
        kpi = portfolio.find(id_, Kpi)
        if kpi is None:
            continue
        target = _target_date(portfolio, kpi)
        missed = target is not None and arrival.old <= target[0] < arrival.new
        terms = [f"{arrival.point} moves from {arrival.old} to {arrival.new}"]
        if target is not None:
            terms.append(f"to be reached by {target[0]}, {target[1]}")
        said = "misses its target date" if missed else days_in_words(arrival.old, arrival.new)
        elsewhere: Measure[Money] = unknown("no_data", "money is counted under the benefits")
        cost = (elsewhere, tuple(terms), stated(kpi.id, kpi, "target"))
        yield reach.effect(kpi, arrival, said, cost)


def _arrivals(reach: Reach) -> Iterator[tuple[str, Arrival | None]]:
    """Return when what each KPI waits for arrives, where the slip moves that."""
    portfolio, aims = reach.movement.portfolio, Aims(reach)
    for each in portfolio.all(BusinessDependency):
        yield each.to.id, reach.source(each.from_.id)
    for benefit in portfolio.all(Benefit):
        if benefit.kpi is not None and benefit.status not in {"realised", "lost"}:
            yield benefit.kpi.id, aims.start(benefit)


def _target_date(portfolio: View, kpi: Kpi) -> tuple[date, str] | None:
    """Return the first day by which somebody wants the target, and who: a horizon or a promise."""
    found = [
        (objective.horizon, f"the horizon of {objective.id}")
        for objective in portfolio.all(Objective)
        if objective.horizon is not None
        and (kpi.objective == objective.id or kpi.id in {each.id for each in objective.kpis})
    ]
    for improvement in portfolio.all(Improvement):
        aim = improvement.target
        if aim is not None and aim.kpi is not None and aim.kpi.id == kpi.id and aim.by is not None:
            found.append((aim.by, f"promised by {improvement.id}"))
    return min(found, default=None)
