"""Levelling: an order of work in which nobody is asked for more than there is.

Serial schedule generation: one activity after the other, its predecessors before it, is placed
where logic lets it begin, or on the first later day on which what it asks for is free. The order
decides how good the result is; several orders are tried and the best is kept. A heuristic: it is
always feasible, and not always the shortest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from heapq import heapify, heappop, heappush
from math import fsum
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING

from portfolio.calendar import start_date
from portfolio.network.forward_pass import place, project_ends
from portfolio.network.positions import Early
from portfolio.network.progress import Work, with_delays

if TYPE_CHECKING:
    from portfolio.network.schedule import Schedule
    from portfolio.network.schedule_network import Network

Key = tuple[str, int]
"""Somebody or a role, and the number of a day or a week."""

FARTHEST = 400
"""How many working days later a place is looked for."""

_DAY = timedelta(days=1)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Claims:
    """What work asks of whom and when, and how much there is of it.

    ``demand`` gives for an activity that stands from one instant to another what it asks for;
    ``capacity`` what there is, and ``taken`` what other work has of it already. ``movable`` are the
    activities that may wait. ``weights`` says how much a minute counts by which a project ends
    later, 1 where it says nothing.
    """

    demand: Callable[[int, int, int], Mapping[Key, float]]
    capacity: Callable[[Key], float]
    movable: Collection[int]
    taken: Mapping[Key, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Levelled:
    """A plan in which work waits for whoever does it.

    ``waits`` are the minutes of its axis by which each activity waits beyond its logic;
    ``unplaced`` ask for more than there is wherever they stand: they are alone, or where logic puts
    them. ``late`` is the weighted sum of the
    minutes by which projects end later.
    """

    waits: Mapping[int, int]
    unplaced: tuple[int, ...]
    early: Early
    late: int

    @property
    def cost(self) -> tuple[int, int, int]:
        """Return what makes one proposal worse than another: the less, the better."""
        return len(self.unplaced), self.late, sum(self.waits.values())


def level(
    base: Schedule, claims: Claims, *, within_float: bool = False, tries: int = 20, seed: int = 1
) -> Levelled:
    """Return the best of several serial schedules.

    Work is taken by late finish, by late start, by the weight of its project and by what follows.
    ``within_float`` never moves work beyond its late start. ``tries`` orders near the best one are
    drawn with the ``seed``: the same seed gives the same proposal.

    Source: domain A7 (levelling); serial schedule generation with priority rules.
    """
    limits = base.late_start if within_float else None
    best = min(
        (_serial(base, claims, order, limits) for order in _orders(base, claims)),
        key=attrgetter("cost"),
    )
    draw = Random(seed)  # noqa: S311 - not a secret
    for number in range(tries if best.waits or best.unplaced else 0):
        order = base.late_finish if number % 2 else _starts(base.network, best.early)
        found = _serial(base, claims, _near(base, order, draw), limits)
        best = min(best, found, key=attrgetter("cost"))
    return best


def _orders(base: Schedule, claims: Claims) -> Iterator[Sequence[int]]:
    """Yield a rank for each activity by each rule; the lowest rank comes first."""
    yield base.late_finish
    yield base.late_start
    weights = [claims.weights.get(each.project, 1.0) for each in base.network.activities]
    heaviest = max(weights, default=1.0)
    span = base.finish - base.network.start + 1
    yield [
        late + round(span * (heaviest - weight))
        for late, weight in zip(base.late_finish, weights, strict=True)
    ]
    following = _followers(base.network)
    yield [-count for count in following]


def _followers(network: Network) -> Sequence[int]:
    """Return how many activities follow each, counted along every path up to a limit."""
    count = [0] * len(network.activities)
    outgoing: dict[int, list[int]] = defaultdict(list)
    for tail, head in zip(network.tails, network.heads, strict=True):
        outgoing[tail].append(head)
    for node in reversed(network.order):
        count[node] = min(1_000_000, sum(1 + count[head] for head in outgoing[node]))
    return count


def _starts(network: Network, early: Early) -> Sequence[int]:
    return [early.start_instant(network, node) for node in range(len(network.activities))]


def _near(base: Schedule, order: Sequence[int], draw: Random) -> Sequence[int]:
    """Return an order near another: each rank a little earlier or later."""
    spread = max(1, (base.finish - base.network.start) // 6)
    return [rank + round(spread * (2 * draw.random() - 1)) for rank in order]


def _serial(
    base: Schedule, claims: Claims, rank: Sequence[int], limits: Sequence[int] | None
) -> Levelled:
    network = base.network
    waits = dict.fromkeys(claims.movable, 0)
    work = replace(with_delays(network, base.stated, waits), waits=waits)
    early = Early(list(work.floor_position), [0] * len(work.minutes))
    used: dict[Key, float] = defaultdict(float, claims.taken)
    unplaced: list[int] = []
    site = _Site(claims, used, network, work, early, waits)
    for node in _in_order(network, rank):
        place(network, work, early, node)
        if node in waits and not site.find_room(node, None if limits is None else limits[node]):
            unplaced.append(node)
    ends = project_ends(network, early)
    late = fsum(
        claims.weights.get(project, 1.0) * max(0, end - base.ends[project])
        for project, end in ends.items()
    )
    return Levelled({n: w for n, w in waits.items() if w}, tuple(unplaced), early, round(late))


def _in_order(network: Network, rank: Sequence[int]) -> Iterator[int]:
    """Yield every activity after its predecessors, of those that are free the lowest rank first."""
    outgoing: dict[int, list[int]] = defaultdict(list)
    missing = [0] * len(network.activities)
    for tail, head in zip(network.tails, network.heads, strict=True):
        outgoing[tail].append(head)
        missing[head] += 1
    ready = [(rank[node], node) for node, count in enumerate(missing) if not count]
    heapify(ready)
    while ready:
        node = heappop(ready)[1]
        yield node
        for head in outgoing[node]:
            missing[head] -= 1
            if not missing[head]:
                heappush(ready, (rank[head], head))


@dataclass(frozen=True, slots=True)
class _Site:
    """A plan while it is made, and what is taken by the work that stands already."""

    claims: Claims
    used: dict[Key, float]
    network: Network
    work: Work
    early: Early
    waits: dict[int, int]

    def find_room(self, node: int, limit: int | None) -> bool:
        """Let an activity wait until what it asks for is free; tell whether it ever is.

        Else it waits until it has somebody for itself, and else not at all.
        """
        has_room = self._wait(node, limit, self._fits)
        if not has_room and not self._wait(node, limit, self._is_alone):
            self._stand(node, 0)
        for key, amount in self._asked(node).items():
            self.used[key] += amount
        return has_room

    def _wait(
        self, node: int, limit: int | None, suits: Callable[[Mapping[Key, float]], bool]
    ) -> bool:
        """Let an activity wait, day by day, until its place suits."""
        self._stand(node, 0)
        axis = self.network.axis(node)
        calendar = self.network.calendars[self.network.activities[node].calendar]
        for _ in range(FARTHEST):
            start = self.early.start_instant(self.network, node)
            if limit is not None and start > limit and self.waits[node]:
                return False
            if suits(self._asked(node)):
                return True
            day = calendar.next_working_day(start_date(start) + _DAY)
            later = axis.position(calendar.start_of(day)) - self.early.begin[node]
            self._stand(node, self.waits[node] + later)
        return False

    def _stand(self, node: int, wait: int) -> None:
        self.waits[node] = wait
        place(self.network, self.work, self.early, node)

    def _asked(self, node: int) -> Mapping[Key, float]:
        start = self.early.start_instant(self.network, node)
        return self.claims.demand(node, start, self.early.finish_instant(self.network, node))

    def _fits(self, asked: Mapping[Key, float]) -> bool:
        return all(
            self.used.get(key, 0.0) + amount <= self.claims.capacity(key) + _ROUNDING
            for key, amount in asked.items()
        )

    def _is_alone(self, asked: Mapping[Key, float]) -> bool:
        return all(
            amount <= 0 or (self.used.get(key, 0.0) <= 0 < self.claims.capacity(key))
            for key, amount in asked.items()
        )
