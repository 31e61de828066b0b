"""The backward pass: how late everything may be without moving its project's end."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.network.positions import Early, Late, allowed_until, start_limit
from portfolio.network.progress import Work
from portfolio.network.schedule_network import Network


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
            group = group_of[node]
            _place(network, work, early, late, node, (caps[group], cap_positions[group]))
            continue
        position = cap_positions[group_of[node]]
        for head in plain[node]:
            if release[head] < position:  # noqa: PLR1730 - the same
                position = release[head]
        finish[node] = position
        release[node] = position - minutes[node]
    return late


def _place(
    network: Network, work: Work, early: Early, late: Late, node: int, caps: tuple[int, int]
) -> None:
    """Place one node; ``caps`` is its project's end as an instant and on its axis."""
    activity = network.activities[node]
    fixed = activity.constraint in {"MSO", "MFO"} and not activity.is_started
    if activity.is_finished or activity.is_level_of_effort or fixed:
        late.finish[node] = early.finish[node]
        late.release[node] = early.begin[node] - work.delay(node)
        if activity.duration == 0:
            _release_milestone(network, work, late, node, early.finishes[node])
    elif activity.duration == 0:
        _place_milestone(network, work, late, node, caps[0])
    else:
        _place_work(network, work, late, node, caps[1])


def _release_milestone(network: Network, work: Work, late: Late, node: int, at: int) -> None:
    if work.delay(node):
        at = network.axis(node).start_at(late.release[node])
    late.milestones[node] = at


def _place_milestone(network: Network, work: Work, late: Late, node: int, cap: int) -> None:
    activity = network.activities[node]
    at = cap if activity.deadline is None else min(cap, activity.deadline)
    if activity.constraint in {"FNLT", "SNLT"} and activity.constraint_at is not None:
        at = min(at, activity.constraint_at)
    heads, axis = network.plain_out[node], network.axis(node)
    if heads:
        at = min(at, axis.start_at(min([late.release[head] for head in heads])))
        for head in heads:
            at = min(at, late.milestones.get(head, at))
    for number in network.other_out.get(node, ()):
        at = min(at, _allowed(network, work, late, number))
    late.finish[node] = axis.position(at)
    late.release[node] = late.finish[node] - work.delay(node)
    _release_milestone(network, work, late, node, at)


def _place_work(network: Network, work: Work, late: Late, node: int, cap: int) -> None:
    activity, axis, minutes = network.activities[node], network.axis(node), work.minutes[node]
    imposed, finish = activity.constraint_at, cap
    if activity.deadline is not None:
        finish = min(finish, axis.position(activity.deadline))
    if imposed is not None and activity.constraint in {"FNLT", "MFO"}:
        finish = min(finish, axis.position(imposed))
    for head in network.plain_out[node]:
        finish = min(finish, late.release[head])
    begin = finish - minutes
    if imposed is not None and activity.constraint == "SNLT" and not activity.is_started:
        begin = min(begin, start_limit(axis, imposed))
    for number in network.other_out.get(node, ()):
        # When started work starts is history: nothing that follows can ask for it earlier.
        if not (activity.is_started and network.links[number].type in {"SS", "SF"}):
            begin = min(begin, _allowed_begin(network, work, late, number, minutes))
    late.finish[node], late.release[node] = begin + minutes, begin - work.delay(node)


def _allowed_begin(network: Network, work: Work, late: Late, number: int, minutes: int) -> int:
    """Return the last position at which a link lets its predecessor begin."""
    link, tail, head = network.links[number], network.tails[number], network.heads[number]
    from_finish = link.type in {"FS", "FF"}
    if network.near[number] and (from_finish or head not in late.milestones):
        if link.type in {"FS", "SS"} or head in late.milestones:
            until = late.release[head] - link.lag
        else:
            until = late.finish[head] - work.delay(head) - link.lag
        return until - minutes if from_finish else until
    at, axis = _allowed(network, work, late, number), network.axis(tail)
    return axis.position(at) - minutes if from_finish else start_limit(axis, at)


def _allowed(network: Network, work: Work, late: Late, number: int) -> int:
    """Return the last instant that a link allows for the end of its predecessor that it ties."""
    link, head = network.links[number], network.heads[number]
    if link.type in {"FS", "SS"}:
        at = late.release_instant(network, head)
    else:
        at = late.finish_limit(network, work, head)
    return allowed_until(network, link, at)
