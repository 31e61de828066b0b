"""The forward and the backward pass of the critical path method, on working-time positions.

Most of a network is finish-to-start logic between activities on one calendar: there both passes
are a maximum and a minimum over positions. Where a calendar, a lag, another link type, progress
or an imposed date comes in, the node is placed by instants instead. A start bound that falls
into free time means the next shift, a finish bound the end of the shift before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.axis import Axis
from portfolio.network.activities import Activity, Link
from portfolio.network.plan import Network
from portfolio.network.progress import Work


@dataclass(frozen=True, slots=True, eq=False)
class Early:
    """The earliest positions: where what is left begins and where it ends.

    ``starts`` and ``finishes`` hold the instants of the nodes that do not stand where their
    position says: milestones, and what has happened.
    """

    begin: list[int]
    finish: list[int]
    starts: dict[int, int] = field(default_factory=dict)
    finishes: dict[int, int] = field(default_factory=dict)

    def start_instant(self, network: Network, node: int) -> int:
        """Return when an activity starts, or has started."""
        known = self.starts.get(node)
        return network.axis(node).start_at(self.begin[node]) if known is None else known

    def finish_instant(self, network: Network, node: int) -> int:
        """Return when an activity finishes, or has finished."""
        known = self.finishes.get(node)
        return network.axis(node).finish_at(self.finish[node]) if known is None else known


@dataclass(frozen=True, slots=True, eq=False)
class Late:
    """The latest positions: of the finish, and of the moment from which logic must let it go."""

    finish: list[int]
    release: list[int]
    milestones: dict[int, int] = field(default_factory=dict)

    def release_instant(self, network: Network, node: int) -> int:
        """Return the latest instant at which predecessors may let an activity start."""
        known = self.milestones.get(node)
        return network.axis(node).start_at(self.release[node]) if known is None else known

    def finish_limit(self, network: Network, work: Work, node: int) -> int:
        """Return the latest instant to which predecessors may hold an activity's finish."""
        known = self.milestones.get(node)
        if known is not None:
            return known
        return network.axis(node).start_at(self.finish[node] - work.delay(node))


def forward(network: Network, work: Work) -> Early:
    """Place every activity as early as its predecessors, imposed dates and progress allow."""
    begin, finish = list(work.floor_position), [0] * len(work.minutes)
    early = Early(begin, finish)
    special, plain, minutes = work.special_forward, network.plain_in, work.minutes
    for node in network.order:
        if special[node]:
            _place(network, work, early, node)
            continue
        position = begin[node]
        for tail in plain[node]:
            if finish[tail] > position:  # noqa: PLR1730 - max() doubles the time of the pass
                position = finish[tail]
        begin[node] = position
        finish[node] = position + minutes[node]
    return early


def backward(network: Network, work: Work, early: Early, ends: Mapping[str, int]) -> Late:
    """Place every activity as late as its successors and its project's end allow."""
    caps = [ends.get(project, network.start) for project, _ in network.groups]
    cap_positions = [
        network.axes[axis].position(cap)
        for cap, (_, axis) in zip(caps, network.groups, strict=True)
    ]
    finish, release = [0] * len(work.minutes), [0] * len(work.minutes)
    late = Late(finish, release)
    special, plain, minutes = work.special_backward, network.plain_out, work.minutes
    group_of = network.group_of
    for node in reversed(network.order):
        if special[node]:
            _place_late(network, work, early, late, node, caps[group_of[node]])
            continue
        position = cap_positions[group_of[node]]
        for head in plain[node]:
            if release[head] < position:  # noqa: PLR1730 - the same
                position = release[head]
        finish[node] = position
        release[node] = position - minutes[node]
    return late


def project_ends(network: Network, early: Early) -> dict[str, int]:
    """Return when each project finishes; a level of effort does not count."""
    best: dict[int, int] = {}
    for node, group in enumerate(network.group_of):
        if not network.activities[node].is_level_of_effort:
            position = early.finish[node]
            if best.get(group, position) <= position:
                best[group] = position
    ends: dict[str, int] = {}
    for group, position in best.items():
        project, axis = network.groups[group]
        reached = network.axes[axis].finish_at(position)
        ends[project] = max(ends.get(project, reached), reached)
    for node, reached in early.finishes.items():
        activity = network.activities[node]
        if not activity.is_level_of_effort:
            ends[activity.project] = max(ends[activity.project], reached)
    return ends


def held_to(network: Network, early: Early, number: int) -> int:
    """Return the instant before which a link does not let its successor start, or finish."""
    link, tail = network.links[number], network.tails[number]
    from_finish = link.type in {"FS", "FF"}
    at = (early.finish_instant if from_finish else early.start_instant)(network, tail)
    axis = network.lag_axis(link)
    if not link.lag or axis is None:
        return at + link.lag
    return axis.finish_at(axis.position(at) + link.lag)


def allowed_until(network: Network, link: Link, at: int) -> int:
    """Return the latest instant of the predecessor's end that holds the successor to ``at``."""
    axis = network.lag_axis(link)
    if not link.lag or axis is None:
        return at - link.lag
    return axis.start_at(axis.position(at) - link.lag)


