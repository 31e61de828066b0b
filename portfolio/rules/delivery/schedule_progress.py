"""Rules about the progress of schedules: dates that can be true, and work done when due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.rules.delivery.schedule_checks import failed
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.view.view import View


@rule(Severity.WARNING, Project)
def sch_dcma_invalid_dates(project: Project, portfolio: View) -> Iterator[Problem]:
    """A plan has work in the past that is not done, or done in the future.

    What it does:
        Counts activities that are forecast to finish before the status date, and those with
        an actual date after it (DCMA point 9: none is allowed).

    Why it matters:
        The past is known and the future is not; a plan that mixes them is wrong about both.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 5d, constraint: {type: MFO, date: 2026-03-13}}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: build, duration: 5d, constraint: {type: SNET, date: 2026-04-13}}]}
    """
    yield from failed(
        project,
        portfolio,
        "invalid dates",
        "enter what happened, and plan the rest from the status date on",
    )


@rule(Severity.INFO, Project)
def sch_dcma_resources(project: Project, portfolio: View) -> Iterator[Problem]:
    """A plan says of some of its work who does it or what it costs, and not of the rest.

    What it does:
        Counts unfinished activities without `resources` and without `budget`, in plans of
        ten or more that state some (DCMA point 10: informative, so this is an info).

    Why it matters:
        What nobody is assigned to is not going to happen.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, resources: [ben-okafor]},
          {id: b, duration: 5d, predecessors: [a]}, {id: c, duration: 5d, predecessors: [b]},
          {id: d, duration: 5d, predecessors: [c]}, {id: e, duration: 5d, predecessors: [d]},
          {id: f, duration: 5d, predecessors: [e]}, {id: g, duration: 5d, predecessors: [f]},
          {id: h, duration: 5d, predecessors: [g]}, {id: i, duration: 5d, predecessors: [h]},
          {id: j, duration: 5d, predecessors: [i]}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, budget: 1000},
          {id: b, duration: 5d, predecessors: [a], budget: 1000},
          {id: c, duration: 5d, predecessors: [b], budget: 1000},
          {id: d, duration: 5d, predecessors: [c], budget: 1000},
          {id: e, duration: 5d, predecessors: [d], budget: 1000},
          {id: f, duration: 5d, predecessors: [e], budget: 1000},
          {id: g, duration: 5d, predecessors: [f], budget: 1000},
          {id: h, duration: 5d, predecessors: [g], budget: 1000},
          {id: i, duration: 5d, predecessors: [h], budget: 1000},
          {id: j, duration: 5d, predecessors: [i], budget: 1000}]}
    """
    yield from failed(project, portfolio, "resources", "name who does them, or what they cost")


@rule(Severity.WARNING, Project)
def sch_dcma_missed(project: Project, portfolio: View) -> Iterator[Problem]:
    """Too much work of a plan finished later than its baseline, or has not.

    What it does:
        Of the activities with a `baseline_finish` up to the status date, counts those that
        finished later or not at all (DCMA point 11: at most 5 %). Speaks of ten or more.

    Why it matters:
        A plan that is missed every time forecasts nothing.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: b, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: c, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: d, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: e, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: f, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: g, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: h, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: i, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: j, duration: 5d, baseline_finish: 2026-03-06, actual_start: 2026-03-02,
           actual_finish: 2026-03-20}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, activities: [
          {id: a, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: b, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: c, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: d, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: e, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: f, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: g, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: h, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: i, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20},
          {id: j, duration: 5d, baseline_finish: 2026-03-20, actual_start: 2026-03-02,
           actual_finish: 2026-03-20}]}
    """
    yield from failed(
        project, portfolio, "missed tasks", "re-plan, and have the new baseline approved"
    )


@rule(Severity.WARNING, Project)
def sch_dcma_bei(project: Project, portfolio: View) -> Iterator[Problem]:
    """Less work of a plan is done than its baseline says.

    What it does:
        Divides the activities done by those whose `baseline_finish` is up to the status
        date (DCMA point 14: baseline execution index of at least 0.95). Speaks of ten or
        more.

    Why it matters:
        Work that is not done in time piles up in front of the end.

    Example:
        pmo.yaml:
          waivers: [{rule: SCH-DCMA-MISSED, object: beacon,
            until: 2026-06-30, approved_by: anna-reyes, reason: The board knows.}]
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
    yield from failed(project, portfolio, "BEI", "finish what is open, or re-plan it")
