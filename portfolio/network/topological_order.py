"""The order in which predecessors come first, and the shortest loop where there is none."""

from __future__ import annotations

from collections.abc import Sequence

# A loop is searched from this many activities of a knot: enough for the shortest one in any
# network that a person wrote, and a bound on the work for one that nobody did.
_SEARCHED = 200


def topological_order(outgoing: Sequence[Sequence[int]]) -> list[int]:
    """Return every node after its predecessors; nodes on or behind a loop are left out.

    >>> topological_order([[2], [], [1]])
    [0, 2, 1]
    """
    waiting = [0] * len(outgoing)
    for successors in outgoing:
        for successor in successors:
            waiting[successor] += 1
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:  # grows while it is walked: a queue that is kept
        for successor in outgoing[node]:
            waiting[successor] -= 1
            if not waiting[successor]:
                order.append(successor)
    return order


def shortest_loop(outgoing: Sequence[Sequence[int]], ordered: Sequence[int]) -> list[int]:
    """Return the nodes of the shortest loop among those that could not be ordered.

    ``ordered`` is what `topological_order` returned. The loop starts at its lowest node and does
    not repeat it at the end. Without a loop the result is empty.

    >>> shortest_loop([[1], [2], [0, 1]], [])
    [1, 2]
    """
    knot = _without_tails(outgoing, set(range(len(outgoing))) - set(ordered))
    best: list[int] = []
    for node in sorted(knot)[:_SEARCHED]:
        found = _loop_through(node, outgoing, knot, len(best))
        if found:
            best = found
        if len(best) == 2:  # noqa: PLR2004 - nothing is shorter: a link to itself is no link
            break
    first = best.index(min(best)) if best else 0
    return best[first:] + best[:first]


def _without_tails(outgoing: Sequence[Sequence[int]], nodes: set[int]) -> set[int]:
    """Leave out the nodes that only wait for a loop and lead to none."""
    incoming: dict[int, list[int]] = {node: [] for node in nodes}
    leads = dict.fromkeys(nodes, 0)
    for node in nodes:
        for successor in outgoing[node]:
            if successor in nodes:
                incoming[successor].append(node)
                leads[node] += 1
    ends = [node for node, count in leads.items() if not count]
    for end in ends:
        for node in incoming[end]:
            leads[node] -= 1
            if not leads[node]:
                ends.append(node)
    return nodes - set(ends)


def _loop_through(
    start: int, outgoing: Sequence[Sequence[int]], knot: set[int], limit: int
) -> list[int]:
    """Return the shortest loop through a node if it is shorter than the limit (0: no limit)."""
    parents = {start: start}
    level, depth = [start], 1
    while level and (not limit or depth < limit):
        following: list[int] = []
        for node in level:
            for successor in outgoing[node]:
                if successor == start:
                    return _back_to(start, node, parents)
                if successor in knot and successor not in parents:
                    parents[successor] = node
                    following.append(successor)
        level, depth = following, depth + 1
    return []


def _back_to(start: int, node: int, parents: dict[int, int]) -> list[int]:
    path = [node]
    while path[-1] != start:
        path.append(parents[path[-1]])
    return path[::-1]
