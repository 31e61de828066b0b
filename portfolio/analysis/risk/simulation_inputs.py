"""From a portfolio to what a simulation draws: durations, cost lines, risks and correlations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from portfolio.analysis.risk.distributions import NOTHING, ThreePoint
from portfolio.analysis.risk.simulation import (
    DiscreteRisk,
    SimulationModel,
    UncertainCost,
    UncertainDuration,
)
from portfolio.measure.currency import convert, total
from portfolio.measure.measure import every
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.delivery.schedule_logic import ThreePointDuration
from portfolio.model.finance import BudgetLine
from portfolio.model.risk import Risk, ThreePointMoney
from portfolio.network.calendars import elapsed_minutes, project_calendar, working_minutes
from portfolio.network.portfolio_schedule import plan_of

if TYPE_CHECKING:
    from decimal import Decimal

    from portfolio.calendar import Calendar
    from portfolio.network.activities import Activity as Node
    from portfolio.network.portfolio_schedule import Plan
    from portfolio.network.schedule_network import Network
    from portfolio.values import Duration, Money
    from portfolio.view.view import View

COVER = frozenset({"contingency", "management_reserve"})
"""Categories of budget lines that are kept for risks, and so are no cost of the plan."""


@dataclass(frozen=True, eq=False)
class SimulationInputs:
    """A model, the plan behind it, and what could not be taken in: words by id.

    ``correlation`` ties the cost lines of one project. ``residual`` tells that risks are drawn as
    their responses leave them; ``unanswered`` are those that state no residual.
    """

    model: SimulationModel
    plan: Plan
    projects: tuple[Project, ...]
    left_out: tuple[tuple[str, str], ...]
    correlation: float = 0.0
    residual: bool = False
    unanswered: tuple[str, ...] = ()


def simulation_inputs(
    portfolio: View,
    chosen: Collection[str] | None = None,
    *,
    opportunities: bool = False,
    residual: bool = False,
) -> SimulationInputs:
    """Return what to draw for the chosen projects; all of them without a choice.

    Dates are drawn for the whole portfolio, because projects wait for each other; cost counts for
    the chosen projects, with portfolio-wide risks only where all are chosen. Amounts are in the
    organisation's currency, at the rate of the as-of day. Opportunities stay out unless asked
    for: nobody nets them against contingency. ``residual`` takes probability and cost of a risk
    from what its responses leave, where that is stated.
    """
    projects = tuple(
        project
        for project in portfolio.all(Project)
        if (chosen is None or project.id in chosen)
        and project.status not in {"cancelled", "closed"}
    )
    parts = _Parts(
        portfolio,
        {project.id for project in projects},
        whole=chosen is None,
        opportunities=opportunities,
        residual=residual,
    )
    durations, costs = tuple(parts.durations()), tuple(parts.costs())
    risks = tuple(parts.risks())
    plan = parts.plan
    model = SimulationModel(
        durations,
        costs,
        risks,
        {**parts.cost_rho(len(durations), costs), **parts.rho(len(durations) + len(costs), risks)},
        parts.fixed,
        plan.network,
        plan.schedule.work,
        tuple(
            plan.network.index[each.id]
            for each in portfolio.all(Milestone)
            if each.id in plan.network.index and each.actual is None
        ),
    )
    return SimulationInputs(
        model,
        plan,
        projects,
        tuple(parts.left_out),
        parts.correlation,
        residual,
        tuple(parts.unanswered),
    )


class _Parts:
    """The uncertain parts of a portfolio as they are gathered, and what has to be left out."""

    def __init__(
        self,
        portfolio: View,
        ids: Collection[str],
        *,
        whole: bool,
        opportunities: bool,
        residual: bool,
    ) -> None:
        self.portfolio, self.ids, self.whole = portfolio, ids, whole
        self.opportunities, self.residual = opportunities, residual
        self.correlation = float(portfolio.settings.simulation.correlation)
        self.unanswered: list[str] = []
        self.plan = plan_of(portfolio)
        self.currency = portfolio.settings.organisation.currency or ""
        self.left_out: list[tuple[str, str]] = []
        self.fixed: dict[str, float] = {}

    def durations(self) -> Iterator[UncertainDuration]:
        network = self.plan.network
        for activity in self.portfolio.all(Activity):
            stated, node = activity.duration_3pt, network.index.get(activity.id)
            if stated is None or node is None or network.activities[node].is_finished:
                continue
            if len({each.is_working for each in (activity.duration, *_points_of(stated))}) > 1:
                self.left_out.append((activity.id, "working and elapsed time are mixed"))
                continue
            calendar = project_calendar(
                self.portfolio, self.portfolio.find(activity.project, Project)
            )
            points = [self._minutes(each, calendar) for each in _points_of(stated)]
            if points != sorted(points) or not points[1]:
                self.left_out.append((activity.id, "its three durations are not in order"))
                continue
            # Of started work the same spread, on what remains.
            left = 1.0
            if network.activities[node].is_started:
                left = self.plan.schedule.work.minutes[node] / points[1]
            low, likely, high = (minutes * left for minutes in points)
            yield UncertainDuration(activity.id, node, ThreePoint(low, likely, high))

    def _minutes(self, duration: Duration, calendar: Calendar) -> int:
        if duration.is_working:
            return working_minutes(duration, calendar)
        return elapsed_minutes(duration, self.portfolio.as_of)

    def costs(self) -> Iterator[UncertainCost]:
        for project in self.portfolio.all(Project):
            if project.id not in self.ids:
                continue
            lines = [
                line
                for line in self.portfolio.related(project, BudgetLine, "project")
                if line.category not in COVER
            ]
            if not lines and project.bac is not None:
                self._fix(project, [project.bac])
            for line in lines:
                if line.amount_3pt is None:
                    self._fix(project, [each.amount for each in line.periods])
                elif (points := self._points(line.id, line.amount_3pt)) is not None:
                    yield UncertainCost(line.id, project.id, points)

    def _fix(self, project: Project, amounts: list[Money]) -> None:
        dated = [(amount, self.portfolio.as_of) for amount in amounts]
        summed = total(dated, self.currency, self.portfolio.settings.exchange_rates)
        if summed.value is None:
            self.left_out.append((project.id, summed.reason))
        else:
            known = self.fixed.get(project.id, 0.0)
            self.fixed[project.id] = known + float(summed.value.amount)

    def _points(self, id_: str, stated: ThreePointMoney) -> ThreePoint | None:
        rates = self.portfolio.settings.exchange_rates
        day = self.portfolio.as_of
        found = every(convert(each, self.currency, day, rates) for each in stated.points)
        amounts = [float(each.amount) for each in found.value or ()]
        if not found.is_known or amounts != sorted(amounts):
            self.left_out.append((id_, found.reason or "its three amounts are not in order"))
            return None
        return ThreePoint(*amounts)

    def risks(self) -> Iterator[DiscreteRisk]:
        for risk in self.portfolio.all(Risk):
            if risk.status != "open" or (risk.kind_ == "opportunity" and not self.opportunities):
                continue
            probability, impact = self._quantified(risk)
            if probability is None:
                self.left_out.append((risk.id, "it has no probability"))
                continue
            sign = 1 if risk.kind_ == "threat" else -1
            owner = risk.project or risk.programme or risk.portfolio
            counts = self.whole or (risk.project is not None and risk.project.id in self.ids)
            points = None
            if counts and impact is not None:
                points = self._points(risk.id, impact)
            hits = self._hits(risk, sign)
            if points is None and not hits:
                if counts:
                    self.left_out.append((risk.id, "it hits neither cost nor a planned activity"))
                continue
            if self.residual and risk.residual is None:
                self.unanswered.append(risk.id)
            yield DiscreteRisk(
                risk.id,
                float(probability),
                owner.id if owner else "",
                _signed(points, sign) if points else NOTHING,
                hits,
            )

    def _quantified(self, risk: Risk) -> tuple[Decimal | None, ThreePointMoney | None]:
        """Return probability and cost of a risk, now or after its responses."""
        left = risk.residual if self.residual else None
        if left is None:
            return risk.probability, risk.impact_cost
        probability = risk.probability if left.probability is None else left.probability
        return probability, left.impact_cost or risk.impact_cost

    def _hits(self, risk: Risk, sign: int) -> dict[int, float]:
        network: Network = self.plan.network
        if risk.impact_time is None:
            return {}
        hits = {}
        for ref in risk.affects:
            node, struck = network.index.get(ref.id), self.portfolio.find(ref)
            if node is not None and isinstance(struck, Activity | Milestone):
                home = self.portfolio.find(struck.project, Project)
                calendar = project_calendar(self.portfolio, home)
                hits[node] = sign * self._added(
                    risk.impact_time, calendar, network.activities[node]
                )
        return hits

    def _added(self, length: Duration, calendar: Calendar, hit: Node) -> float:
        """Return a delay in the minutes of what it hits; calendar time counts from today."""
        minutes = self._minutes(length, calendar)
        if length.is_working or hit.is_elapsed:
            return float(minutes)
        begin = calendar.start_of(self.portfolio.as_of)
        return float(calendar.working_minutes_between(begin, begin + minutes))

    def cost_rho(
        self, first: int, costs: tuple[UncertainCost, ...]
    ) -> dict[tuple[int, int], float]:
        """Return the correlations of the cost lines of one project, by the numbers of both."""
        numbered = list(enumerate(costs, start=first))
        return {
            (one, other): self.correlation
            for (one, part), (other, beside) in combinations(numbered, 2)
            if self.correlation and part.project == beside.project
        }

    def rho(self, first: int, risks: tuple[DiscreteRisk, ...]) -> dict[tuple[int, int], float]:
        """Return the correlations of the risks that are drawn, by the numbers of both."""
        place = {risk.id: number for number, risk in enumerate(risks, start=first)}
        found: dict[tuple[int, int], float] = {}
        for risk in self.portfolio.all(Risk):
            for each in risk.correlated_with:
                one, other = place.get(risk.id), place.get(each.risk.id)
                if one is not None and other is not None and one != other:
                    value = self.correlation if each.rho is None else float(each.rho)
                    found[min(one, other), max(one, other)] = value
        return found


def _points_of(stated: ThreePointDuration) -> tuple[Duration, Duration, Duration]:
    return stated.min, stated.likely, stated.max


def _signed(points: ThreePoint, sign: int) -> ThreePoint:
    """Return the points of a saving the other way round, so that they ascend again."""
    if sign > 0:
        return points
    return ThreePoint(-points.high, -points.likely, -points.low)
