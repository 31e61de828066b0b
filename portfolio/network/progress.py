"""What progress and imposed dates make of an activity, before any logic is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.network.activities import Activity
from portfolio.network.schedule_network import Network

_FIXED = {"MSO", "MFO"}
_SPECIAL_FORWARD = _FIXED | {"FNET"}
_SPECIAL_BACKWARD = _FIXED | {"SNLT", "FNLT"}


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What each activity still needs, and what it may not start before.

    ``minutes`` is the duration, of started work what remains; ``floor`` an instant and
    ``floor_position`` the same on the activity's axis. A node that is special in a direction
    needs more there than comparing positions. ``delays`` are minutes added by an injected slip,
    ``waits`` those of them that work has to wait for.
    """

    minutes: Sequence[int]
    floor: Sequence[int]
    floor_position: Sequence[int]
    special_forward: Sequence[int]
    special_backward: Sequence[int]
    delays: Mapping[int, int]
    waits: Mapping[int, int]

    def delay(self, node: int) -> int:
        """Return the minutes by which an activity waits after its logic would let it go."""
        return self.waits.get(node, 0)


def remaining_work(network: Network) -> Work:
    """Return what is left to schedule."""
    minutes = [_minutes(network, node, item) for node, item in enumerate(network.activities)]
    floor = [_floor(network, node, activity) for node, activity in enumerate(network.activities)]
    positions: dict[tuple[int, int], int] = {}
    floor_position = []
    for key in zip(network.axis_of, floor, strict=True):
        if key not in positions:
            positions[key] = network.axes[key[0]].position(key[1])
        floor_position.append(positions[key])
    forward, backward = _special(network)
    return Work(minutes, floor, floor_position, forward, backward, {}, {})


def with_delays(network: Network, work: Work, delays: Mapping[int, int]) -> Work:
    """Return the same work with delays: of started work that is more work, else waiting."""
    if not delays:
        return work
    minutes = list(work.minutes)
    forward, backward = bytearray(work.special_forward), bytearray(work.special_backward)
    waits: dict[int, int] = {}
    for node, delay in delays.items():
        activity = network.activities[node]
        if activity.is_started:
            minutes[node] += delay
        elif not activity.is_finished:
            waits[node] = delay
            forward[node] = backward[node] = 1
    return replace(
        work,
        minutes=minutes,
        special_forward=forward,
        special_backward=backward,
        delays=delays,
        waits=waits,
    )


def _minutes(network: Network, node: int, activity: Activity) -> int:
    if not activity.is_started:
        return activity.duration
    if activity.remaining is not None:
        return activity.remaining
    if network.data_date is None or activity.actual_start is None:
        return activity.duration
    axis = network.axis(node)
    worked = axis.position(network.data_date) - axis.position(activity.actual_start)
    return min(activity.duration, max(0, activity.duration - worked))


def _floor(network: Network, node: int, activity: Activity) -> int:
    """Return the instant that work does not start before, whatever its predecessors do."""
    now = network.start if network.data_date is None else max(network.start, network.data_date)
    if activity.actual_start is not None:
        if network.data_date is not None:
            return max(network.data_date, activity.actual_start)
        axis = network.axis(node)
        done = activity.duration - _minutes(network, node, activity)
        return axis.start_at(axis.position(activity.actual_start) + max(0, done))
    stated = activity.start_no_earlier
    if stated is not None:
        # A milestone stands on its forecast, even one that has passed; work cannot.
        now = max(now, stated) if activity.duration else stated
    if activity.constraint == "SNET" and activity.constraint_at is not None:
        return max(now, activity.constraint_at)
    return now


def _special(network: Network) -> tuple[bytearray, bytearray]:
    forward = bytearray(len(network.activities))
    for node, activity in enumerate(network.activities):
        begun = activity.is_started or activity.is_finished
        if not activity.duration or activity.is_level_of_effort or begun:
            forward[node] = 1
    backward = bytearray(forward)
    for node, activity in enumerate(network.activities):
        if activity.constraint in _SPECIAL_FORWARD:
            forward[node] = 1
        if activity.constraint in _SPECIAL_BACKWARD or activity.deadline is not None:
            backward[node] = 1
    for node in network.other_in:
        forward[node] = 1
    for node in network.other_out:
        backward[node] = 1
    return forward, backward
