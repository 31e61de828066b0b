"""Rules about promises between projects: agreed, in time, and known on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_live, project_of

if TYPE_CHECKING:
    from portfolio.view.view import View

_IDLE = {"cancelled", "on_hold", "closed"}


def _giver_milestone(dependency: Dependency, portfolio: View) -> Milestone | None:
    return portfolio.find(dependency.from_, Milestone)


def _giver_project(dependency: Dependency, portfolio: View) -> Project | None:
    giver = portfolio.find(dependency.from_)
    if isinstance(giver, Milestone | Activity):
        return project_of(portfolio, giver)
    return giver if isinstance(giver, Project) else None


def _expected(dependency: Dependency, portfolio: View) -> tuple[date, str] | None:
    """Return when the giver will deliver and which key says so: the forecast, else the promise."""
    if dependency.forecast is not None:
        return dependency.forecast, "forecast"
    milestone = _giver_milestone(dependency, portfolio)
    if milestone is not None and milestone.actual is None and milestone.forecast is not None:
        return milestone.forecast, "from"
    return (dependency.committed, "committed") if dependency.committed is not None else None


@rule(Severity.ERROR, Dependency)
def dep_later_than_need(dependency: Dependency, portfolio: View) -> Iterator[Problem]:
    """A giver expects to deliver after the day on which the receiver needs it.

    What it does:
        Compares `need_by` with the dependency's `forecast`, else the forecast of the giver's
        milestone, else the `committed` day. A soft dependency moves no dates: a warning.

    Why it matters:
        The receiver's plan is broken already, whoever has not been told yet.

    Example:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub.api-ready,
          to: atlas.test, owner: ben-okafor, need_by: 2026-04-10, committed: 2026-04-17,
          agreement: agreed}

    Use instead:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub.api-ready,
          to: atlas.test, owner: ben-okafor, need_by: 2026-04-24, committed: 2026-04-17,
          agreement: agreed}
    """
    expected = _expected(dependency, portfolio)
    if not is_live(portfolio, dependency) or expected is None or dependency.need_by is None:
        return
    day, key = expected
    if day <= dependency.need_by:
        return
    calendar = project_calendar(portfolio, project_of(portfolio, dependency))
    late = counted(calendar.working_days_between(dependency.need_by, day), "working day")
    milestone = _giver_milestone(dependency, portfolio)
    yield Problem(
        dependency,
        f"needed by {dependency.need_by}, but expected on {day}, {late} later",
        "need_by",
        "agree on an earlier delivery, or move what waits for it",
        Severity.WARNING if dependency.strength == "soft" else None,
        related=(
            see(dependency, f"{key} is {day}", key)
            if key != "from" or milestone is None
            else see(milestone, f"its forecast is {day}", "forecast"),
        ),
    )


@rule(Severity.WARNING, Dependency)
def dep_not_agreed(dependency: Dependency, portfolio: View) -> Iterator[Problem]:
    """A delivery is needed soon and the giver has not agreed to it.

    What it does:
        Reports a dependency that is needed within 30 working days, or was needed already, while
        `agreement` is still proposed or disputed.

    Why it matters:
        An assumed promise is the commonest reason for waiting.

    Example:
        dependency: {id: print-lines, project: atlas, title: Print lines, from: papyrus,
          to: atlas.test, owner: ben-okafor, need_by: 2026-04-24, committed: 2026-04-17}

    Use instead:
        dependency: {id: print-lines, project: atlas, title: Print lines, from: papyrus,
          to: atlas.test, owner: ben-okafor, need_by: 2026-04-24, committed: 2026-04-17,
          agreement: agreed, agreed_on: 2026-03-20}

    Options:
        `thresholds: {agreement_window_days: 30}` in pmo.yaml sets the working days.
    """
    needed, unsure = dependency.need_by, dependency.agreement in {"proposed", "disputed"}
    if needed is None or not unsure or not is_live(portfolio, dependency):
        return
    calendar = project_calendar(portfolio, project_of(portfolio, dependency))
    left = calendar.working_days_between(portfolio.as_of, needed)
    window = portfolio.settings.thresholds.agreement_window_days
    if left > window:
        return
    when = f"in {counted(left, 'working day')}" if left >= 0 else ago(needed, portfolio.as_of)
    yield Problem(
        dependency,
        f"needed by {needed}, {when}, but the agreement is {dependency.agreement}; "
        f"it should stand {counted(window, 'working day')} before",
        "agreement" if dependency.wrote("agreement") else "need_by",
        "let the giver confirm the day, then write agreement: agreed",
    )


@rule(Severity.WARNING, Dependency)
def dep_one_sided(dependency: Dependency, portfolio: View) -> Iterator[Problem]:
    """A receiver waits for a project whose plan has no milestone for it.

    What it does:
        Reports a dependency whose `from` names a whole project, not one of its milestones or
        activities. Teams and suppliers have no plan here and may be named as they are.

    Why it matters:
        What stands in no plan of the giver is work that the giver does not know about.

    Example:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub,
          to: atlas.test, owner: ben-okafor, need_by: 2026-09-30, committed: 2026-04-17,
          agreement: agreed}

    Use instead:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub.api-ready,
          to: atlas.test, owner: ben-okafor, need_by: 2026-09-30, committed: 2026-04-17,
          agreement: agreed}
    """
    giver = portfolio.find(dependency.from_, Project)
    if giver is None or not is_live(portfolio, dependency):
        return
    yield Problem(
        dependency,
        f"waits for the project {giver.id!r} as a whole; its plan has no milestone for this",
        "from",
        f"add a milestone to {giver.id} and name that: {giver.id}.…",
        related=(see(giver, f"project {giver.id!r} is here", "id"),),
    )


@rule(Severity.ERROR, Dependency)
def dep_date_mismatch(dependency: Dependency, portfolio: View) -> Iterator[Problem]:
    """The receiver's record and the giver's plan state different days for one delivery.

    What it does:
        Compares the dependency's `forecast`, else its `committed` day, with the forecast of the
        giver's milestone. A promise beside a newer forecast of its own may differ.

    Why it matters:
        Two calendars for one delivery: one of the two projects plans on a wrong date.

    Example:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub.api-ready,
          to: atlas.test, owner: ben-okafor, need_by: 2026-09-30, committed: 2026-04-07,
          agreement: agreed}

    Use instead:
        dependency: {id: api, project: atlas, title: Customer API, from: data-hub.api-ready,
          to: atlas.test, owner: ben-okafor, need_by: 2026-09-30, committed: 2026-04-07,
          forecast: 2026-04-17, agreement: agreed}
    """
    milestone = _giver_milestone(dependency, portfolio)
    key = "forecast" if dependency.forecast is not None else "committed"
    stated = dependency.forecast or dependency.committed
    if milestone is None or milestone.actual is not None or stated is None:
        return
    planned = milestone.forecast
    if planned is None or planned == stated or not is_live(portfolio, dependency):
        return
    yield Problem(
        dependency,
        f"{key} is {stated}, but the giver's milestone {milestone.id!r} is forecast for {planned}",
        key,
        f"agree on one day; if {planned} holds, write forecast: {planned}",
        related=(see(milestone, f"forecast {planned}", "forecast"),),
    )


@rule(Severity.ERROR, Dependency)
def dep_giver_closed(dependency: Dependency, portfolio: View) -> Iterator[Problem]:
    """A delivery is expected from a project that is cancelled, on hold or closed.

    What it does:
        Reports a dependency that is not delivered, whose giver's project is no longer worked on.
        A giver's milestone that was reached counts as delivered.

    Why it matters:
        Nobody is working on what the receiver waits for.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: cancelled, milestones: [{id: feed, name: Feed, baseline: 2026-04-17}]}
        dependency: {id: feed, project: atlas, title: Feed, from: beacon.feed, to: atlas.test,
          owner: ben-okafor, need_by: 2026-09-30, agreement: agreed}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: approved, milestones: [{id: feed, name: Feed, baseline: 2026-04-17}]}
        dependency: {id: feed, project: atlas, title: Feed, from: beacon.feed, to: atlas.test,
          owner: ben-okafor, need_by: 2026-09-30, agreement: agreed}
    """
    giver = _giver_project(dependency, portfolio)
    milestone = _giver_milestone(dependency, portfolio)
    if giver is None or giver.status not in _IDLE or not is_live(portfolio, dependency):
        return
    if milestone is not None and milestone.actual is not None:
        return
    yield Problem(
        dependency,
        f"waits for {dependency.from_.id!r}, but the project {giver.id!r} is "
        f"{giver.status.replace('_', ' ')}",
        "from",
        "find another giver, or cancel the dependency",
        related=(see(giver, f"{giver.id!r} is {giver.status}", "status"),),
    )
