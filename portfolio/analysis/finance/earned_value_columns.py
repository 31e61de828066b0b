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
    from portfolio.model.portfolio import Portfolio


@column(Project, order=210)
def budget_at_completion(project: Project, _: Portfolio) -> Money | None:
    """Return the approved budget."""
    return project.bac


@column(Project, order=220)
def planned_value(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return what the plan says should be done by now, in money."""
    return _performed(project, portfolio, lambda found: Measure(found.figures.pv))


@column(Project, order=230)
def earned_value(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return what is done by now, at what it was budgeted for."""
    return _performed(project, portfolio, lambda found: Measure(found.figures.ev))


@column(Project, order=240)
def actual_cost(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return what was spent until now."""
    return _performed(project, portfolio, lambda found: Measure(found.figures.ac))


@column(Project, order=250)
def cost_variance(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return earned value less actual cost; negative is dearer than planned."""
    return _performed(project, portfolio, lambda found: Measure(found.figures.cost_variance))


@column(Project, order=260)
def schedule_variance(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return earned value less planned value; negative is later than planned."""
    return _performed(project, portfolio, lambda found: Measure(found.figures.schedule_variance))


@column(Project, order=270)
def cost_performance_index(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the work that a unit of money has bought."""
    return _index(project, portfolio, lambda found: found.figures.cost_performance_index)


@column(Project, order=280)
def schedule_performance_index(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the work done of what was planned until now."""
    return _index(project, portfolio, lambda found: found.schedule_performance_index)


@column(Project, order=290)
def to_complete_performance_index(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the work that each unit of the budget left must buy."""
    return _index(project, portfolio, lambda found: needed_performance(found.figures))


@column(Project, order=300)
def earned_schedule(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the working days in which what is done should have been done."""
    found = time_forecast(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return Measure(found.value.performance.earned)


@column(Project, order=310)
def schedule_performance_index_time(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return earned schedule by the time that has passed; late stays late until the end."""
    found = time_forecast(portfolio, project)
    return found.value.performance.index if found.value else unknown(found.code, found.reason)


@column(Project, order=320)
def forecast_finish_at_pace(project: Project, portfolio: Portfolio) -> Measure[date]:
    """Return the day on which it ends at its own pace in time."""
    found = time_forecast(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return found.value.finish(found.value.performance.index)


@column(Project, order=330)
def estimate_at_completion(
    project: Project, portfolio: Portfolio
) -> Measure[Mapping[str, Decimal | str]]:
    """Return the cost at completion: lowest, selected and highest, the method, and why that one."""
    found = completion(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    known = found.value
    return Measure(
        {
            "low": cents(known.low),
            "selected": cents(known.selected),
            "high": cents(known.high),
            "method": known.method,
            "because": known.reason,
            **({"label": "early"} if known.is_early else {}),
        }
    )


@column(Project, order=340)
def estimate_to_complete(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return what is still to be spent: the selected estimate at completion less actual cost."""
    found = completion(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    selected = found.value.selected
    return _performed(project, portfolio, lambda each: Measure(selected - each.figures.ac))


@column(Project, order=350)
def variance_at_completion(project: Project, portfolio: Portfolio) -> Measure[Money]:
    """Return the budget less the selected estimate at completion; negative is dearer."""
    found = completion(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    selected = found.value.selected
    return _performed(project, portfolio, lambda each: Measure(each.figures.bac - selected))


def _performed(
    project: Project,
    portfolio: Portfolio,
    read: Callable[[Performance], Measure[Decimal]],
) -> Measure[Money]:
    found = project_performance(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    value = read(found.value).value
    assert value is not None  # noqa: S101 - amounts of known figures are known
    return Measure(Money(value, found.value.currency))


def _index(
    project: Project,
    portfolio: Portfolio,
    read: Callable[[Performance], Measure[Decimal]],
) -> Measure[Decimal]:
    found = project_performance(portfolio, project)
    return read(found.value) if found.value else unknown(found.code, found.reason)


@column(Project, order=400)
def cost_missed_at_close(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return by how much of its budget a closed project cost more or less."""
    if project.status != "closed" and project.actual_finish is None:
        return unknown("not_started", "not closed")
    found = project_performance(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return cost_predictability(found.value.figures.ac, found.value.figures.bac)


@column(Project, order=410)
def forecast_finish_as_planned(project: Project, portfolio: Portfolio) -> Measure[date]:
    """Return the day on which it ends if the rest takes as long as planned."""
    found = time_forecast(portfolio, project)
    return found.value.finish() if found.value else unknown(found.code, found.reason)


@column(Project, order=420)
def forecast_finish_at_pace_and_cost(project: Project, portfolio: Portfolio) -> Measure[date]:
    """Return the day on which it ends at its pace in time and its cost performance together."""
    found = time_forecast(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return found.value.finish(pace_and_cost(portfolio, project))


@column(Project, order=430)
def to_complete_schedule_index(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the pace in time that the rest needs to end as planned (TSPI)."""
    found = time_forecast(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return found.value.performance.to_complete_index
