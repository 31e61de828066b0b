"""What a delay does to dates: the schedule computed again, compared, traced to its cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portfolio.calendar import finish_date
from portfolio.network.floats import driving_links, link_slack
from portfolio.network.schedule import Schedule, schedule


@dataclass(frozen=True, slots=True)
class Moved:
    """An activity or milestone whose finish is not what it was.

    ``days`` and ``working_days`` are new minus old, positive is later. ``slack_used`` is the
    relationship slack, in working minutes, that swallowed a part of the delay on its way here.
    """

    id: str
    old: date
    new: date
    days: int
    working_days: int
    slack_used: int


@dataclass(frozen=True, eq=False)
class Slip:
    """The schedule before and after some finishes were delayed.

    ``ignored`` are the ids that cannot be delayed: unknown ones and what has finished.
    """

    before: Schedule
    after: Schedule
    injected: Sequence[str]
    ignored: Sequence[str]

    @cached_property
    def moved(self) -> Sequence[Moved]:
        """Everything that moved, predecessors first."""
        return [self._moved(node) for node in self._nodes]

    def through(self, id_: str) -> Sequence[str]:
        """Return the chain from the delayed activity to this one, along driving links."""
        activities, chain = self.before.network.activities, [self.before.network.index[id_]]
        while chain[-1] in self._causes:
            chain.append(self._causes[chain[-1]][0])
        return [activities[node].id for node in reversed(chain)]

    @cached_property
    def _nodes(self) -> Sequence[int]:
        before, after = self.before.early, self.after.early
        return [
            node
            for node in self.before.network.order
            if before.finish[node] != after.finish[node]
            or before.finishes.get(node) != after.finishes.get(node)
        ]

    @cached_property
    def _causes(self) -> Mapping[int, tuple[int, int]]:
        """The neighbour that moved each activity, and the slack that its link had before."""
        moved = set(self._nodes)
        own = {self.before.network.index[id_] for id_ in self.injected}
        causes: dict[int, tuple[int, int]] = {}
        for node in self._nodes:
            cause = None if node in own else self._cause(node, moved)
            if cause is not None:
                causes[node] = cause
        return causes

    def _cause(self, node: int, moved: set[int]) -> tuple[int, int] | None:
        after, before, network = self.after, self.before, self.after.network
        links = [
            number
            for number in driving_links(
                network, after.work, after.logic, node, after.incoming[node]
            )
            if network.tails[number] in moved and self._pushed(network.tails[number])
        ]
        if links and self._pushed(node):
            number = max(links, key=lambda one: self._pushed(network.tails[one]))
            slack = link_slack(network, before.work, before.logic, number)
            return network.tails[number], max(0, slack)
        # Work as late as possible moves because what follows it has moved.
        heads = [*network.plain_out[node]]
        heads.extend(network.heads[number] for number in network.other_out.get(node, ()))
        following = [head for head in heads if head in moved]
        return (following[0], 0) if following and not self._pushed(node) else None

    def _pushed(self, node: int) -> int:
        """Return by how much the logic, before anything drifts to its latest, moved a node."""
        before, after = self.before.logic, self.after.logic
        pushed = after.finish[node] - before.finish[node]
        if pushed or node not in after.finishes or node not in before.finishes:
            return pushed
        return after.finishes[node] - before.finishes[node]

    @cached_property
    def _slack_used(self) -> Mapping[int, int]:
        used: dict[int, int] = {}
        for node in self._nodes:
            chain = []
            while node not in used and node in self._causes:
                chain.append(node)
                node = self._causes[node][0]  # noqa: PLW2901 - walks to the cause
            total = used.setdefault(node, 0)
            for link in reversed(chain):
                total += self._causes[link][1]
                used[link] = total
        return used

    def _moved(self, node: int) -> Moved:
        network = self.before.network
        activity = network.activities[node]
        old = finish_date(self.before.early.finish_instant(network, node))
        new = finish_date(self.after.early.finish_instant(network, node))
        working = network.calendars[activity.calendar].working_days_between(old, new)
        return Moved(activity.id, old, new, (new - old).days, working, self._slack_used[node])


def reschedule(before: Schedule, delays: Mapping[str, int]) -> Slip:
    """Compute a schedule again with the finish of some activities delayed, in working minutes.

    An unstarted activity starts that much later than its logic would let it, a started one has
    that much more work left, a milestone moves from where it stands. It is a full run, so it is
    exact for every link type, calendar and imposed date.
    """
    network, work = before.network, before.work
    ignored = [
        id_
        for id_ in delays
        if id_ not in network.index or network.activities[network.index[id_]].is_finished
    ]
    injected = [id_ for id_ in delays if id_ not in ignored]
    nodes = {network.index[id_]: delays[id_] for id_ in injected}
    drifting = {node for node in nodes if network.activities[node].constraint == "ALAP"}
    minutes = {
        node: work.delay(node)
        + delay
        # Where work stands that drifts as late as possible is later than where logic has it.
        + (before.early.begin[node] - before.logic.begin[node] if node in drifting else 0)
        for node, delay in nodes.items()
    }
    after = schedule(network, {**work.delays, **minutes}, drifting, before.stated)
    return Slip(before, after, injected, ignored)
