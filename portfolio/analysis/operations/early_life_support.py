"""What projects leave behind: early life support on its day, and what services will cost to run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.operations.service_transition import (
    RunCostDelta,
    RunCostStep,
    exit_reached,
    run_cost_delta,
)
from portfolio.analysis.service.service_performance import measured_values
from portfolio.measure.measure import Measure, every, unknown
from portfolio.model.operations.services import EarlyLifeSupport, ExitCriterion, RunCost, Service
from portfolio.model.service import Kpi

if TYPE_CHECKING:
    from portfolio.view.view import View

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SupportState:
    """How early life support stands: days past its end, and each exit criterion."""

    support: EarlyLifeSupport
    is_running: bool
    days_overdue: int
    exits: tuple[tuple[ExitCriterion, Kpi | None, Measure[bool]], ...]

    @property
    def may_end(self) -> Measure[bool]:
        """Tell whether every exit criterion holds; none stated, or one unmeasured: no_data."""
        found = [reached for _, _, reached in self.exits]
        if not found:
            return unknown("no_data", "no exit criterion is stated")
        if any(reached.value is False for reached in found):
            return Measure(value=False)
        return every(found).map(all)


def support_state(portfolio: View, support: EarlyLifeSupport) -> SupportState:
    """Return how early life support stands on the as-of day.

    An indicator counts with the periods that began in or after the support's first month: what was
    measured before the release says nothing about it.

    Source: domain A11.
    """
    as_of = portfolio.as_of
    begun = support.from_ is not None and support.from_ <= as_of
    over = support.actual_to is not None and support.actual_to <= as_of
    planned = support.planned_to
    late = (as_of - planned).days if planned is not None and begun and not over else 0
    return SupportState(
        support,
        begun and not over,
        max(late, 0),
        tuple(_exit(portfolio, support, criterion) for criterion in support.exit),
    )


def _exit(
    portfolio: View, support: EarlyLifeSupport, criterion: ExitCriterion
) -> tuple[ExitCriterion, Kpi | None, Measure[bool]]:
    kpi = portfolio.find(criterion.kpi, Kpi)
    if kpi is None or criterion.threshold is None or kpi.direction not in {"higher", "lower"}:
        return criterion, kpi, unknown("no_data", "no indicator, threshold or direction")
    first = support.from_.replace(day=1) if support.from_ is not None else None
    values = [
        value
        for period, value in measured_values(portfolio, kpi)
        if first is None or period.start >= first
    ]
    direction: Literal["higher", "lower"] = "higher" if kpi.direction == "higher" else "lower"
    reached = exit_reached(values, criterion.threshold, direction, criterion.consecutive_periods)
    return criterion, kpi, reached


@dataclass(frozen=True, slots=True)
class ServiceCost:
    """What a service costs a month before and from a month on, in one currency."""

    service: Service
    cost: RunCost
    step: RunCostStep


def run_cost_steps(portfolio: View) -> tuple[ServiceCost, ...]:
    """Return the changes of run cost that lie ahead, oldest first.

    Before is the run cost stated before it, else `run_cost_per_month` of the service; neither, or
    another currency than the organisation's, leaves it out. Months are those of the twelve from
    the first change on.
    """
    home = portfolio.settings.organisation.currency
    ahead = [
        each
        for each in portfolio.all(RunCost)
        if each.from_.end >= portfolio.as_of and each.monthly.currency == home
    ]
    if not ahead:
        return ()
    first = min(each.from_.start for each in ahead)
    begin = 12 * first.year + first.month
    known: dict[str, Decimal] = defaultdict(Decimal)
    found = []
    for cost in sorted(ahead, key=lambda each: (each.from_.start, each.id)):
        service = portfolio.find(cost.service, Service)
        before = None if service is None else _before(portfolio, service, cost, known)
        if service is None or before is None:
            continue
        known[service.id] = cost.monthly.amount
        months = _MONTHS - (12 * cost.from_.start.year + cost.from_.start.month - begin)
        step = RunCostStep(before, cost.monthly.amount, max(months, 0), cost.budgeted)
        found.append(ServiceCost(service, cost, step))
    return tuple(found)


def _before(
    portfolio: View, service: Service, cost: RunCost, known: dict[str, Decimal]
) -> Decimal | None:
    if service.id in known:
        return known[service.id]
    earlier = [
        each
        for each in portfolio.related(service, RunCost, "service")
        if each.from_.start < cost.from_.start and each.monthly.currency == cost.monthly.currency
    ]
    if earlier:
        return max(earlier, key=lambda each: each.from_.start).monthly.amount
    stated = service.run_cost_per_month
    return (
        stated.amount if stated is not None and stated.currency == cost.monthly.currency else None
    )


def run_cost_now(portfolio: View) -> Measure[RunCostDelta]:
    """Return what all changes of run cost ahead add up to, in the organisation's currency."""
    return run_cost_delta(each.step for each in run_cost_steps(portfolio))
