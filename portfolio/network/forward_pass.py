"""The forward pass of the critical path method, on positions of working time.

Most of a network is finish-to-start logic between activities on one calendar: there the pass is
a maximum over positions. Where another link type, a lag, progress or an imposed date comes in, a
node is placed on its own; instants come in only between two axes and for milestones. A start that
is held into free time means the next shift, a finish the end of the shift before.
"""

from __future__ import annotations

from portfolio.network.activities import Activity
from portfolio.network.positions import Early, held_to
from portfolio.network.progress import Work
from portfolio.network.schedule_network import Network


def forward(network: Network, work: Work) -> Early:
    """Place every activity as early as its predecessors, imposed dates and progress allow."""
    begin, finish = list(work.floor_position), [0] * len(work.minutes)
    early = Early(begin, finish)
    special, plain, minutes = work.special_forward, network.plain_in, work.minutes
    for node in network.order:
        if special[node]:
            place(network, work, early, node)
            continue
        position = begin[node]
        for tail in plain[node]:
            if finish[tail] > position:  # noqa: PLR1730 - max() doubles the time of the pass
                position = finish[tail]
        begin[node] = position
        finish[node] = position + minutes[node]
    return early


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


def place(network: Network, work: Work, early: Early, node: int) -> None:
    """Place one activity, whatever it is, once its predecessors stand; ``early`` takes it."""
    activity = network.activities[node]
    if activity.is_finished:
        _place_finished(network, early, node, activity)
    elif activity.duration == 0:
        _place_milestone(network, work, early, node)
    elif activity.is_level_of_effort and not activity.is_started:
        _place_level_of_effort(network, work, early, node)
    else:
        _place_work(network, work, early, node, activity)


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


def _place_milestone(network: Network, work: Work, early: Early, node: int) -> None:
    axis, activity, delay = network.axis(node), network.activities[node], work.delay(node)
    at, tails = work.floor[node], network.plain_in[node]
    if tails:
        at = max(at, axis.finish_at(max([early.finish[tail] for tail in tails])))
        for tail in tails:
            at = max(at, early.finishes.get(tail, at))
    for number in network.other_in.get(node, ()):
        at = max(at, held_to(network, early, number))
    if activity.constraint == "FNET" and activity.constraint_at is not None:
        at = max(at, activity.constraint_at)
    if activity.constraint in {"MSO", "MFO"} and activity.constraint_at is not None:
        at = activity.constraint_at
    if delay:
        at = axis.finish_at(axis.position(at) + delay)
    early.starts[node] = early.finishes[node] = at
    early.begin[node] = early.finish[node] = axis.position(at)


def _place_level_of_effort(network: Network, work: Work, early: Early, node: int) -> None:
    """Span what it accompanies: from the start logic to the finish logic that it is given."""
    axis, begin = network.axis(node), work.floor_position[node]
    begin = max([begin, *(early.finish[tail] for tail in network.plain_in[node])])
    finishes: list[int] = []
    for number in network.other_in.get(node, ()):
        reached = axis.position(held_to(network, early, number))
        if network.links[number].type in {"FF", "SF"}:
            finishes.append(reached)
        else:
            begin = max(begin, reached)
    early.begin[node] = begin
    early.finish[node] = max(begin, *finishes) if finishes else begin + work.minutes[node]


def _place_work(network: Network, work: Work, early: Early, node: int, activity: Activity) -> None:
    axis, minutes = network.axis(node), work.minutes[node]
    begin = work.floor_position[node]
    for tail in network.plain_in[node]:
        begin = max(begin, early.finish[tail])
    for number in network.other_in.get(node, ()):
        begin = max(begin, _needed(network, early, number, minutes))
    if activity.constraint_at is not None and activity.constraint in {"FNET", "MSO", "MFO"}:
        imposed = axis.position(activity.constraint_at)
        if activity.constraint == "FNET":
            begin = max(begin, imposed - minutes)
        elif not activity.is_started:
            begin = imposed if activity.constraint == "MSO" else imposed - minutes
    begin += work.delay(node)
    early.begin[node], early.finish[node] = begin, begin + minutes
    if activity.actual_start is not None:
        early.starts[node] = activity.actual_start
        early.finishes[node] = max(activity.actual_start, axis.finish_at(begin + minutes))


def _needed(network: Network, early: Early, number: int, minutes: int) -> int:
    """Return the position before which a link does not let its successor begin."""
    link = network.links[number]
    if network.near[number]:
        ends = early.finish if link.type in {"FS", "FF"} else early.begin
        reached = ends[network.tails[number]] + link.lag
    else:
        reached = network.axis(network.heads[number]).position(held_to(network, early, number))
    return reached - minutes if link.type in {"FF", "SF"} else reached
