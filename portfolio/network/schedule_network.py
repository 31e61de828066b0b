"""A network ready to be scheduled: ids turned into numbers once, links into lists of neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.axis import Axis
from portfolio.calendar import DAY, Calendar
from portfolio.listing import path
from portfolio.network.activities import ELAPSED, Activity, Link, LinkType, Problem
from portfolio.network.topological_order import shortest_loop, topological_order

_CLOCK = Calendar("elapsed", (((0, DAY),),) * 7)
_LOOPS = 20  # reported one by one; what is still knotted then is reported as one
_TYPES: dict[LinkType, int] = {"FS": 0, "SS": 1, "FF": 2, "SF": 3}

Neighbours = list[list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Activities in the order given, and the links that hold, as numbers.

    A *plain* link is a finish-to-start without lag between activities that count on one axis: it
    compares two positions and needs no calendar. ``plain_in`` and ``plain_out`` hold activity
    numbers, ``other_in`` and ``other_out`` link numbers. They hold only links that move dates:
    none that leaves a level of effort or enters finished work; ``*_out`` neither one that enters
    a level of effort. A group is the activities of one project that count on one axis. A link is
    near where one axis measures both its ends and its lag.
    """

    activities: Sequence[Activity]
    links: Sequence[Link]
    calendars: Sequence[Calendar]
    start: int
    data_date: int | None
    progress_override: bool
    problems: Sequence[Problem]
    index: dict[str, int]
    order: Sequence[int]
    tails: Sequence[int]
    heads: Sequence[int]
    plain_in: Neighbours
    plain_out: Neighbours
    other_in: dict[int, list[int]]
    other_out: dict[int, list[int]]
    axes: Sequence[Axis]
    axis_of: Sequence[int]
    groups: Sequence[tuple[str, int]]
    group_of: Sequence[int]
    near: Sequence[int]

    def axis(self, node: int) -> Axis:
        """Return the axis that an activity's duration is measured on."""
        return self.axes[self.axis_of[node]]

    def lag_axis(self, link: Link) -> Axis | None:
        """Return the axis that a lag is measured on; none for elapsed time."""
        return None if link.lag_calendar == ELAPSED else self.axes[link.lag_calendar]


def build_network(
    activities: Iterable[Activity],
    links: Iterable[Link],
    calendars: Sequence[Calendar],
    start: int,
    *,
    data_date: int | None = None,
    progress_override: bool = False,
) -> Network:
    """Build the network of activities and links; what does not hold becomes a problem.

    Work that has not started begins no earlier than ``start`` and the data date. An activity
    whose id is taken, a link to nobody or to itself, and the link that closes a loop are left out.
    ``progress_override`` lets started work go on whatever its predecessors do; otherwise what
    remains of it waits for them (retained logic).
    """
    problems: list[Problem] = []
    kept, index = _numbered(activities, problems)
    sound, tails, heads = _joined(links, index, problems)
    order = _ordered(kept, sound, tails, heads, problems)
    axis_of = [len(calendars) if item.is_elapsed else item.calendar for item in kept]
    plain_in: Neighbours = [[] for _ in kept]
    plain_out: Neighbours = [[] for _ in kept]
    other_in: dict[int, list[int]] = {}
    other_out: dict[int, list[int]] = {}
    fixed = {n for n, item in enumerate(kept) if _ignores_logic(item, override=progress_override)}
    aside = {n for n, item in enumerate(kept) if item.is_level_of_effort}
    near = bytearray(len(sound))
    for number, (link, tail, head) in enumerate(zip(sound, tails, heads, strict=True)):
        if tail in aside or head in fixed:
            continue
        if link.lag or link.type != "FS" or axis_of[tail] != axis_of[head]:
            near[number] = _is_near(link, kept[tail], axis_of[tail], axis_of[head])
            other_in.setdefault(head, []).append(number)
            if head not in aside:
                other_out.setdefault(tail, []).append(number)
        else:
            plain_in[head].append(tail)
            if head not in aside:
                plain_out[tail].append(head)
    numbers: dict[tuple[str, int], int] = {}
    group_of = [
        numbers.setdefault((item.project, axis), len(numbers))
        for item, axis in zip(kept, axis_of, strict=True)
    ]
    axes = [*(calendar.axis for calendar in calendars), _CLOCK.axis]
    return Network(
        kept, sound, calendars, start, data_date, progress_override, problems, index, order,
        tails, heads, plain_in, plain_out, other_in, other_out, axes, axis_of,
        list(numbers), group_of, near,
    )  # fmt: skip