def start_limit(axis: Axis, at: int) -> int:
    """Return the last position at which work can start no later than an instant."""
    position = axis.position(at)
    return position if axis.start_at(position) <= at else position - 1


def _place(network: Network, work: Work, early: Early, node: int) -> None:
    activity = network.activities[node]
    if activity.is_finished:
        _place_finished(network, early, node, activity)
        return
    starts = [work.floor[node]]
    finishes: list[int] = []
    if activity.constraint == "FNET" and activity.constraint_at is not None:
        finishes.append(activity.constraint_at)
    starts.extend(early.finish_instant(network, tail) for tail in network.plain_in[node])
    for number in network.other_in.get(node, ()):
        ends = finishes if network.links[number].type in {"FF", "SF"} else starts
        ends.append(held_to(network, early, number))
    if activity.duration == 0:
        _place_milestone(network, work, early, node, max(starts + finishes))
    else:
        _place_work(network, work, early, node, (max(starts), max(finishes, default=None)))


def _place_finished(network: Network, early: Early, node: int, activity: Activity) -> None:
    axis = network.axis(node)
    finish, start = activity.actual_finish, activity.actual_start
    if finish is None:
        finish = start or 0
    if start is None:
        reached = axis.position(finish) - activity.duration
        start = axis.start_at(reached) if activity.duration else finish
    early.starts[node], early.finishes[node] = start, finish
    early.begin[node], early.finish[node] = axis.position(start), axis.position(finish)


def _place_milestone(network: Network, work: Work, early: Early, node: int, at: int) -> None:
    axis, activity, delay = network.axis(node), network.activities[node], work.delay(node)
    if activity.constraint in {"MSO", "MFO"} and activity.constraint_at is not None:
        at = activity.constraint_at
    if delay:
        at = axis.finish_at(axis.position(at) + delay)
    early.starts[node] = early.finishes[node] = at
    early.begin[node] = early.finish[node] = axis.position(at)


def _place_work(
    network: Network, work: Work, early: Early, node: int, bounds: tuple[int, int | None]
) -> None:
    axis, activity, minutes = network.axis(node), network.activities[node], work.minutes[node]
    start, finish = bounds
    begin = axis.position(start)
    end = begin + minutes if finish is None else axis.position(finish)
    if activity.is_level_of_effort and not activity.is_started:
        # It spans what it accompanies: from the start logic to the finish logic it is given.
        early.begin[node], early.finish[node] = begin, max(begin, end)
        return
    begin = max(begin, end - minutes)
    if not activity.is_started and activity.constraint_at is not None:
        if activity.constraint == "MSO":
            begin = axis.position(activity.constraint_at)
        elif activity.constraint == "MFO":
            begin = axis.position(activity.constraint_at) - minutes
    begin += work.delay(node)
    early.begin[node], early.finish[node] = begin, begin + minutes
    if activity.actual_start is not None:
        early.starts[node] = activity.actual_start
        early.finishes[node] = max(activity.actual_start, axis.finish_at(begin + minutes))


def _place_late(
    network: Network, work: Work, early: Early, late: Late, node: int, cap: int
) -> None:
    activity, delay = network.activities[node], work.delay(node)
    axis, minutes = network.axis(node), work.minutes[node]
    fixed = activity.constraint in {"MSO", "MFO"} and not activity.is_started
    if activity.is_finished or activity.is_level_of_effort or fixed:
        late.finish[node], late.release[node] = early.finish[node], early.begin[node] - delay
        if activity.duration == 0:
            at = early.finishes[node]
            late.milestones[node] = axis.start_at(axis.position(at) - delay) if delay else at
        return
    finishes, starts = _limits(network, work, late, node)
    finishes.append(cap)
    if activity.duration == 0:
        at = min(finishes + starts)
        late.finish[node] = axis.position(at)
        late.release[node] = late.finish[node] - delay
        late.milestones[node] = axis.start_at(late.release[node]) if delay else at
        return
    begin = axis.position(min(finishes)) - minutes
    if starts and not activity.is_started:
        begin = min(begin, start_limit(axis, min(starts)))
    late.finish[node], late.release[node] = begin + minutes, begin - delay


def _limits(network: Network, work: Work, late: Late, node: int) -> tuple[list[int], list[int]]:
    """Return the instants that an activity may not finish, and not start, later than."""
    activity = network.activities[node]
    finishes = [late.release_instant(network, head) for head in network.plain_out[node]]
    starts: list[int] = []
    if activity.deadline is not None:
        finishes.append(activity.deadline)
    if activity.constraint_at is not None:
        if activity.constraint in {"FNLT", "MFO"}:
            finishes.append(activity.constraint_at)
        elif activity.constraint == "SNLT":
            starts.append(activity.constraint_at)
    for number in network.other_out.get(node, ()):
        link, head = network.links[number], network.heads[number]
        at = (
            late.release_instant(network, head)
            if link.type in {"FS", "SS"}
            else late.finish_limit(network, work, head)
        )
        (finishes if link.type in {"FS", "FF"} else starts).append(allowed_until(network, link, at))
    return finishes, starts
