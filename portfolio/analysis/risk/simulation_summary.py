"""A simulation in the words of a plan: dates, probabilities, and the money to P80."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import fsum
from typing import TYPE_CHECKING

from portfolio.analysis.risk.simulation_inputs import COVER
from portfolio.analysis.risk.simulation_outcome import (
    percentile,
    percentile_error,
    probability_within,
)
from portfolio.calendar import finish_date
from portfolio.measure.currency import total_at_home
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.finance import BudgetLine, ContingencyDraw
from portfolio.network.calendars import project_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.analysis.risk.distributions import Samples
    from portfolio.analysis.risk.simulation_inputs import SimulationInputs
    from portfolio.analysis.risk.simulation_outcome import Outcome
    from portfolio.calendar import Calendar
    from portfolio.view.view import View

SHARES = (0.1, 0.5, 0.8, 0.9)
"""The percentiles that are told."""
_MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class DateOutlook:
    """When a project or a milestone finishes.

    ``planned`` is the date of the plan without uncertainty, ``percentiles`` those of ``SHARES``,
    ``bias`` the working days from the plan to P50, ``due`` the date to be met and ``probability``
    the share of iterations that meet it. ``to_p80`` are the working days from the plan to P80, the
    contingency of time over the most likely durations; ``error`` is the standard error of P80 in
    days.
    """

    id: str
    name: str
    planned: date
    percentiles: tuple[date, ...]
    bias: int
    to_p80: int
    error: float | None
    due: date | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class CostOutlook:
    """What the chosen projects cost together over their whole life, in the organisation's currency.

    ``planned`` has every line at its stated or most likely amount and no risk; contingency to P80
    is P80 less that, and ``over_mean`` P80 less the mean of all iterations. ``cover`` is the
    contingency that is budgeted and not drawn, ``budget`` the sum of the budgets at completion, and
    the probabilities are those of staying within each.
    """

    planned: Decimal
    percentiles: tuple[Decimal, ...]
    to_p80: Decimal
    mean: Decimal
    over_mean: Decimal
    error: Decimal | None
    budget: Decimal | None
    within_budget: float | None
    cover: Decimal | None
    within_cover: float | None
    covers_p80: bool | None


def cost_outlook(portfolio: View, inputs: SimulationInputs, outcome: Outcome) -> CostOutlook | None:
    """Return what the projects cost; None where no cost is stated."""
    model = inputs.model
    if not outcome.cost:
        return None
    likely = [part.points.likely for part in model.costs]
    planned = fsum([*model.fixed_costs.values(), *likely])
    samples = outcome.total_cost
    budget = _summed(portfolio, (project.bac for project in inputs.projects))
    cover = _cover(portfolio, inputs.projects)
    found = [percentile(samples, share) for share in SHARES]
    at_80, middle = found[SHARES.index(0.8)], float(samples.mean())
    to_p80, error = _money(at_80 - planned), percentile_error(samples, 0.8)
    return CostOutlook(
        _money(planned),
        tuple(_money(value) for value in found),
        to_p80,
        _money(middle),
        _money(at_80 - middle),
        None if error is None else _money(error),
        budget,
        None if budget is None else probability_within(samples, float(budget)),
        cover,
        None if cover is None else probability_within(samples, planned + float(cover)),
        None if cover is None else cover >= to_p80,
    )


def project_outlooks(
    portfolio: View, inputs: SimulationInputs, outcome: Outcome
) -> tuple[DateOutlook, ...]:
    """Return when each chosen project finishes that is not finished by now."""
    ends = inputs.plan.schedule.ends
    return tuple(
        _outlook(
            project.id,
            project.name,
            ends[project.id],
            outcome.ends[project.id],
            project_calendar(portfolio, project),
            project.baseline_finish,
        )
        for project in inputs.projects
        if project.id in outcome.ends and finish_date(ends[project.id]) >= portfolio.as_of
    )


def key_date_outlooks(
    portfolio: View, inputs: SimulationInputs, outcome: Outcome
) -> tuple[DateOutlook, ...]:
    """Return the outlook of the key milestones of the chosen projects, and of any deadline."""
    schedule, chosen = inputs.plan.schedule, {project.id: project for project in inputs.projects}
    found = []
    for milestone in portfolio.all(Milestone):
        project = chosen.get(milestone.project.id)
        wanted = milestone.key or milestone.deadline is not None
        if project is None or not wanted or milestone.id not in outcome.milestones:
            continue
        found.append(
            _outlook(
                milestone.id,
                milestone.name or milestone.id,
                schedule.early_finish[inputs.plan.network.index[milestone.id]],
                outcome.milestones[milestone.id],
                project_calendar(portfolio, project),
                milestone.deadline or milestone.baseline,
            )
        )
    return tuple(found)


def criticalities(inputs: SimulationInputs, outcome: Outcome) -> tuple[tuple[str, float], ...]:
    """Return the activities of the chosen projects that are ever critical, most often first."""
    chosen = {project.id for project in inputs.projects}
    pairs = [
        (activity.id, share)
        for activity, share in zip(inputs.plan.network.activities, outcome.criticality, strict=True)
        if share and activity.duration and activity.project in chosen
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _outlook(
    id_: str, name: str, planned: int, samples: Samples, calendar: Calendar, due: date | None
) -> DateOutlook:
    import numpy as np

    # The higher of two samples: between Friday and Monday lies no finish.
    found = [finish_date(int(np.quantile(samples, share, method="higher"))) for share in SHARES]
    error = percentile_error(samples, 0.8)
    middle, plan = found[SHARES.index(0.5)], finish_date(planned)
    return DateOutlook(
        id_,
        name,
        plan,
        tuple(found),
        calendar.working_days_between(plan, middle),
        calendar.working_days_between(plan, found[SHARES.index(0.8)]),
        None if error is None else error / _MINUTES_A_DAY,
        due,
        None if due is None else probability_within(samples, calendar.finish_of(due)),
    )


def _cover(portfolio: View, projects: Iterable[Project]) -> Decimal | None:
    amounts: list[Money] = []
    drawn: list[Money] = []
    for project in projects:
        for line in portfolio.related(project, BudgetLine, "project"):
            if line.category in COVER:
                amounts += [each.amount for each in line.periods]
        drawn += [draw.amount for draw in portfolio.related(project, ContingencyDraw, "project")]
    given, taken = _summed(portfolio, amounts), _summed(portfolio, drawn) or Decimal(0)
    return None if given is None else given - taken


def _summed(portfolio: View, amounts: Iterable[Money | None]) -> Decimal | None:
    """Return a sum in the organisation's currency; None of nothing, or without a rate."""
    dated = [(amount, portfolio.as_of) for amount in amounts if amount is not None]
    found = total_at_home(portfolio, dated).value
    return found.amount if found is not None and dated else None


def _money(value: float) -> Decimal:
    return Decimal(round(value))
