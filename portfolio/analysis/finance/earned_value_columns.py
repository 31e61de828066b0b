"""The computed columns of projects that are about money and time: earned value, estimates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import cost_predictability
from portfolio.analysis.finance.earned_schedule import pace_and_cost, time_forecast
from portfolio.analysis.finance.earned_value import (
    to_complete_performance_index as needed_performance,
)
from portfolio.analysis.finance.estimate_at_completion import completion
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import cents
from portfolio.model.delivery.projects import Project
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.view.view import View


@column(Project, order=210)
def budget_at_completion(project: Project, _: View) -> Money | None:
    """Return the approved budget."""
    return project.bac


@column(Project, order=220)
def planned_value(project: Project, portfolio: View) -> Measure[Money]:
    """Return what the plan says should be done by now, in money."""
    return _performed(project, portfolio, lambda found: found.figures.pv)


@column(Project, order=230)
def earned_value(project: Project, portfolio: View) -> Measure[Money]:
    """Return what is done by now, at what it was budgeted for."""
    return _performed(project, portfolio, lambda found: found.figures.ev)


@column(Project, order=240)
def actual_cost(project: Project, portfolio: View) -> Measure[Money]:
    """Return what was spent until now."""
    return _performed(project, portfolio, lambda found: found.figures.ac)


@column(Project, order=250)
def cost_variance(project: Project, portfolio: View) -> Measure[Money]:
    """Return earned value less actual cost; negative is dearer than planned."""
    return _performed(project, portfolio, lambda found: found.figures.cost_variance)


@column(Project, order=260)
def schedule_variance(project: Project, portfolio: View) -> Measure[Money]:
    """Return earned value less planned value; negative is later than planned."""
    return _performed(project, portfolio, lambda found: found.figures.schedule_variance)


@column(Project, order=270)
def cost_performance_index(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the work that a unit of money has bought."""
    return project_performance(portfolio, project).then(
        lambda found: found.figures.cost_performance_index
    )


@column(Project, order=280)
def schedule_performance_index(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the work done of what was planned until now."""
    return project_performance(portfolio, project).then(
        lambda found: found.schedule_performance_index
    )


@column(Project, order=290)
def to_complete_performance_index(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the work that each unit of the budget left must buy."""
    return project_performance(portfolio, project).then(
        lambda found: needed_performance(found.figures)
    )


@column(Project, order=300)
def earned_schedule(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the working days in which what is done should have been done."""
    return time_forecast(portfolio, project).map(lambda found: found.performance.earned)


@column(Project, order=310)
def schedule_performance_index_time(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return earned schedule by the time that has passed; late stays late until the end."""
    return time_forecast(portfolio, project).then(lambda found: found.performance.index)


@column(Project, order=320)
def forecast_finish_at_pace(project: Project, portfolio: View) -> Measure[date]:
    """Return the day on which it ends at its own pace in time."""
    return time_forecast(portfolio, project).then(
        lambda found: found.finish(found.performance.index)
    )


@column(Project, order=330)
def estimate_at_completion(
    project: Project, portfolio: View
) -> Measure[Mapping[str, Decimal | str]]:
    """Return the cost at completion: lowest, selected and highest, the method, and why that one."""
    return completion(portfolio, project).map(
        lambda known: {
            "low": cents(known.low),
            "selected": cents(known.selected),
            "high": cents(known.high),
            "method": known.method,
            "because": known.reason,
            **({"label": "early"} if known.is_early else {}),
        }
    )


@column(Project, order=340)
def estimate_to_complete(project: Project, portfolio: View) -> Measure[Money]:
    """Return what is still to be spent: the selected estimate at completion less actual cost."""
    return completion(portfolio, project).then(
        lambda found: _performed(project, portfolio, lambda each: found.selected - each.figures.ac)
    )


@column(Project, order=350)
def variance_at_completion(project: Project, portfolio: View) -> Measure[Money]:
    """Return the budget less the selected estimate at completion; negative is dearer."""
    return completion(portfolio, project).then(
        lambda found: _performed(project, portfolio, lambda each: each.figures.bac - found.selected)
    )


def _performed(
    project: Project, portfolio: View, read: Callable[[Performance], Decimal]
) -> Measure[Money]:
    return project_performance(portfolio, project).map(
        lambda found: Money(read(found), found.currency)
    )


@column(Project, order=400)
def cost_missed_at_close(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return by how much of its budget a closed project cost more or less."""
    if project.status != "closed" and project.actual_finish is None:
        return unknown("not_started", "not closed")
    return project_performance(portfolio, project).then(
        lambda found: cost_predictability(found.figures.ac, found.figures.bac)
    )


@column(Project, order=410)
def forecast_finish_as_planned(project: Project, portfolio: View) -> Measure[date]:
    """Return the day on which it ends if the rest takes as long as planned."""
    return time_forecast(portfolio, project).then(lambda found: found.finish())


@column(Project, order=420)
def forecast_finish_at_pace_and_cost(project: Project, portfolio: View) -> Measure[date]:
    """Return the day on which it ends at its pace in time and its cost performance together."""
    return time_forecast(portfolio, project).then(
        lambda found: found.finish(pace_and_cost(portfolio, project))
    )


@column(Project, order=430)
def to_complete_schedule_index(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the pace in time that the rest needs to end as planned (TSPI)."""
    return time_forecast(portfolio, project).then(lambda found: found.performance.to_complete_index)
