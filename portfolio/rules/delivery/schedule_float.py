"""Rules about the room in schedules: float that is too large, too small, or contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import plan_of
from portfolio.rules.delivery.schedule_checks import failed
from portfolio.rules.phrases import counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View


@rule(Severity.WARNING, Project)
def sch_dcma_high_float(project: Project, portfolio: View) -> Iterator[Problem]:
    """Too much work of a plan could wait for two months, it says.

    What it does:
        Counts unfinished activities with more than 44 working days of total float (DCMA
        point 6: at most 5 %). Speaks of plans of ten or more activities.

    Why it matters:
        So much room mostly means that a successor is missing.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 20d, predecessors: [a]},
          {id: c, duration: 20d, predecessors: [b]}, {id: d, duration: 20d, predecessors: [c]},
          {id: e, duration: 20d, predecessors: [d]}, {id: f, duration: 20d, predecessors: [e]},
          {id: g, duration: 20d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [a]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [g, i]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 20d, predecessors: [a]},
          {id: c, duration: 20d, predecessors: [b]}, {id: d, duration: 20d, predecessors: [c]},
          {id: e, duration: 20d, predecessors: [d]}, {id: f, duration: 20d, predecessors: [e]},
          {id: g, duration: 20d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [e]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [g, i]}]}
    """
    yield from failed(project, portfolio, "high float", "tie them to what really needs them")


@rule(Severity.WARNING, Project)
def sch_dcma_negative_float(project: Project, portfolio: View) -> Iterator[Problem]:
    """Work of a plan cannot meet an imposed date.

    What it does:
        Counts unfinished activities with a total float below zero (DCMA point 7: none is
        allowed).

    Why it matters:
        The plan itself says that a promise will be broken.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 10d, predecessors: [build], deadline: 2026-05-08}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 5d, predecessors: [build], deadline: 2026-05-08}]}
    """
    yield from failed(
        project, portfolio, "negative float", "move the imposed date, or shorten the way to it"
    )


@rule(Severity.WARNING, Project)
def sch_dcma_critical_path(project: Project, portfolio: View) -> Iterator[Problem]:
    """The end of a plan does not move when its critical work does.

    What it does:
        Delays the first critical activity by 600 working days and schedules again: the end
        must move by 600 as well (DCMA point 12).

    Why it matters:
        A plan whose end stands still forecasts nothing.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 9d, predecessors: [build],
           constraint: {type: MFO, date: 2026-05-08}}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 10d, predecessors: [build], deadline: 2026-05-29}]}
    """
    yield from failed(
        project,
        portfolio,
        "critical path test",
        "take the imposed dates off the way to the end, and tie it through",
    )


@rule(Severity.WARNING, Project)
def sch_dcma_cpli(project: Project, portfolio: View) -> Iterator[Problem]:
    """The way to the end of a plan is longer than the time that is left.

    What it does:
        Compares the critical path, from the status date, with and without its total float
        (DCMA point 13: critical path length index of at least 0.95).

    Why it matters:
        Below one, work must go faster than planned from today on.

    Example:
        pmo.yaml:
          waivers: [{rule: SCH-DCMA-NEGATIVE-FLOAT, object: beacon,
            until: 2026-06-30, approved_by: anna-reyes, reason: The board knows.}]
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 10d, predecessors: [build], deadline: 2026-04-30}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 20d},
          {id: test, duration: 5d, predecessors: [build], deadline: 2026-06-12}]}
    """
    yield from failed(project, portfolio, "CPLI", "shorten the critical path, or move the date")


@rule(Severity.WARNING, Project)
def sch_negative_float(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project calls itself green and cannot meet an imposed date.

    What it does:
        Computes the total float of the activities and milestones of a project that declares green,
        where any has a deadline or a constraint; below zero means that the date cannot be met.

    Why it matters:
        Arithmetic contradicts the report.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          start: 2026-04-01, declared_rag: {overall: green, comment: All is well.},
          milestones: [{id: go, name: Go, owner: ben-okafor, type: internal, baseline: 2026-06-01,
            forecast: 2026-06-01, deadline: 2026-05-01}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          start: 2026-04-01, declared_rag: {overall: green, comment: All is well.},
          milestones: [{id: go, name: Go, owner: ben-okafor, type: internal, baseline: 2026-06-01,
            forecast: 2026-06-01, deadline: 2026-07-01}]}
    """
    declared = project.declared_rag
    if declared is None or declared.overall != "green" or is_over(project):
        return
    work: list[Activity | Milestone] = [
        *portfolio.related(project, Activity, "project"),
        *portfolio.related(project, Milestone, "project"),
    ]
    if not any(each.deadline or each.constraint for each in work):
        return
    plan = plan_of(portfolio)
    calendar = project_calendar(portfolio, project)
    short: list[tuple[int, Activity | Milestone]] = []
    for each in work:
        node = plan.network.index.get(each.id)
        left = plan.schedule.total_float[node] if node is not None else None
        if left is not None and left < 0:
            short.append((left, each))
    if short:
        left, worst = min(short, key=lambda item: (item[0], item[1].id))
        days = -(left // calendar.minutes_per_day)
        yield Problem(
            project,
            f"declared green, but {worst.id!r} has a float of -{counted(days, 'working day')}: an "
            "imposed date cannot be met",
            "overall",
            "move the date, shorten the way to it, or declare another colour",
            record=declared,
            related=(see(worst, "this is where it shows"),),
        )
