"""The backward pass for many samples of the durations at once: which activities have no float.

The same rules as `portfolio.network.backward_pass`, a row of samples in the place of each number.
Where a date is missed by far, float is negative well beyond the links that drive; only a pass tells
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from portfolio.network.activities import Link
    from portfolio.network.sampled.axis import SampledAxis
    from portfolio.network.sampled.forward_pass import SampledPass

    Samples = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def sampled_critical(found: SampledPass, ends: Mapping[str, Samples]) -> Flags:
    """Tell, activity x sample, whether unfinished work has a total float of 0 or less.

    Total float is LF - EF in working minutes, from a backward pass over every sample. Finished
    work and a level of effort are never critical.
    """
    import numpy as np

    late = _LatePass(found, ends)
    critical = np.zeros(found.finish.shape, dtype=bool)
    for node in reversed(found.network.order):
        late.place(node)
        activity = found.network.activities[node]
        if not (activity.is_finished or activity.is_level_of_effort):
            critical[node] = late.has_no_float(node)
        if node not in found.network.other_in:
            del late.finish[node]  # no link asks for it again: memory
    return critical


@dataclass(eq=False)
class _LatePass:
    """Latest positions while they are found, activity x sample, and instants of milestones."""

    found: SampledPass
    ends: Mapping[str, Samples]
    finish: dict[int, Samples] = field(default_factory=dict)
    release: dict[int, Samples] = field(default_factory=dict)
    milestones: dict[int, Samples] = field(default_factory=dict)
    caps: dict[int, Samples] = field(default_factory=dict)

    def place(self, node: int) -> None:
        """Place an activity as late as its successors and its project's end allow."""
        found = self.found
        activity = found.network.activities[node]
        fixed = activity.constraint in {"MSO", "MFO"} and not activity.is_started
        if activity.is_finished or activity.is_level_of_effort or fixed:
            self.finish[node] = found.finish[node]
            self.release[node] = found.begin(node) - self.delay(node)
            if activity.duration == 0:
                self._release_milestone(node, found.finish_instant(node))
        elif activity.duration == 0:
            self._place_milestone(node)
        else:
            self._place_work(node)

    def has_no_float(self, node: int) -> Flags:
        """Tell where the total float is 0 or less, in working minutes also of elapsed time."""
        found = self.found
        activity = found.network.activities[node]
        late, early = self.finish[node], found.finish[node]
        if activity.is_elapsed:
            axis, nominal = found.axis(node), found.axes[activity.calendar]
            late = nominal.position(axis.finish_at(late))
            early = nominal.position(axis.finish_at(early))
        critical: Flags = late <= early
        return critical

    def delay(self, node: int) -> Samples | float:
        """Return the minutes by which a milestone waits after its logic would let it go."""
        return self.found.delays.get(node, 0.0)

    def _cap(self, node: int) -> Samples:
        """Return the end of the activity's project on its axis."""
        import numpy as np

        group = self.found.network.group_of[node]
        if group not in self.caps:
            project, axis = self.found.network.groups[group]
            end = self.ends.get(project)
            if end is None:
                end = np.full(self.found.finish.shape[1], float(self.found.network.start))
            self.caps[group] = self.found.axes[axis].position(end)
        return self.caps[group]

    def _release_milestone(self, node: int, at: Samples) -> None:
        if node in self.found.delays:
            at = self.found.axis(node).start_at(self.release[node])
        self.milestones[node] = at

    def _place_milestone(self, node: int) -> None:
        import numpy as np

        found = self.found
        network, axis, activity = found.network, found.axis(node), found.network.activities[node]
        at = self.ends[activity.project].copy()
        if activity.deadline is not None:
            np.minimum(at, activity.deadline, out=at)
        if activity.constraint in {"FNLT", "SNLT"} and activity.constraint_at is not None:
            np.minimum(at, activity.constraint_at, out=at)
        heads = network.plain_out[node]
        if heads:
            earliest = np.minimum.reduce([self.release[head] for head in heads])
            np.minimum(at, axis.start_at(earliest), out=at)
            for head in heads:
                if head in self.milestones:
                    np.minimum(at, self.milestones[head], out=at)
        for number in network.other_out.get(node, ()):
            np.minimum(at, self._allowed(number), out=at)
        self.finish[node] = axis.position(at)
        self.release[node] = self.finish[node] - self.delay(node)
        self._release_milestone(node, at)

    def _place_work(self, node: int) -> None:
        import numpy as np

        found = self.found
        network, axis, activity = found.network, found.axis(node), found.network.activities[node]
        minutes, finish = found.minutes[node], self._cap(node).copy()
        exact, imposed = network.axis(node), activity.constraint_at
        if activity.deadline is not None:
            np.minimum(finish, exact.position(activity.deadline), out=finish)
        if imposed is not None and activity.constraint in {"FNLT", "MFO"}:
            np.minimum(finish, exact.position(imposed), out=finish)
        for head in network.plain_out[node]:
            np.minimum(finish, self.release[head], out=finish)
        begin = finish - minutes
        if imposed is not None and activity.constraint == "SNLT" and not activity.is_started:
            limit = _start_limit(axis, np.full(begin.shape, float(imposed)))
            np.minimum(begin, limit, out=begin)
        for number in network.other_out.get(node, ()):
            # When started work starts is history: nothing that follows can ask for it earlier.
            if not (activity.is_started and network.links[number].type in {"SS", "SF"}):
                np.minimum(begin, self._allowed_begin(number, minutes), out=begin)
        self.finish[node], self.release[node] = begin + minutes, begin - self.delay(node)

    def _allowed_begin(self, number: int, minutes: Samples) -> Samples:
        """Return the last positions at which a link lets its predecessor begin."""
        network = self.found.network
        link, tail, head = network.links[number], network.tails[number], network.heads[number]
        from_finish = link.type in {"FS", "FF"}
        if network.near[number] and (from_finish or head not in self.milestones):
            if link.type in {"FS", "SS"} or head in self.milestones:
                until = self.release[head] - link.lag
            else:
                until = self.finish[head] - self.delay(head) - link.lag
            return until - minutes if from_finish else until
        at, axis = self._allowed(number), self.found.axis(tail)
        return axis.position(at) - minutes if from_finish else _start_limit(axis, at)

    def _allowed(self, number: int) -> Samples:
        """Return the last instants that a link allows for the end of its predecessor it ties."""
        network = self.found.network
        link, head = network.links[number], network.heads[number]
        at = self.milestones.get(head)
        if at is None:
            to_start = link.type in {"FS", "SS"}
            position = self.release[head] if to_start else self.finish[head] - self.delay(head)
            at = self.found.axis(head).start_at(position)
        return self._allowed_until(link, at)

    def _allowed_until(self, link: Link, at: Samples) -> Samples:
        if not link.lag or link.lag_calendar < 0:
            return at - link.lag
        axis = self.found.axes[link.lag_calendar]
        return axis.start_at(axis.position(at) - link.lag)


def _start_limit(axis: SampledAxis, at: Samples) -> Samples:
    """Return the last positions at which work can start no later than the instants."""
    import numpy as np

    position = axis.position(at)
    limit: Samples = np.where(axis.start_at(position) <= at, position, position - 1)
    return limit
