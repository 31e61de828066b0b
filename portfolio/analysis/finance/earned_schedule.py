"""A plan spread over working days, and where what was earned stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from portfolio.analysis.finance.project_performance import (
    Performance,
    budgeted,
    project_performance,
)
from portfolio.measure.measure import Measure, both, given, per, unknown
from portfolio.model.finance import BudgetLine
from portfolio.network.calendars import project_calendar

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

_LONGEST = 10_000
_COVERED = Decimal("0.5")
_RESERVES = {"contingency", "management_reserve"}
"""What is held for risks is in no plan."""


@dataclass(frozen=True, slots=True)
class PlannedDays:
    """The cumulative planned value at the end of each working day of a plan."""

    days: tuple[date, ...]
    values: tuple[Decimal, ...]


def planned_days(portfolio: View, project: Project) -> Measure[PlannedDays]:
    """Return the planned value of a project day by day on its own calendar.

    From the budgets and baseline dates of its activities; without any, from its budget lines,
    contingency and reserve apart, each period spread evenly over its working days. Neither:
    no_data. No working day, or more than 10,000 of them: out_of_range.

    Source: domain A2; worked example WE-05.
    """
    calendar = project_calendar(portfolio, project)
    activities = budgeted(portfolio, project)
    if activities:
        first, last = min(a.begin for a in activities), max(a.end for a in activities)
        days = _working_days(calendar, first, last)
        if not days or len(days) > _LONGEST:
            return unknown("out_of_range", f"no working day, or more than {_LONGEST:,}")
        values = [sum((a.planned_until(day) for a in activities), Decimal(0)) for day in days]
        return Measure(PlannedDays(days, tuple(values)))
    return _from_budget(portfolio, project, calendar)


def _from_budget(portfolio: View, project: Project, calendar: Calendar) -> Measure[PlannedDays]:
    parts = [
        part
        for line in portfolio.related(project, BudgetLine, "project")
        if line.category not in _RESERVES
        for part in line.periods
    ]
    if not parts:
        return unknown("no_data", "neither activities with budgets nor budget lines")
    if len({part.amount.currency for part in parts}) > 1:
        return unknown("no_data", "the budget lines are in different currencies")
    start = min(part.period.start for part in parts)
    if project.start is not None:
        start = max(start, project.start)
    days = _working_days(calendar, start, max(part.period.end for part in parts))
    if not days or len(days) > _LONGEST:
        return unknown("out_of_range", f"no working day, or more than {_LONGEST:,}")
    daily = dict.fromkeys(days, Decimal(0))
    for part in parts:
        inside = [day for day in days if part.period.start <= day <= part.period.end]
        for day in inside:
            daily[day] += part.amount.amount / len(inside)
    return Measure(PlannedDays(days, tuple(accumulate(daily.values()))))


def _working_days(calendar: Calendar, first: date, last: date) -> tuple[date, ...]:
    found: list[date] = []
    day = first if calendar.is_working(first) else calendar.next_working_day(first)
    while day <= last and len(found) <= _LONGEST:
        found.append(day)
        day = calendar.add_working_days(day, 1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TimeForecast:
    """Where a project stands in working days of its plan, and when it ends at its own pace."""

    performance: TimePerformance
    start: date
    calendar: Calendar

    def finish(self, factor: Measure[Decimal] | None = None) -> Measure[date]:
        """Return the working day on which it ends; the factor as for `TimePerformance.forecast`.

        Source: worked example WE-05.
        """
        return self.performance.forecast(factor).map(
            lambda length: self.calendar.add_working_days(self.start, ceil(length) - 1)
        )


def time_forecast(portfolio: View, project: Project) -> Measure[TimeForecast]:
    """Return the earned schedule of a project in working days, and the time that has passed.

    Time passes until the day of the figures, or until the actual finish. Without earned value, or
    without a plan over time, or with one that spreads less than half of the budget, so that its
    end is not that of the project: no_data.

    Source: Lipke 2003; worked example WE-05.
    """

    def forecast(found: Performance, plan: PlannedDays) -> Measure[TimeForecast]:
        if project.bac is not None and plan.values[-1] < project.bac.amount * _COVERED:
            return unknown("no_data", "less than half of the budget is spread over time")
        calendar = project_calendar(portfolio, project)
        until = min(found.on, project.actual_finish or found.on)
        length = Decimal(planned_duration(plan.values))
        passed = Decimal(_passed(calendar, plan.days, until))
        return earned_schedule(plan.values, found.figures.ev).map(
            lambda earned: TimeForecast(
                TimePerformance(length, earned, passed), plan.days[0], calendar
            )
        )

    found, plan = project_performance(portfolio, project), planned_days(portfolio, project)
    return found.then(lambda known: plan.then(lambda days: forecast(known, days)))


def pace_and_cost(portfolio: View, project: Project) -> Measure[Decimal]:
    """Return SPI(t) x CPI, the most cautious factor of a forecast by earned schedule.

    One of them unknown: no_data.

    Source: Lipke 2003; worked example WE-06.
    """
    pace = time_forecast(portfolio, project).then(lambda found: found.performance.index)
    cost = project_performance(portfolio, project).then(
        lambda found: found.figures.cost_performance_index
    )
    return given(both(pace, cost, Decimal.__mul__).value, "an index is not known")


def _passed(calendar: Calendar, days: Sequence[date], until: date) -> int:
    if until < days[0]:
        return 0
    last = until if calendar.is_working(until) else calendar.previous_working_day(until)
    return calendar.working_days_between(days[0], last) + 1


def planned_duration(planned: Sequence[Decimal]) -> int:
    """Return the first period in which the planned value reaches its end.

    ``planned`` is cumulative, one value a period, the first period first.

    Source: Lipke 2003; worked example WE-08.

    >>> planned_duration([Decimal(20), Decimal(100), Decimal(100)])
    2
    """
    return next(n for n, value in enumerate(planned, 1) if value >= planned[-1])


def earned_schedule(planned: Sequence[Decimal], earned: Decimal) -> Measure[Decimal]:
    """Return the number of periods in which what was earned should have been earned.

    C + (EV - PV_C) / (PV_C+1 - PV_C), C being the last period with PV_C <= EV, PV_0 = 0: a planned
    pause is credited. Everything earned: the planned duration. Nothing planned: no_data.

    Source: Lipke 2003; worked examples WE-05, WE-08.

    >>> earned_schedule([Decimal(20), Decimal(40), Decimal(40), Decimal(100)], Decimal(40)).value
    Decimal('3')
    """
    if not planned or planned[-1] <= 0:
        return unknown("no_data", "nothing is planned over time")
    if earned >= planned[-1]:
        return Measure(Decimal(planned_duration(planned)))
    values = [Decimal(0), *planned]
    complete = max(n for n, value in enumerate(values) if value <= max(earned, Decimal(0)))
    before, after = values[complete], values[complete + 1]
    return Measure(complete + (max(earned, Decimal(0)) - before) / (after - before))


@dataclass(frozen=True, slots=True)
class TimePerformance:
    """Where a project is in time, in periods of its plan.

    ``actual`` is the time that has passed, frozen when the work is done.
    """

    duration: Decimal
    earned: Decimal
    actual: Decimal

    @property
    def variance(self) -> Decimal:
        """Return ES - AT; negative is late."""
        return self.earned - self.actual

    @property
    def index(self) -> Measure[Decimal]:
        """Return SPI(t) = ES / AT; unlike SPI it does not end at 1. No time passed: not_started.

        Source: Lipke 2003; worked examples WE-06, WE-07.
        """
        return per(self.earned, self.actual, "no time has passed", "not_started")

    def forecast(self, factor: Measure[Decimal] | None = None) -> Measure[Decimal]:
        """Return the duration at completion: AT + (PD - ES) / factor.

        The factor is 1, SPI(t), or SPI(t) x CPI; with SPI(t) the result is PD / SPI(t). A factor
        of 0 or without a value: no forecast.

        Source: Lipke 2003; worked examples WE-05, WE-06.
        """
        left = self.duration - self.earned
        rest = (factor or Measure(Decimal(1))).then(lambda at: per(left, at, "nothing was earned"))
        return rest.map(lambda length: self.actual + length)

    @property
    def to_complete_index(self) -> Measure[Decimal]:
        """Return TSPI = (PD - ES) / (PD - AT), the pace needed to end as planned.

        All earned: finished. The planned end has passed with work left: unreachable.

        Source: Lipke 2003; worked example WE-06.
        """
        left = self.duration - self.earned
        if left <= 0:
            return unknown("finished", "all the work is earned")
        return per(left, self.duration - self.actual, "the planned end has passed", "unreachable")
