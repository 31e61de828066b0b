"""Where the two passes place activities, and what a link says between two places."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.axis import Axis
from portfolio.network.activities import Link
from portfolio.network.progress import Work
from portfolio.network.schedule_network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Early:
    """The earliest positions: where what is left begins and where it ends.

    ``starts`` and ``finishes`` hold the instants of the nodes that do not stand where their
    position says: milestones, and what has happened.
    """

    begin: list[int]
    finish: list[int]
    starts: dict[int, int] = field(default_factory=dict)
    finishes: dict[int, int] = field(default_factory=dict)

    def start_instant(self, network: Network, node: int) -> int:
        """Return when an activity starts, or has started."""
        known = self.starts.get(node)
        return network.axis(node).start_at(self.begin[node]) if known is None else known

    def finish_instant(self, network: Network, node: int) -> int:
        """Return when an activity finishes, or has finished."""
        known = self.finishes.get(node)
        return network.axis(node).finish_at(self.finish[node]) if known is None else known


@dataclass(frozen=True, slots=True, eq=False)
class Late:
    """The latest positions: of the finish, and of the moment from which logic must let it go."""

    finish: list[int]
    release: list[int]
    milestones: dict[int, int] = field(default_factory=dict)

    def release_instant(self, network: Network, node: int) -> int:
        """Return the latest instant at which predecessors may let an activity start."""
        known = self.milestones.get(node)
        return network.axis(node).start_at(self.release[node]) if known is None else known

    def finish_limit(self, network: Network, work: Work, node: int) -> int:
        """Return the latest instant to which predecessors may hold an activity's finish."""
        known = self.milestones.get(node)
        if known is not None:
            return known
        return network.axis(node).start_at(self.finish[node] - work.delay(node))


def held_to(network: Network, early: Early, number: int) -> int:
    """Return the instant before which a link does not let its successor start, or finish."""
    link, tail = network.links[number], network.tails[number]
    from_finish = link.type in {"FS", "FF"}
    at = (early.finish_instant if from_finish else early.start_instant)(network, tail)
    axis = network.lag_axis(link)
    if not link.lag or axis is None:
        return at + link.lag
    return axis.finish_at(axis.position(at) + link.lag)


def allowed_until(network: Network, link: Link, at: int) -> int:
    """Return the latest instant of the predecessor's end that holds the successor to ``at``."""
    axis = network.lag_axis(link)
    if not link.lag or axis is None:
        return at - link.lag
    return axis.start_at(axis.position(at) - link.lag)


def start_limit(axis: Axis, at: int) -> int:
    """Return the last position at which work can start no later than an instant."""
    position = axis.position(at)
    return position if axis.start_at(position) <= at else position - 1
