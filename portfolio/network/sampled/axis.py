"""The working axis for many samples at once: the same conversions as `portfolio.axis`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.axis import Axis

    Samples = NDArray[np.float64]


class SampledAxis:
    """An axis whose methods take arrays of instants, or of positions, in minutes."""

    def __init__(self, axis: Axis) -> None:
        import numpy as np

        self.first, self.last, self.period = axis.first, axis.last, axis.period
        self.starts = np.asarray(axis.starts, float)
        self.positions = np.asarray(axis.positions, float)
        self.cycle_starts = np.asarray(axis.cycle_starts, float)
        self.cycle_positions = np.asarray(axis.cycle_positions, float)
        self.high, self.length = self.positions[-1], self.cycle_positions[-1]

    def position(self, at: Samples) -> Samples:
        """Return the working time up to instants."""
        import numpy as np

        before = at < self.first
        base, origin = np.where(before, 0.0, self.high), np.where(before, self.first, self.last)
        cycle, rest = np.divmod(at - origin, self.period)
        outside = base + cycle * self.length
        outside += _reached(self.cycle_starts, self.cycle_positions, rest)
        inside = _reached(self.starts, self.positions, at)
        return np.where(before | (at >= self.last), outside, inside)

    def start_at(self, position: Samples) -> Samples:
        """Return where work that starts at positions begins."""
        import numpy as np

        before = position < 0
        base, origin = np.where(before, 0.0, self.high), np.where(before, self.first, self.last)
        cycle, rest = np.divmod(position - base, self.length)
        k = np.searchsorted(self.cycle_positions, rest, "right") - 1
        k = np.minimum(k, len(self.cycle_starts) - 1)
        outside = origin + cycle * self.period + self.cycle_starts[k]
        outside += rest - self.cycle_positions[k]
        k = np.searchsorted(self.positions, position, "right") - 1
        k = np.clip(k, 0, len(self.starts) - 1)
        inside = self.starts[k] + position - self.positions[k]
        found: Samples = np.where(before | (position >= self.high), outside, inside)
        return found

    def finish_at(self, position: Samples) -> Samples:
        """Return where work that ends at positions is done."""
        import numpy as np

        before = position <= 0
        base, origin = np.where(before, 0.0, self.high), np.where(before, self.first, self.last)
        cycle, rest = np.divmod(position - base - 1, self.length)
        k = np.searchsorted(self.cycle_positions, rest + 1, "left") - 1
        outside = origin + cycle * self.period + self.cycle_starts[k]
        outside += rest + 1 - self.cycle_positions[k]
        k = np.clip(np.searchsorted(self.positions, position, "left") - 1, 0, len(self.starts) - 1)
        inside = self.starts[k] + position - self.positions[k]
        found: Samples = np.where(before | (position > self.high), outside, inside)
        return found


def _reached(starts: Samples, positions: Samples, at: Samples) -> Samples:
    import numpy as np

    k = np.clip(np.searchsorted(starts, at, "right"), 1, len(starts))
    return np.minimum(positions[k - 1] + at - starts[k - 1], positions[k])
