"""Room to move: the slack of a link, the free float of an activity, and what drives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portfolio.network.activities import Link
from portfolio.network.positions import Early, allowed_until, held_to, start_limit
from portfolio.network.progress import Work
from portfolio.network.schedule_network import Network


def link_slack(network: Network, work: Work, early: Early, number: int) -> int:
    """Return how much later the predecessor's end of a link can be before the link moves dates.

    In minutes on the predecessor's axis; FS: ES_j - EF_i - lag, SS: ES_j - ES_i - lag,
    FF: EF_j - EF_i - lag, SF: EF_j - ES_i - lag. Negative where a date or progress breaks the link.
    """
    link, tail, head = network.links[number], network.tails[number], network.heads[number]
    axis = network.axis(tail)
    at = allowed_until(network, link, _end_of_head(network, work, early, link, head))
    if link.type in {"FS", "FF"}:
        return axis.position(at) - early.finish[tail]
    if tail in early.starts:
        return axis.position(at) - axis.position(early.starts[tail])
    return start_limit(axis, at) - early.begin[tail]


def _end_of_head(network: Network, work: Work, early: Early, link: Link, head: int) -> int:
    """Return the instant that the logic of the successor has reached, before any injected wait."""
    delay = work.delay(head)
    if not delay and head in early.starts:
        activity = network.activities[head]
        if activity.is_finished or not activity.is_started:
            ends = early.starts if link.type in {"FS", "SS"} else early.finishes
            return ends[head]
    position = early.begin[head] if link.type in {"FS", "SS"} else early.finish[head]
    return network.axis(head).start_at(position - delay)


def free_float(
    network: Network, work: Work, early: Early, ends: Mapping[str, int], node: int
) -> int:
    """Return by how many minutes of its axis an activity can slip without moving a successor."""
    activity = network.activities[node]
    finish = early.finish[node]
    cap = ends.get(activity.project, network.start)
    free = network.axis(node).position(cap) - finish
    for head in network.plain_out[node]:
        free = min(free, early.begin[head] - work.delay(head) - finish)
    for number in network.other_out.get(node, ()):
        if activity.is_started and network.links[number].type in {"SS", "SF"}:
            continue
        free = min(free, link_slack(network, work, early, number))
    return free


def free_floats(
    network: Network, work: Work, early: Early, ends: Mapping[str, int]
) -> Sequence[int | None]:
    """Return the free float of every activity; none for what has finished or never drives."""
    return [
        None
        if activity.is_finished or activity.is_level_of_effort
        else free_float(network, work, early, ends, node)
        for node, activity in enumerate(network.activities)
    ]


def let_drift(
    network: Network, work: Work, early: Early, ends: Mapping[str, int], drifting: set[int]
) -> Early:
    """Move ALAP activities as late as their successors' early dates allow.

    They use up their free float and nobody else's: no other activity moves. Tools differ here;
    some use up the total float instead and make the activity critical.
    """
    moved = Early(list(early.begin), list(early.finish), dict(early.starts), dict(early.finishes))
    for node in reversed(network.order):
        if node not in drifting:
            continue
        free = free_float(network, work, moved, ends, node)
        if free > 0:
            moved.begin[node] += free
            moved.finish[node] += free
            if node in moved.starts:
                at = network.axis(node).finish_at(moved.finish[node])
                moved.starts[node] = moved.finishes[node] = at
    return moved


def driving_links(
    network: Network, work: Work, early: Early, node: int, incoming: Sequence[int]
) -> Iterator[int]:
    """Yield those of the incoming links that hold an activity where it stands."""
    axis, activity = network.axis(node), network.activities[node]
    delay, minutes = work.delay(node), work.minutes[node]
    for number in incoming:
        held = held_to(network, early, number)
        to_start = network.links[number].type in {"FS", "SS"}
        if activity.duration == 0 and not delay:
            drives = held == early.starts[node]
        elif activity.is_level_of_effort and not to_start:
            drives = axis.position(held) == early.finish[node]
        else:
            needed = axis.position(held) - (0 if to_start else minutes)
            drives = needed == early.begin[node] - delay
        if drives:
            yield number
