"""When projects end in each sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.network.sampled.forward_pass import SampledPass

    Samples = NDArray[np.float64]


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