def _is_near(link: Link, tail: Activity, from_axis: int, to_axis: int) -> bool:
    if from_axis != to_axis or (link.lag and link.lag_calendar != from_axis):
        return False
    # Started work keeps its actual start aside from the position where what is left begins.
    return link.type in {"FS", "FF"} or not tail.is_started


def _ignores_logic(activity: Activity, *, override: bool) -> bool:
    return activity.is_finished or (override and activity.is_started)


def _numbered(
    activities: Iterable[Activity], problems: list[Problem]
) -> tuple[list[Activity], dict[str, int]]:
    kept: list[Activity] = []
    index: dict[str, int] = {}
    for activity in activities:
        if index.setdefault(activity.id, len(kept)) == len(kept):
            kept.append(activity)
        else:
            message = f"two activities have the id {activity.id}; the first one counts"
            problems.append(Problem("duplicate_id", (activity.id,), message))
    return kept, index


def _joined(
    links: Iterable[Link], index: dict[str, int], problems: list[Problem]
) -> tuple[list[Link], list[int], list[int]]:
    """Return the links between known activities, with the numbers of both ends."""
    sound: list[Link] = []
    tails: list[int] = []
    heads: list[int] = []
    seen: set[int] = set()
    count = len(index)
    for link in links:
        tail, head = index.get(link.predecessor), index.get(link.successor)
        if tail is None or head is None or tail == head:
            problems.append(_unsound(link, index))
            continue
        # One number instead of a tuple: there are as many of these as links.
        key = (tail * count + head) * len(_TYPES) + _TYPES[link.type]
        if key in seen:
            ids = (link.predecessor, link.successor)
            message = f"{ids[1]} waits for {ids[0]} twice by {link.type}; the later one decides"
            problems.append(Problem("duplicate_link", ids, message))
        seen.add(key)
        sound.append(link)
        tails.append(tail)
        heads.append(head)
    return sound, tails, heads


def _unsound(link: Link, index: dict[str, int]) -> Problem:
    if link.predecessor == link.successor and link.predecessor in index:
        message = f"{link.predecessor} waits for itself"
        return Problem("self_link", (link.predecessor,), message)
    unknown = link.successor if link.successor not in index else link.predecessor
    message = f"the link from {link.predecessor} to {link.successor} names {unknown}, not known"
    return Problem("unknown_id", (unknown,), message)


def _ordered(
    activities: Sequence[Activity],
    links: list[Link],
    tails: list[int],
    heads: list[int],
    problems: list[Problem],
) -> list[int]:
    """Return every activity after its predecessors; links that close a loop are taken out."""
    outgoing = _successors(len(activities), tails, heads)
    order = topological_order(outgoing)
    while len(order) < len(activities):
        loop = shortest_loop(outgoing, order)
        ids = tuple(activities[node].id for node in loop)
        reported = sum(problem.kind == "loop" for problem in problems)
        message = f"waits for itself: {path((*ids, ids[0]))}"
        closing = {(loop[-1], loop[0])}
        if reported == _LOOPS:
            message = f"and more loops, for example {path((*ids, ids[0]))}"
            knot = set(range(len(activities))) - set(order)
            pairs = zip(tails, heads, strict=True)
            closing = {pair for pair in pairs if pair[0] > pair[1] and knot.issuperset(pair)}
        problems.append(Problem("loop", ids, message))
        _take_out(closing, links, tails, heads)
        outgoing = _successors(len(activities), tails, heads)
        order = topological_order(outgoing)
    return order


def _successors(count: int, tails: Sequence[int], heads: Sequence[int]) -> Neighbours:
    outgoing: Neighbours = [[] for _ in range(count)]
    for tail, head in zip(tails, heads, strict=True):
        outgoing[tail].append(head)
    return outgoing


def _take_out(
    closing: set[tuple[int, int]], links: list[Link], tails: list[int], heads: list[int]
) -> None:
    """Take the links between the given ends out of the three lists, which run in parallel."""
    kept = [n for n, pair in enumerate(zip(tails, heads, strict=True)) if pair not in closing]
    links[:] = [links[n] for n in kept]
    tails[:] = [tails[n] for n in kept]
    heads[:] = [heads[n] for n in kept]
