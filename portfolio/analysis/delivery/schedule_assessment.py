"""The fourteen DCMA checks of every plan of a portfolio, from its one schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from portfolio.analysis.delivery import schedule_checks as points
from portfolio.calendar import finish_date
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity, Dependency, Project
from portfolio.model.delivery.schedule_logic import Predecessor
from portfolio.model.index import per_portfolio
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import plan_of
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import build_network
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.network.portfolio_schedule import Plan
    from portfolio.network.schedule_network import Network
    from portfolio.view.view import View

ADDED_DAYS = 600


class Scorecard(NamedTuple):
    """The checks of one plan, in their order."""

    project: Project
    results: Sequence[points.CheckResult]

    def result(self, name: str) -> points.CheckResult:
        """Return the result of one check."""
        return self.results[points.CHECKS[name].number - 1]

    @property
    def failed(self) -> Sequence[points.CheckResult]:
        """The checks that fail."""
        return tuple(each for each in self.results if each.is_failed)

    @property
    def judged(self) -> int:
        """How many checks could be made and have a limit."""
        return sum(each.is_judged for each in self.results)


@per_portfolio
def scorecards(portfolio: View) -> Mapping[str, Scorecard]:
    """Return the fourteen checks of each project that has activities and is not over, by its id."""
    with_work = {
        project.id: (project, work)
        for project in portfolio.all(Project)
        if not is_over(project) and (work := portfolio.related(project, Activity, "project"))
    }
    if not with_work:
        return {}
    plan = plan_of(portfolio)
    nodes = grouped((each.project, node) for node, each in enumerate(plan.network.activities))
    return {
        id_: Scorecard(project, _results(portfolio, plan, project, work, nodes.get(id_, [])))
        for id_, (project, work) in with_work.items()
    }


def _results(
    portfolio: View,
    plan: Plan,
    project: Project,
    work: Sequence[Activity],
    nodes: Sequence[int],
) -> Sequence[points.CheckResult]:
    found, as_of = plan.schedule, portfolio.as_of
    calendar = project_calendar(portfolio, project)
    length = calendar.minutes_per_day
    ids = plan.network.activities
    room = {ids[n].id: left / length for n in nodes if (left := found.total_float[n]) is not None}
    early = {ids[n].id: finish_date(found.early_finish[n]) for n in nodes}
    ahead = found.ends.get(project.id, 0)
    start = calendar.start_of(as_of)
    remaining = calendar.working_minutes_between(start, ahead) / length if ahead > start else 0.0
    awaited = {each.id for each in work if _is_awaited(each, portfolio)}
    return (
        points.missing_logic(work, awaited),
        *points.links_of(work),
        points.hard_constraints(work),
        *points.floats(work, room),
        points.long_durations(work, length),
        points.invalid_dates(work, early, as_of),
        points.resources(work),
        points.missed_tasks(work, as_of),
        _critical_path_test(plan, nodes, length),
        points.critical_path_length_index(remaining, min(room.values(), default=0.0)),
        points.baseline_execution_index(work, as_of),
    )


def _is_awaited(activity: Activity, portfolio: View) -> bool:
    """Tell whether an activity is somebody's predecessor, or delivers to another project."""
    return any(
        isinstance(used.record, Predecessor)
        or (isinstance(used.holder, Dependency) and used.field.key == "from")
        for used in portfolio.references_to(activity)
    )


def _critical_path_test(plan: Plan, nodes: Sequence[int], length: int) -> points.CheckResult:
    """Delay the first critical activity by 600 working days and see how far the end moves.

    The plan runs again by itself: what other projects hand over arrives when it is expected now.
    """
    network = _alone(plan, nodes)
    before = schedule(network)
    room = before.total_float
    unfinished = [
        n for n, left in enumerate(room) if left is not None and network.activities[n].duration > 0
    ]
    last = max(unfinished, key=lambda n: before.early_finish[n], default=None)
    tightest = None if last is None else room[last]
    if last is None or tightest is None or tightest > 0:
        reason = "no unfinished activity is critical"
        return points.CheckResult(points.CHECKS["critical path test"], reason=reason)
    chain = [n for n in unfinished if room[n] == tightest]
    first = min(chain, key=lambda n: (before.early_start[n], n))
    axis = network.axis(first)
    after = schedule(network, {first: ADDED_DAYS * length}, stated=before.stated)
    moved = (axis.position(after.finish) - axis.position(before.finish)) / length
    if len({network.axis_of[n] for n in range(len(network.activities))}) > 1:
        # Between calendars a day more or less is lost at their holidays, not in the logic.
        moved = ADDED_DAYS if abs(moved - ADDED_DAYS) < ADDED_DAYS / 100 else moved
    return points.critical_path_test(moved, ADDED_DAYS)


def _alone(plan: Plan, nodes: Sequence[int]) -> Network:
    """Return the network of one project, where what comes from outside stands on its date."""
    whole, found = plan.network, plan.schedule
    inside = set(nodes)
    kept, links, held = [], [], set()
    for node in nodes:
        for number in found.incoming[node]:
            if whole.tails[number] in inside:
                links.append(whole.links[number])
            else:
                held.add(node)
    for node in nodes:
        activity = whole.activities[node]
        if node in held:
            stands = max(activity.start_no_earlier or 0, found.early_start[node])
            activity = activity._replace(start_no_earlier=stands)
        kept.append(activity)
    return build_network(
        kept, links, whole.calendars, whole.start,
        data_date=whole.data_date, progress_override=whole.progress_override,
    )  # fmt: skip
