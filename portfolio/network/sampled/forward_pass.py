"""The forward pass for many samples of the durations at once, and what drives the ends in each.

The same rules as `portfolio.network.forward_pass`, a row of samples in the place of each number.
What ALAP would let drift stays where the forward pass puts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.network.sampled.axis import SampledAxis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.network.progress import Work
    from portfolio.network.schedule_network import Network

    Samples = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SampledPass:
    """One forward pass over samples.

    ``minutes`` and ``finish`` are activity x sample, the latter positions on the activity's axis;
    ``delays`` are minutes that a milestone waits; ``starts`` and ``finishes`` are instants of what
    does not stand where its position says.
    """

    network: Network
    work: Work
    axes: list[SampledAxis]
    minutes: Samples
    finish: Samples
    delays: Mapping[int, Samples]
    starts: dict[int, Samples] = field(default_factory=dict)
    finishes: dict[int, Samples] = field(default_factory=dict)

    def begin(self, node: int) -> Samples:
        """Return the positions at which an activity begins."""
        begin: Samples = self.finish[node] - self.minutes[node]
        return begin

    def axis(self, node: int) -> SampledAxis:
        """Return the axis of an activity."""
        return self.axes[self.network.axis_of[node]]

    def finish_instant(self, node: int) -> Samples:
        """Return when an activity finishes, or has finished."""
        known = self.finishes.get(node)
        return self.axis(node).finish_at(self.finish[node]) if known is None else known

    def start_instant(self, node: int) -> Samples:
        """Return when an activity starts, or has started."""
        known = self.starts.get(node)
        return self.axis(node).start_at(self.begin(node)) if known is None else known

    def held_to(self, number: int) -> Samples:
        """Return the instants before which a link does not let its successor start, or finish."""
        link, tail = self.network.links[number], self.network.tails[number]
        from_finish = link.type in {"FS", "FF"}
        at = self.finish_instant(tail) if from_finish else self.start_instant(tail)
        if not link.lag or link.lag_calendar < 0:
            return at + link.lag
        axis = self.axes[link.lag_calendar]
        return axis.finish_at(axis.position(at) + link.lag)

    def needed(self, number: int) -> Samples:
        """Return the positions before which a link does not let its successor begin."""
        network = self.network
        link, tail, head = network.links[number], network.tails[number], network.heads[number]
        if network.near[number]:
            ends = self.finish[tail] if link.type in {"FS", "FF"} else self.begin(tail)
            reached = ends + link.lag
        else:
            reached = self.axis(head).position(self.held_to(number))
        return reached - self.minutes[head] if link.type in {"FF", "SF"} else reached


def sampled_forward(
    network: Network, work: Work, minutes: Samples, delays: Mapping[int, Samples]
) -> SampledPass:
    """Place every activity in every sample; ``minutes`` are activity x sample, what is left."""
    import numpy as np

    axes = [SampledAxis(axis) for axis in network.axes]
    found = SampledPass(network, work, axes, minutes, np.empty_like(minutes), delays)
    finish, special = found.finish, work.special_forward
    for node in network.order:
        if special[node] or node in delays:
            _place(found, node)
            continue
        row = finish[node]
        row[:] = work.floor_position[node]
        for tail in network.plain_in[node]:
            np.maximum(row, finish[tail], out=row)
        row += minutes[node]
    return found


def _place(found: SampledPass, node: int) -> None:
    activity = found.network.activities[node]
    if activity.is_finished:
        _place_finished(found, node)
    elif activity.duration == 0:
        _place_milestone(found, node)
    elif activity.is_level_of_effort and not activity.is_started:
        _place_level_of_effort(found, node)
    else:
        _place_work(found, node)


def _place_finished(found: SampledPass, node: int) -> None:
    import numpy as np

    activity, axis = found.network.activities[node], found.network.axis(node)
    finish, start = activity.actual_finish, activity.actual_start
    if finish is None:
        finish = start or 0
    if start is None:
        reached = axis.position(finish) - activity.duration
        start = axis.start_at(reached) if activity.duration else finish
    shape = found.finish[node].shape
    found.starts[node], found.finishes[node] = np.full(shape, start), np.full(shape, finish)
    found.finish[node] = axis.position(finish)


def _place_milestone(found: SampledPass, node: int) -> None:
    import numpy as np

    network, axis, activity = found.network, found.axis(node), found.network.activities[node]
    at = np.full(found.finish[node].shape, float(found.work.floor[node]))
    tails = network.plain_in[node]
    if tails:
        latest = np.maximum.reduce([found.finish[tail] for tail in tails])
        np.maximum(at, axis.finish_at(latest), out=at)
        for tail in tails:
            if tail in found.finishes:
                np.maximum(at, found.finishes[tail], out=at)
    for number in network.other_in.get(node, ()):
        np.maximum(at, found.held_to(number), out=at)
    if activity.constraint == "FNET" and activity.constraint_at is not None:
        np.maximum(at, activity.constraint_at, out=at)
    if activity.constraint in {"MSO", "MFO"} and activity.constraint_at is not None:
        at[:] = activity.constraint_at
    delay = found.delays.get(node)
    if delay is not None:
        at = np.where(delay == 0, at, axis.finish_at(axis.position(at) + delay))
    found.starts[node] = found.finishes[node] = at
    found.finish[node] = axis.position(at)


def _place_level_of_effort(found: SampledPass, node: int) -> None:
    import numpy as np

    network, row = found.network, found.finish[node]
    begin = np.full(row.shape, float(found.work.floor_position[node]))
    for tail in network.plain_in[node]:
        np.maximum(begin, found.finish[tail], out=begin)
    ends: list[Samples] = []
    for number in network.other_in.get(node, ()):
        reached = found.axis(node).position(found.held_to(number))
        if network.links[number].type in {"FF", "SF"}:
            ends.append(reached)
        else:
            np.maximum(begin, reached, out=begin)
    row[:] = np.maximum.reduce([begin, *ends]) if ends else begin + found.minutes[node]
    found.minutes[node] = row - begin


def _place_work(found: SampledPass, node: int) -> None:
    import numpy as np

    network, activity = found.network, found.network.activities[node]
    minutes = found.minutes[node]
    begin = np.full(minutes.shape, float(found.work.floor_position[node]))
    for tail in network.plain_in[node]:
        np.maximum(begin, found.finish[tail], out=begin)
    for number in network.other_in.get(node, ()):
        np.maximum(begin, found.needed(number), out=begin)
    if activity.constraint_at is not None and activity.constraint in {"FNET", "MSO", "MFO"}:
        imposed = network.axis(node).position(activity.constraint_at)
        if activity.constraint == "FNET":
            np.maximum(begin, imposed - minutes, out=begin)
        elif not activity.is_started:
            begin = np.full(minutes.shape, float(imposed))
            if activity.constraint == "MFO":
                begin -= minutes
    found.finish[node] = begin + minutes
    if activity.actual_start is not None:
        found.starts[node] = np.full(minutes.shape, float(activity.actual_start))
        reached = found.axis(node).finish_at(found.finish[node])
        found.finishes[node] = np.maximum(activity.actual_start, reached)


def sampled_ends(found: SampledPass) -> dict[str, Samples]:
    """Return when each project finishes in each sample; a level of effort does not count."""
    import numpy as np

    network, best = found.network, _latest(found)
    ends: dict[str, Samples] = {}
    for group, position in best.items():
        project, axis = network.groups[group]
        reached = found.axes[axis].finish_at(position)
        ends[project] = np.maximum(ends[project], reached) if project in ends else reached
    for node, reached in found.finishes.items():
        activity = network.activities[node]
        if not activity.is_level_of_effort:
            ends[activity.project] = np.maximum(ends[activity.project], reached)
    return ends


def _latest(found: SampledPass) -> dict[int, Samples]:
    """Return the latest position in each group of activities, as `project_ends` does."""
    import numpy as np

    best: dict[int, Samples] = {}
    for node, group in enumerate(found.network.group_of):
        if not found.network.activities[node].is_level_of_effort:
            if group in best:
                np.maximum(best[group], found.finish[node], out=best[group])
            else:
                best[group] = found.finish[node].copy()
    return best
