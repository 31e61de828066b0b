"""The schedule of a network: early and late dates, floats, and what drives each activity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from portfolio.axis import Axis
from portfolio.calendar import finish_date, start_date
from portfolio.network.activities import Link
from portfolio.network.backward_pass import backward
from portfolio.network.floats import driving_links, free_floats, let_drift, link_slack
from portfolio.network.forward_pass import forward, project_ends
from portfolio.network.positions import Early, Late
from portfolio.network.progress import Work, remaining_work, with_delays
from portfolio.network.schedule_network import Network

Reason = Literal[
    "link", "actual", "constraint", "start_no_earlier", "data_date", "project_start", "injected"
]


class Driver(NamedTuple):
    """Why an activity stands where it stands; ``link`` where the reason is one."""

    reason: Reason
    link: Link | None = None


class Dates(NamedTuple):
    """The dates of an activity; a finish is the end of its day, and so is a milestone."""

    early_start: date
    early_finish: date
    late_start: date
    late_finish: date


@dataclass(frozen=True, eq=False)
class Schedule:
    """What both passes found. Lists run parallel to ``network.activities``; times are instants.

    ``logic`` is what the forward pass found, ``early`` the same after ALAP activities have drifted.
    ``stated`` is the work before any delay. The backward pass runs when somebody asks for a late
    date or a float.
    """

    network: Network
    stated: Work
    work: Work
    logic: Early
    early: Early
    ends: Mapping[str, int]

    @cached_property
    def late(self) -> Late:
        """The latest positions that the backward pass finds."""
        return backward(self.network, self.work, self.logic, self.ends)

    @cached_property
    def finish(self) -> int:
        """When the last project finishes."""
        return max(self.ends.values(), default=self.network.start)

    @cached_property
    def early_start(self) -> Sequence[int]:
        """When each activity starts or has started."""
        starts = self.early.starts
        return [
            starts[node] if node in starts else axis.start_at(position)
            for node, axis, position in self._by_axis(self.early.begin)
        ]

    @cached_property
    def early_finish(self) -> Sequence[int]:
        """When each activity finishes or has finished."""
        finishes = self.early.finishes
        return [
            finishes[node] if node in finishes else axis.finish_at(position)
            for node, axis, position in self._by_axis(self.early.finish)
        ]

    @cached_property
    def late_start(self) -> Sequence[int]:
        """When each activity must start at the latest; the actual start where it has started."""
        return [self._late(node, finishes=False) for node in range(len(self.network.activities))]

    @cached_property
    def late_finish(self) -> Sequence[int]:
        """When each activity must finish at the latest; the actual finish where it has."""
        return [self._late(node, finishes=True) for node in range(len(self.network.activities))]

    @cached_property
    def total_float(self) -> Sequence[int | None]:
        """Working minutes each activity can slip before its project's end or an imposed date does.

        LF - EF, on the activity's calendar. Negative where a date cannot be met; none for what
        has finished and for a level of effort.
        """
        late, early = self.late.finish, self.early.finish
        return [
            None
            if activity.is_finished or activity.is_level_of_effort
            else self._working(node, late[node] - early[node])
            for node, activity in enumerate(self.network.activities)
        ]

    @cached_property
    def free_float(self) -> Sequence[int | None]:
        """Working minutes each activity can slip before a successor or its project's end moves."""
        found = free_floats(self.network, self.work, self.early, self.ends)
        return [
            None if free is None else self._working(node, free) for node, free in enumerate(found)
        ]

    @cached_property
    def incoming(self) -> Sequence[Sequence[int]]:
        """The numbers of the links that enter each activity and can move it."""
        network = self.network
        lists: list[list[int]] = [[] for _ in network.activities]
        aside = [activity.is_level_of_effort for activity in network.activities]
        for number, (tail, head) in enumerate(zip(network.tails, network.heads, strict=True)):
            if not aside[tail] and (network.plain_in[head] or head in network.other_in):
                lists[head].append(number)
        return lists

    def is_critical(self, id_: str, threshold: int = 0) -> bool:
        """Tell whether the total float of unfinished work is at most the threshold, in minutes."""
        room = self.total_float[self.network.index[id_]]
        return room is not None and room <= threshold

    def dates(self, id_: str) -> Dates:
        """Return the early and late dates of an activity."""
        node = self.network.index[id_]
        starts = start_date if self.network.activities[node].duration else finish_date
        return Dates(
            starts(self.early_start[node]),
            finish_date(self.early_finish[node]),
            starts(self.late_start[node]),
            finish_date(self.late_finish[node]),
        )

    def slack(self, number: int) -> int:
        """Return the relationship slack of a link, in minutes on its predecessor's axis."""
        return link_slack(self.network, self.work, self.early, number)

    def driving(self, id_: str) -> Sequence[int]:
        """Return the numbers of the links that hold an activity where it stands; none without."""
        node = self.network.index[id_]
        if self.network.activities[node].constraint in {"MSO", "MFO"}:
            return ()
        links = self.incoming[node]
        return tuple(driving_links(self.network, self.work, self.logic, node, links))

    def driver(self, id_: str) -> Driver:
        """Return why an activity stands where it stands: the most critical of its reasons."""
        node = self.network.index[id_]
        activity = self.network.activities[node]
        if activity.is_finished:
            return Driver("actual")
        if node in self.work.delays:
            return Driver("injected")
        drifted = self.early.finish[node] != self.logic.finish[node]
        numbers = () if drifted else self.driving(id_)
        if numbers:
            room = self.total_float
            first = min(numbers, key=lambda number: room[self.network.tails[number]] or 0)
            return Driver("link", self.network.links[first])
        return Driver(self._own_reason(node))

    def _own_reason(self, node: int) -> Reason:
        activity, floor = self.network.activities[node], self.work.floor[node]
        if activity.is_started:
            return "actual"
        reached = floor if activity.duration == 0 else self.work.floor_position[node]
        stands = self.early.starts[node] if activity.duration == 0 else self.early.begin[node]
        if stands != reached or activity.constraint in {"MSO", "MFO"}:
            return "constraint"
        if activity.constraint == "SNET" and activity.constraint_at == floor:
            return "constraint"
        if activity.start_no_earlier == floor:
            return "start_no_earlier"
        return "data_date" if self.network.data_date == floor else "project_start"

    def _by_axis(self, positions: Sequence[int]) -> Sequence[tuple[int, Axis, int]]:
        axes = self.network.axes
        return [
            (node, axes[axis], position)
            for node, (axis, position) in enumerate(
                zip(self.network.axis_of, positions, strict=True)
            )
        ]

    def _late(self, node: int, *, finishes: bool) -> int:
        """Return a late instant; without float it is the early one, whichever form that has."""
        activity = self.network.activities[node]
        finish, early = self.late.finish[node], self.early
        if finish == early.finish[node] or (not finishes and activity.is_started):
            return (self.early_finish if finishes else self.early_start)[node]
        axis = self.network.axis(node)
        if finishes or not activity.duration:
            return axis.finish_at(finish)
        return axis.start_at(finish - self.work.minutes[node])

    def _working(self, node: int, minutes: int) -> int:
        """Return float in working minutes also for an activity whose duration is elapsed time."""
        activity = self.network.activities[node]
        if not activity.is_elapsed:
            return minutes
        nominal, axis = self.network.axes[activity.calendar], self.network.axis(node)
        finish = self.early.finish[node]
        begin, end = axis.finish_at(finish), axis.finish_at(finish + minutes)
        return nominal.position(end) - nominal.position(begin)


def schedule(
    network: Network,
    delays: Mapping[int, int] | None = None,
    fixed: Collection[int] = (),
    stated: Work | None = None,
) -> Schedule:
    """Compute the schedule of a network, with the finish of some activities delayed.

    ``delays`` are working minutes by activity number; ``fixed`` are ALAP activities that shall
    not drift; ``stated`` is the work before any delay, where another schedule has it already.
    """
    stated = stated or remaining_work(network)
    work = with_delays(network, stated, delays or {})
    early = forward(network, work)
    ends = project_ends(network, early)
    drifting = {
        node
        for node, activity in enumerate(network.activities)
        if activity.constraint == "ALAP"
        and not (activity.is_started or activity.is_finished or activity.is_level_of_effort)
    }.difference(fixed)
    drifted = let_drift(network, work, early, ends, drifting) if drifting else early
    return Schedule(network, stated, work, early, drifted, ends)
