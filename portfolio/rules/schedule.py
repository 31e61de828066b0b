"""Rules about schedules: logic instead of wishes, and floats that agree with the colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.schedule_health import (
    CheckResult,
    hard_constraints,
    long_durations,
    missed_tasks,
    missing_logic,
)
from portfolio.diagnostic import Severity
from portfolio.model.delivery import Activity, Dependency, Milestone, Predecessor, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.planning import plan_of
from portfolio.rules.rule import Problem, rule
from portfolio.rules.states import is_over
from portfolio.rules.wording import counted, listed, see

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


def _activities(project: Project, portfolio: Portfolio) -> tuple[Activity, ...]:
    return () if is_over(project) else portfolio.related(project, Activity, "project")


def _failed(project: Project, result: CheckResult, what: str, hint: str) -> Iterator[Problem]:
    if result.is_failed:
        names = listed(each.id for each in result.failing)
        yield Problem(
            project,
            f"{len(result.failing)} of {counted(result.count, 'activity', 'activities')} {what}; "
            f"allowed are {result.limit * 100:.0f} %: {names}",
            "id",
            hint,
            related=tuple(see(each, each.id) for each in result.failing[:5]),
        )


@rule(Severity.WARNING, Activity)
def sch_dcma_leads(activity: Activity, portfolio: Portfolio) -> Iterator[Problem]:
    """An activity begins before its predecessor has finished, by a negative lag.

    What it does:
        Reports predecessors with a negative lag, unless the activity is finished (DCMA point 2:
        none is allowed).

    Why it matters:
        A lead says "a bit before it is done", and nobody can tell when that is.

    Example:
        activity: {id: pilot, project: atlas, duration: 5d, predecessors: [{id: test, lag: -3d}]}

    Use instead:
        activity: {id: pilot, project: atlas, duration: 5d,
          predecessors: [{id: test, type: SS, lag: 17d}]}
    """
    if activity.actual_finish is not None or is_over(portfolio.find(activity.project, Project)):
        return
    for predecessor in activity.predecessors:
        if predecessor.lag is not None and predecessor.lag.amount < 0:
            yield Problem(
                activity,
                f"the lag behind {predecessor.id.id!r} is {predecessor.lag}; no lead is allowed",
                "lag",
                "split the predecessor where this work can begin, or tie their starts",
                record=predecessor,
            )


@rule(Severity.WARNING, Project)
def sch_dcma_logic(project: Project, portfolio: Portfolio) -> Iterator[Problem]:
    """Too much work of a plan hangs in the air, without a predecessor or a successor.

    What it does:
        Counts unfinished activities without either; one start and one end are allowed (DCMA point
        1: at most 5 %). Speaks of plans of ten or more activities.

    Why it matters:
        What is tied to nothing moves nothing when it slips.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d}, {id: c, duration: 5d},
          {id: d, duration: 5d}, {id: e, duration: 5d}, {id: f, duration: 5d},
          {id: g, duration: 5d}, {id: h, duration: 5d}, {id: i, duration: 5d},
          {id: j, duration: 5d}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]}]}
    """
    activities = _activities(project, portfolio)
    awaited = {each.id for each in activities if _is_awaited(each, portfolio)}
    what = "have no predecessor or no successor"
    yield from _failed(project, missing_logic(activities, awaited), what, "tie them to the others")


def _is_awaited(activity: Activity, portfolio: Portfolio) -> bool:
    """Tell whether an activity is somebody's predecessor, or delivers to another project."""
    return any(
        isinstance(used.record, Predecessor)
        or (isinstance(used.holder, Dependency) and used.field.key == "from")
        for used in portfolio.references_to(activity)
    )


@rule(Severity.WARNING, Project)
def sch_dcma_hard_constraints(project: Project, portfolio: Portfolio) -> Iterator[Problem]:
    """Too many dates of a plan are imposed instead of computed.

    What it does:
        Counts unfinished activities with MSO, MFO, SNLT or FNLT (DCMA point 5: at most 5 %).
        Speaks of plans of ten or more activities.

    Why it matters:
        An imposed date stands still while the work behind it slips.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, constraint: {type: MSO, date: 2026-06-01}},
          {id: b, duration: 5d, predecessors: [a]}, {id: c, duration: 5d, predecessors: [b]},
          {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d], constraint: {type: MSO, date: 2026-06-01}},
          {id: f, duration: 5d, predecessors: [e]}, {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 5d, predecessors: [h], constraint: {type: MSO, date: 2026-06-01}},
          {id: j, duration: 5d, predecessors: [i]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, deadline: 2026-12-18}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d], deadline: 2026-12-18},
          {id: f, duration: 5d, predecessors: [e]}, {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 5d, predecessors: [h], deadline: 2026-12-18},
          {id: j, duration: 5d, predecessors: [i]}]}
    """
    result = hard_constraints(_activities(project, portfolio))
    hint = "use a deadline, or start no earlier than"
    yield from _failed(project, result, "have a hard constraint", hint)


