"""Service levels and indicators in figures: attainment, availability, credits, error budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from portfolio.measure.measure import Measure, unknown

Colour = Literal["green", "amber", "red"]
Direction = Literal["higher", "lower", "range"]
Trend = Literal["improving", "stable", "deteriorating"]
Level = Decimal | tuple[Decimal, Decimal]

_FEWEST_FOR_TREND = 3
_MOST_FOR_TREND = 6
_FEWEST_FOR_TARGET = 6
_PERIODS = 12
_SOFT = Decimal("0.95")
_UNREACHABLE = Decimal("0.2")
_DEAD_BAND = Decimal("0.01")


def attainment(met: Decimal, total: Decimal) -> Measure[Decimal]:
    """Return the share of cases inside the promise, 0..1; no cases: no_data, never 1.

    Source: domain A12; worked example WE-37.

    >>> attainment(Decimal(47), Decimal(50)).value
    Decimal('0.94')
    """
    return Measure(met / total) if total else unknown("no_data", "there were no cases")


@dataclass(frozen=True, slots=True)
class Downtime:
    """A time in which a share, 0..1, of the users or functions was down."""

    begin: datetime
    end: datetime
    share: Decimal = Decimal(1)


def downtime_minutes(outages: Iterable[Downtime], begin: datetime, end: datetime) -> Decimal:
    """Return the minutes lost between two moments, in full outages.

    Where outages overlap the worst share counts, once; each minute counts its share.

    Source: domain A12, overlapping outages merged first.

    >>> day = datetime(2026, 3, 2)
    >>> hours = [Downtime(day.replace(hour=8), day.replace(hour=10)),
    ...          Downtime(day.replace(hour=9), day.replace(hour=11), Decimal("0.5"))]
    >>> downtime_minutes(hours, day, day + timedelta(days=1))
    Decimal('150.0')
    """
    inside = [
        Downtime(max(each.begin, begin), min(each.end, end), each.share)
        for each in outages
        if each.begin < end and each.end > begin
    ]
    moments = sorted({moment for each in inside for moment in (each.begin, each.end)})
    lost = Decimal(0)
    for first, last in pairwise(moments):
        shares = (each.share for each in inside if each.begin <= first and each.end >= last)
        lost += max(shares, default=Decimal(0)) * _minutes(last - first)
    return lost


def _minutes(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(seconds=1)) / 60


def availability(agreed_minutes: Decimal, lost_minutes: Decimal) -> Measure[Decimal]:
    """Return (agreed service time - downtime) / agreed service time, 0..1; no time: no_data.

    Source: domain A12; worked example WE-36.

    >>> availability(Decimal(22 * 10 * 60), Decimal(90)).value.quantize(Decimal("0.00001"))
    Decimal('0.99318')
    """
    if agreed_minutes <= 0:
        return unknown("no_data", "no service time was agreed")
    return Measure((agreed_minutes - lost_minutes) / agreed_minutes)


def in_series(parts: Iterable[Decimal]) -> Decimal:
    """Return the availability of a chain in which every part is needed, 0..1: the product.

    Independence is assumed. Source: domain A12; worked example WE-36.
    """
    whole = Decimal(1)
    for part in parts:
        whole *= part
    return whole


def redundant(parts: Iterable[Decimal]) -> Decimal:
    """Return the availability of parts of which one is enough, 0..1: 1 - product of (1 - a).

    Independence is assumed. Source: domain A12; worked example WE-36.
    """
    return 1 - in_series(1 - part for part in parts)


def credit_share(
    value: Decimal, tiers: Iterable[tuple[Decimal, Decimal]], cap: Decimal | None = None
) -> Decimal:
    """Return the share of the fee, in percent, that a service gives back for a level it reached.

    ``tiers`` are (below, percent); the one with the lowest `below` that exceeds the unrounded
    value counts. ``cap`` is the most that is given back, in percent.

    Source: domain A12; worked example WE-36.

    >>> tiers = [(Decimal("99.99"), Decimal(10)), (Decimal(99), Decimal(30))]
    >>> credit_share(Decimal("98.6"), tiers), credit_share(Decimal("99.99"), tiers)
    (Decimal('30'), Decimal('0'))
    """
    given = next((percent for below, percent in sorted(tiers) if below > value), Decimal(0))
    return given if cap is None else min(given, cap)


@dataclass(frozen=True, slots=True)
class ErrorBudget:
    """What may go wrong in a window, and how much of it is left, in the unit of the window.

    ``burn`` is how many times faster than allowed it was used so far; ``exhausted_in`` is the
    time until nothing is left at that pace, None where nothing burns.
    """

    budget: Decimal
    remaining: Decimal
    burn: Measure[Decimal]
    exhausted_in: Decimal | None
    unit: Literal["minutes", "events"] = "minutes"

    @property
    def remaining_share(self) -> Decimal:
        """Return remaining / budget; negative when overspent."""
        return self.remaining / self.budget


def error_budget(
    objective: Decimal, window: Decimal, used: Decimal, elapsed: Decimal
) -> Measure[ErrorBudget]:
    """Return the error budget of a service level objective, 0..1, over a window.

    budget = (1 - objective) x window; burn = (used / elapsed) / (1 - objective); exhausted in
    remaining share x window / burn. ``window``, ``used`` and ``elapsed`` are in one unit, minutes
    or events. An objective of 1 or more leaves no budget: out_of_range.

    Source: Google SRE Workbook; worked example WE-35.

    >>> found = error_budget(Decimal("0.999"), Decimal(43200), Decimal("28.7"), Decimal(17280))
    >>> found.value.remaining
    Decimal('14.500')
    """
    allowed = 1 - objective
    if allowed <= 0:
        return unknown("out_of_range", "an objective of 100 % leaves no error budget")
    if window <= 0:
        return unknown("zero_denominator", "the window is empty")
    budget = allowed * window
    remaining = budget - used
    burn: Measure[Decimal] = (
        Measure(used / elapsed / allowed) if elapsed > 0 else unknown("not_started", "just begun")
    )
    pace = burn.value
    lasts = max(remaining, Decimal(0)) / budget * window / pace if pace else None
    return Measure(ErrorBudget(budget, remaining, burn, lasts))


def colour_of(
    value: Decimal | None, direction: Direction, target: Level, red: Level
) -> Measure[Colour]:
    """Return the colour of an indicator; a boundary belongs to the better side.

    Higher is better: at or above the target green, at or above red amber; lower is mirrored; a
    range is green inside the target and amber inside red. No value: no_data, which is grey.

    Source: domain A12; worked example WE-38.

    >>> colour_of(Decimal(84), "higher", Decimal(85), Decimal(75)).value
    'amber'
    """
    if value is None:
        return unknown("no_data", "not measured")
    if _is_within(value, direction, target):
        return Measure("green")
    return Measure("amber" if _is_within(value, direction, red) else "red")


def _is_within(value: Decimal, direction: Direction, level: Level) -> bool:
    if isinstance(level, tuple):
        return level[0] <= value <= level[1]
    return value >= level if direction == "higher" else value <= level


def score(value: Decimal | None, target: Decimal, red: Decimal) -> Measure[Decimal]:
    """Return how far an indicator is on its way from red to the target, 0..1, either direction.

    clamp((value - red) / (target - red), 0, 1). No value: no_data. Target = red:
    zero_denominator.

    Source: domain A12; worked example WE-58.

    >>> score(Decimal(9), Decimal(7), Decimal(14)).value.quantize(Decimal("0.0001"))
    Decimal('0.7143')
    """
    if value is None:
        return unknown("no_data", "not measured")
    if target == red:
        return unknown("zero_denominator", "target and red are the same")
    return Measure(min(max((value - red) / (target - red), Decimal(0)), Decimal(1)))


def slope(values: Sequence[Decimal]) -> Measure[Decimal]:
    """Return the median slope per period of the last three to six values (Theil-Sen).

    Fewer than three: small_sample.

    Source: Sen 1968; worked example WE-38.

    >>> slope([Decimal(50), Decimal(51), Decimal(50), Decimal(50)]).value
    Decimal('0')
    """
    last = values[-_MOST_FOR_TREND:]
    if len(last) < _FEWEST_FOR_TREND:
        return unknown("small_sample", f"fewer than {_FEWEST_FOR_TREND} periods")
    slopes = sorted(
        (last[later] - last[earlier]) / (later - earlier)
        for earlier in range(len(last))
        for later in range(earlier + 1, len(last))
    )
    middle = len(slopes) // 2
    if len(slopes) % 2:
        return Measure(slopes[middle])
    return Measure((slopes[middle - 1] + slopes[middle]) / 2)


def trend(values: Sequence[Decimal], direction: Direction, target: Decimal) -> Measure[Trend]:
    """Return where an indicator is going: its slope in the good direction, with a dead band.

    The dead band is 1 % of the target per period. A range has no good direction: out_of_range.

    Source: domain A12; worked example WE-38.

    >>> trend([Decimal(14), Decimal(12), Decimal(10), Decimal(9)], "lower", Decimal(8)).value
    'improving'
    """
    found = slope(values)
    if found.value is None:
        return unknown(found.code, found.reason)
    if direction == "range":
        return unknown("out_of_range", "inside a range neither up nor down is better")
    gain = found.value if direction == "higher" else -found.value
    if abs(gain) <= _DEAD_BAND * abs(target):
        return Measure("stable")
    return Measure("improving" if gain > 0 else "deteriorating")


def target_health(colours: Sequence[Colour]) -> Measure[Literal["sound", "soft", "unreachable"]]:
    """Return whether a target still steers, from the last twelve periods.

    Green in more than 95 % of them: soft; in fewer than 20 %: unreachable. Fewer than six:
    small_sample.

    Source: domain A12.

    >>> target_health(["green"] * 12).value
    'soft'
    """
    last = colours[-_PERIODS:]
    if len(last) < _FEWEST_FOR_TARGET:
        return unknown("small_sample", f"fewer than {_FEWEST_FOR_TARGET} periods")
    green = Decimal(sum(colour == "green" for colour in last)) / len(last)
    if green > _SOFT:
        return Measure("soft")
    return Measure("unreachable" if green < _UNREACHABLE else "sound")
