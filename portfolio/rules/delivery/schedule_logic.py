"""Rules about the logic of schedules: ties instead of wishes, and few imposed dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Activity, Project
from portfolio.rules.delivery.schedule_checks import failed
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View


@rule(Severity.WARNING, Activity)
def sch_dcma_leads(activity: Activity, portfolio: View) -> Iterator[Problem]:
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
def sch_dcma_logic(project: Project, portfolio: View) -> Iterator[Problem]:
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
    yield from failed(project, portfolio, "logic", "tie them to the others")


@rule(Severity.WARNING, Project)
def sch_dcma_lags(project: Project, portfolio: View) -> Iterator[Problem]:
    """Too many links of a plan wait for a lag that nobody has a name for.

    What it does:
        Counts the links into unfinished activities with a positive lag (DCMA point 3: at
        most 5 %). Speaks of plans with ten or more links.

    Why it matters:
        A lag is work that somebody else does: it has no owner and cannot be shortened.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]},
          {id: d, duration: 5d, predecessors: [{id: c, lag: 2d}]},
          {id: e, duration: 5d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [{id: g, lag: 2d}]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]},
          {id: k, duration: 5d, predecessors: [j]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 2d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 2d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]},
          {id: k, duration: 5d, predecessors: [j]}]}
    """
    yield from failed(project, portfolio, "lags", "make the waiting an activity of its own")


@rule(Severity.WARNING, Project)
def sch_dcma_link_types(project: Project, portfolio: View) -> Iterator[Problem]:
    """Too many links of a plan tie something else than a finish to a start.

    What it does:
        Counts the links into unfinished activities that run from finish to start (DCMA
        point 4: at least 90 %). Speaks of plans with ten or more links.

    Why it matters:
        The end of a plan of other links is hard to explain, and float hides in it.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]},
          {id: d, duration: 5d, predecessors: [{id: c, type: SS}]},
          {id: e, duration: 5d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [{id: g, type: SS}]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]},
          {id: k, duration: 5d, predecessors: [j]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]},
          {id: c, duration: 5d, predecessors: [b]}, {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d]}, {id: f, duration: 5d, predecessors: [e]},
          {id: g, duration: 5d, predecessors: [f]}, {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 5d, predecessors: [h]}, {id: j, duration: 5d, predecessors: [i]},
          {id: k, duration: 5d, predecessors: [j]}]}
    """
    yield from failed(
        project,
        portfolio,
        "link types",
        "cut the work where the other begins, and tie finish to start",
    )


@rule(Severity.WARNING, Project)
def sch_dcma_hard_constraints(project: Project, portfolio: View) -> Iterator[Problem]:
    """Too many dates of a plan are imposed instead of computed.

    What it does:
        Counts unfinished activities with MSO, MFO, SNLT or FNLT (DCMA point 5: at most 5 %).
        Speaks of plans of ten or more activities.

    Why it matters:
        An imposed date stands still while the work behind it slips.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, constraint: {type: FNLT, date: 2026-12-18}},
          {id: b, duration: 5d, predecessors: [a]}, {id: c, duration: 5d, predecessors: [b]},
          {id: d, duration: 5d, predecessors: [c]},
          {id: e, duration: 5d, predecessors: [d], constraint: {type: FNLT, date: 2026-12-18}},
          {id: f, duration: 5d, predecessors: [e]}, {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [g]},
          {id: i, duration: 5d, predecessors: [h], constraint: {type: FNLT, date: 2026-12-18}},
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
    yield from failed(
        project, portfolio, "hard constraints", "use a deadline, or start no earlier than"
    )


@rule(Severity.WARNING, Project)
def sch_dcma_long_duration(project: Project, portfolio: View) -> Iterator[Problem]:
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
    yield from failed(project, portfolio, "long duration", "cut them into pieces")
