"""How a project performs: earned value from its snapshots or from its activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.finance.earned_value import NOTHING, EarnedValue, pooled_earned_value
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity
from portfolio.model.finance import Actual, EvSnapshot
from portfolio.model.index import per_portfolio
from portfolio.network.calendars import named_calendar, project_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.calendar import Calendar
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

_WHOLE = Decimal(100)
_EFFORT_LIMIT = Decimal("0.15")
_STARTED: Mapping[str, Decimal] = {
    "0_100": Decimal(0),
    "50_50": Decimal("0.5"),
    "20_80": Decimal("0.2"),
}


@dataclass(frozen=True, slots=True)
class Performance:
    """The figures of a project on a day, their currency, and what they were taken from.

    ``effort`` holds the part that is level of effort, which earns as planned by definition.
    """

    figures: EarnedValue
    currency: str
    on: date
    source: Literal["snapshot", "activities"]
    effort: EarnedValue

    @property
    def schedule_performance_index(self) -> Measure[Decimal]:
        """Return EV / PV, without level of effort where that is above 15 % of the budget.

        Source: domain A2; worked examples WE-01, WE-02.
        """
        whole, effort = self.figures, self.effort
        if not whole.bac or effort.bac / whole.bac <= _EFFORT_LIMIT:
            return whole.schedule_performance_index
        discrete = EarnedValue(
            whole.bac - effort.bac, whole.pv - effort.pv, whole.ev - effort.ev, whole.ac
        )
        return discrete.schedule_performance_index


def project_performance(portfolio: View, project: Project) -> Measure[Performance]:
    """Return planned value, earned value and actual cost of a project until the as-of day.

    The newest earned-value snapshot until that day, with the project's budget; without one, the
    activities that state a budget, and the costs booked. Neither: no_data. An amount without an
    exchange rate: no_data.

    Source: domain A2; worked example WE-02.
    """
    snapshots = snapshots_of(portfolio, project)
    if snapshots:
        return _by_snapshot(project, snapshots[-1])
    return _by_activities(portfolio, project)


def snapshots_of(portfolio: View, project: Project) -> list[EvSnapshot]:
    """Return the earned-value snapshots of a project until the as-of day, oldest first."""
    found = [
        each
        for each in portfolio.related(project, EvSnapshot, "project")
        if each.as_of <= portfolio.as_of
    ]
    return sorted(found, key=lambda each: each.as_of)


def _by_snapshot(project: Project, newest: EvSnapshot) -> Measure[Performance]:
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    stated = (project.bac, newest.pv, newest.ev, newest.ac)
    currencies = {each.currency for each in stated}
    if len(currencies) > 1:
        return unknown("no_data", f"the figures are in {' and '.join(sorted(currencies))}")
    figures = EarnedValue(*(each.amount for each in stated))
    return Measure(Performance(figures, currencies.pop(), newest.as_of, "snapshot", NOTHING))


def _by_activities(portfolio: View, project: Project) -> Measure[Performance]:
    activities = budgeted(portfolio, project)
    if not activities:
        return unknown("no_data", "neither earned value nor budgets of activities are stated")
    booked = portfolio.related(project, Actual, "project")
    if not booked:
        return unknown("no_data", "no cost is booked")
    currency = activities[0].currency
    rates, as_of = portfolio.settings.exchange_rates, portfolio.as_of
    costs = [(a.amount, a.period.start) for a in booked if a.period.start <= as_of]
    spent = total(costs, currency, rates)
    if spent.value is None:
        return unknown(spent.code, spent.reason)
    if any(each.currency != currency for each in activities):
        return unknown("no_data", "the budgets of activities are in different currencies")
    figures = replace(_summed(activities, as_of), ac=spent.value.amount)
    if project.bac is not None and project.bac.currency == currency:
        # It can hold a contingency that no activity has.
        figures = replace(figures, bac=project.bac.amount)
    effort = _summed([each for each in activities if each.is_effort], as_of)
    return Measure(Performance(figures, currency, as_of, "activities", effort))


def _summed(activities: Sequence[Budgeted], day: date) -> EarnedValue:
    return pooled_earned_value(
        EarnedValue(each.budget, each.planned_until(day), each.earned(day), Decimal(0))
        for each in activities
    )


@dataclass(frozen=True, slots=True)
class Budgeted:
    """An activity with its budget, spread evenly over the working time of its baseline."""

    activity: Activity
    calendar: Calendar
    budget: Decimal
    currency: str
    begin: date
    end: date

    @property
    def is_effort(self) -> bool:
        """Tell whether it is level of effort, which earns what is planned."""
        return self.activity.loe or self.activity.ev_method == "loe"

    def planned_until(self, day: date) -> Decimal:
        """Return the planned value at the end of a day."""
        if day >= self.end:
            return self.budget
        if day < self.begin:
            return Decimal(0)
        begin = self.calendar.start_of(self.begin)
        whole = self.calendar.working_minutes_between(begin, self.calendar.finish_of(self.end))
        gone = self.calendar.working_minutes_between(begin, self.calendar.finish_of(day))
        return self.budget * min(gone, whole) / whole if whole > 0 else self.budget

    def earned(self, day: date) -> Decimal:
        """Return the earned value by the activity's method.

        0/100, 50/50 and 20/80 earn at the start and at the finish; level of effort earns what is
        planned; everything else earns its percentage.

        Source: PMI, Practice Standard for Earned Value Management.
        """
        if self.is_effort:
            return self.planned_until(day)
        finished = self.activity.actual_finish
        if finished is not None and finished <= day:
            return self.budget
        started = self.activity.actual_start is not None or bool(self.activity.pct_complete)
        at_start = _STARTED.get(self.activity.ev_method)
        if at_start is not None:
            done = self.activity.pct_complete == _WHOLE
            return self.budget * (1 if done else at_start if started else 0)
        return self.budget * (self.activity.pct_complete or Decimal(0)) / _WHOLE


def budgeted(portfolio: View, project: Project) -> list[Budgeted]:
    """Return the activities of a project that state a budget and the dates of a baseline."""
    calendar = project_calendar(portfolio, project)
    return [
        Budgeted(
            each,
            named_calendar(portfolio, each.calendar) if each.calendar else calendar,
            each.budget.amount,
            each.budget.currency,
            each.baseline_start,
            each.baseline_finish,
        )
        for each in _activities_by_project(portfolio).get(project.id, ())
        if each.budget is not None and each.baseline_start and each.baseline_finish
    ]


@per_portfolio
def _activities_by_project(portfolio: View) -> Mapping[str, list[Activity]]:
    return grouped((each.project.id, each) for each in portfolio.all(Activity))
