"""Working time laid end to end, so that adding and measuring it costs no walk over days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Shift = tuple[int, int]
Shifts = tuple[Shift, ...]

_MONDAY = 4  # the day number of the first Monday after 1970-01-01


@dataclass(frozen=True, slots=True)
class Axis:
    """Working time laid end to end: a cycle that repeats for ever, and a stretch laid out in full.

    Both are lists of interval starts and of the positions at which they begin, led by an empty
    interval and closed by the position after the last one. The stretch holds the special days;
    before ``first`` and from ``last`` on the cycle repeats. Nothing here walks over days.
    """

    period: int
    cycle_starts: Sequence[int]
    cycle_positions: Sequence[int]
    first: int
    last: int
    starts: Sequence[int]
    positions: Sequence[int]

    def position(self, at: int) -> int:
        """Return the working time from ``first`` to an instant, negative before it."""
        if self.first <= at < self.last:
            k = bisect_right(self.starts, at)
            reached = self.positions[k - 1] + at - self.starts[k - 1]
            return min(reached, self.positions[k])
        base, origin = (0, self.first) if at < self.first else (self.positions[-1], self.last)
        cycle, rest = divmod(at - origin, self.period)
        k = bisect_right(self.cycle_starts, rest)
        reached = self.cycle_positions[k - 1] + rest - self.cycle_starts[k - 1]
        return base + cycle * self.cycle_positions[-1] + min(reached, self.cycle_positions[k])

    def start_at(self, position: int) -> int:
        """Return the last instant of a position: where work that starts there begins."""
        high = self.positions[-1]
        if 0 <= position < high:
            k = bisect_right(self.positions, position) - 1
            return self.starts[k] + position - self.positions[k]
        base, origin = (0, self.first) if position < 0 else (high, self.last)
        cycle, rest = divmod(position - base, self.cycle_positions[-1])
        k = bisect_right(self.cycle_positions, rest) - 1
        return origin + cycle * self.period + self.cycle_starts[k] + rest - self.cycle_positions[k]

    def finish_at(self, position: int) -> int:
        """Return the first instant of a position: where work that ends there is done."""
        high = self.positions[-1]
        if 0 < position <= high:
            k = bisect_left(self.positions, position) - 1
            return self.starts[k] + position - self.positions[k]
        base, origin = (0, self.first) if position <= 0 else (high, self.last)
        cycle, rest = divmod(position - base - 1, self.cycle_positions[-1])
        k = bisect_left(self.cycle_positions, rest + 1) - 1
        within = self.cycle_starts[k] + rest + 1 - self.cycle_positions[k]
        return origin + cycle * self.period + within


def lay_out(week: Sequence[Shifts], special: Mapping[int, Shifts], unit: int) -> Axis:
    """Lay out a week and the weeks that hold special days, a day being ``unit`` long."""
    monday, until = _MONDAY, _MONDAY
    if special:
        monday = min(special) - (min(special) - _MONDAY) % 7
        until = max(special) + 7 - (max(special) - _MONDAY) % 7
    cycle = _laid(((day * unit, shifts) for day, shifts in enumerate(week)), 0)
    stretch = _laid(
        ((day * unit, special.get(day, week[(day - _MONDAY) % 7])) for day in range(monday, until)),
        monday * unit,
    )
    return Axis(7 * unit, *cycle, monday * unit, until * unit, *stretch)


def _laid(days: Iterable[tuple[int, Shifts]], first: int) -> tuple[list[int], list[int]]:
    starts, positions = [first], [0, 0]
    for midnight, shifts in days:
        for begin, end in shifts:
            starts.append(midnight + begin)
            positions.append(positions[-1] + end - begin)
    return starts, positions
