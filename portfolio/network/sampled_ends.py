"""When projects end in each sample, and which activities those ends hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.network.sampled import SampledPass

    Samples = NDArray[np.float64]
    Flags = NDArray[np.bool_]


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


def sampled_critical(found: SampledPass, ends: dict[str, Samples]) -> Flags:
    """Tell, activity x sample, whether an unfinished activity drives an end or breaks a deadline.

    It does where it finishes last in its project, or a driving link leads from it to one that
    does; on one calendar that is a total float of 0 or less.
    """
    import numpy as np

    network, best = found.network, _latest(found)
    critical = np.zeros(found.finish.shape, dtype=bool)
    for node in reversed(network.order):
        activity, row = network.activities[node], critical[node]
        if activity.is_level_of_effort or activity.is_finished:
            row[:] = False
            continue
        if node in found.finishes:
            row |= found.finishes[node] >= ends[activity.project]
        else:
            group = network.group_of[node]
            last = found.finish[node] == best[group]
            if last.any():
                row |= last & (found.finish_instant(node) >= ends[activity.project])
        row |= _beyond(found, node)
        if row.any():
            _pass_back(found, critical, node)
    return critical


def _beyond(found: SampledPass, node: int) -> Flags | bool:
    """Tell where an activity has reached, or missed, a date that is imposed on it."""
    activity = found.network.activities[node]
    at, reached = activity.constraint_at, activity.constraint
    flags: Flags | bool = reached in {"MSO", "MFO"}
    if activity.deadline is not None:
        flags = flags | (found.finish_instant(node) >= activity.deadline)
    if at is not None and reached == "FNLT":
        flags = flags | (found.finish_instant(node) >= at)
    if at is not None and reached == "SNLT":
        flags = flags | (found.start_instant(node) >= at)
    return flags


def _pass_back(found: SampledPass, critical: Flags, node: int) -> None:
    network = found.network
    begin = found.begin(node)
    if node in found.delays:
        begin = begin - found.delays[node]
    for tail in network.plain_in[node]:
        critical[tail] |= critical[node] & (found.finish[tail] >= begin)
    for number in network.other_in.get(node, ()):
        critical[network.tails[number]] |= critical[node] & (found.needed(number) >= begin)


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