@rule(Severity.WARNING, Project)
def sch_dcma_long_duration(project: Project, portfolio: Portfolio) -> Iterator[Problem]:
    """Too much work of a plan is longer than two months in one piece.

    What it does:
        Counts unfinished activities of more than 44 working days (DCMA point 8: at most 5 %).
        Speaks of plans of ten or more activities.

    Why it matters:
        What takes two months is 90 % done for one of them.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 60d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 60d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 60d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 20d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 20d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 20d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]}]}
    """
    minutes = project_calendar(portfolio, project).minutes_per_day
    result = long_durations(_activities(project, portfolio), minutes)
    yield from _failed(project, result, "are longer than 44 working days", "cut them into pieces")


@rule(Severity.WARNING, Project)
def sch_dcma_missed(project: Project, portfolio: Portfolio) -> Iterator[Problem]:
    """Too much work of a plan finished later than its baseline, or has not.

    What it does:
        Of the activities with a `baseline_finish` up to the status date, counts those that
        finished later or not at all (DCMA point 11: at most 5 %).
        Speaks of plans of ten or more activities.

    Why it matters:
        A plan that is missed every time forecasts nothing.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, baseline_finish: 2026-03-06},
          {id: b, duration: 5d, predecessors: [a], baseline_finish: 2026-03-06},
          {id: c, duration: 5d, predecessors: [b], baseline_finish: 2026-03-06},
          {id: d, duration: 5d, predecessors: [c], baseline_finish: 2026-03-06},
          {id: e, duration: 5d, predecessors: [d], baseline_finish: 2026-03-06},
          {id: f, duration: 5d, predecessors: [e], baseline_finish: 2026-03-06},
          {id: g, duration: 5d, predecessors: [f], baseline_finish: 2026-03-06},
          {id: h, duration: 5d, predecessors: [g], baseline_finish: 2026-03-06},
          {id: i, duration: 5d, predecessors: [h], baseline_finish: 2026-03-06},
          {id: j, duration: 5d, predecessors: [i], baseline_finish: 2026-03-06}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, baseline_finish: 2026-06-05},
          {id: b, duration: 5d, predecessors: [a], baseline_finish: 2026-06-05},
          {id: c, duration: 5d, predecessors: [b], baseline_finish: 2026-06-05},
          {id: d, duration: 5d, predecessors: [c], baseline_finish: 2026-06-05},
          {id: e, duration: 5d, predecessors: [d], baseline_finish: 2026-06-05},
          {id: f, duration: 5d, predecessors: [e], baseline_finish: 2026-06-05},
          {id: g, duration: 5d, predecessors: [f], baseline_finish: 2026-06-05},
          {id: h, duration: 5d, predecessors: [g], baseline_finish: 2026-06-05},
          {id: i, duration: 5d, predecessors: [h], baseline_finish: 2026-06-05},
          {id: j, duration: 5d, predecessors: [i], baseline_finish: 2026-06-05}]}
    """
    result = missed_tasks(_activities(project, portfolio), portfolio.as_of)
    what = "missed their baseline finish"
    yield from _failed(project, result, what, "re-plan, and have the new baseline approved")


@rule(Severity.WARNING, Project)
def sch_negative_float(project: Project, portfolio: Portfolio) -> Iterator[Problem]:
    """A project calls itself green and cannot meet an imposed date.

    What it does:
        Computes the total float of the activities and milestones of a project that declares green,
        where any has a deadline or a constraint; below zero means that the date cannot be met.

    Why it matters:
        Arithmetic contradicts the report.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          start: 2026-04-01, declared_rag: {overall: green, comment: All is well.},
          activities: [{id: build, duration: 40d, deadline: 2026-05-01}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          start: 2026-04-01, declared_rag: {overall: green, comment: All is well.},
          activities: [{id: build, duration: 15d, deadline: 2026-05-01}]}
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
