"""Where an indicator stands: its value, its colour, where it goes, whether anybody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.measure.measure import Measure, unknown
from portfolio.settings import CADENCE_DAYS
from portfolio.values import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.model.service import Kpi, Sla
    from portfolio.view.view import View

Health = Literal["sound", "soft", "unreachable"]


@dataclass(frozen=True, slots=True)
class KpiState:
    """The newest value of an indicator and what it means; a stale one has no colour."""

    value: Measure[Decimal]
    period: Period | None
    colour: Measure[Colour]
    score: Measure[Decimal]
    trend: Measure[Trend]
    target_health: Measure[Health]
    days_stale: int | None


def kpi_state(portfolio: View, kpi: Kpi) -> KpiState:
    """Return where an indicator stands on the as-of day.

    Stale: the end of its last period with a value lies more than one frequency and the days of
    grace back; it is grey then, never the colour it last had.

    Source: domain A12; worked examples WE-38 and WE-58.
    """
    values = measured_values(portfolio, kpi)
    if not values:
        return _never_measured()
    period, value = values[-1]
    age = (portfolio.as_of - period.end).days
    limit = CADENCE_DAYS[kpi.frequency] + portfolio.settings.thresholds.report_grace_days
    stale = age if age > limit else None
    return KpiState(
        Measure(value),
        period,
        _colour(kpi, value, stale),
        _score(kpi, value, stale),
        _trend(kpi, [each for _, each in values]),
        _health(kpi, [each for _, each in values]),
        stale,
    )


def _never_measured() -> KpiState:
    none: Measure[Any] = unknown("no_data", "never measured")
    return KpiState(none, None, none, none, none, none, None)


def _colour(kpi: Kpi, value: Decimal, stale: int | None) -> Measure[Colour]:
    if stale is not None:
        return unknown("stale", f"no value for {stale} days")
    if kpi.direction is None or kpi.target is None or kpi.red is None:
        return unknown("no_data", "no direction, target or red line")
    return colour_of(value, kpi.direction, kpi.target, kpi.red)


def _score(kpi: Kpi, value: Decimal, stale: int | None) -> Measure[Decimal]:
    if stale is not None:
        return unknown("stale", f"no value for {stale} days")
    if not isinstance(kpi.target, Decimal) or not isinstance(kpi.red, Decimal):
        return unknown("no_data", "a score needs one target and one red line")
    return score(value, kpi.target, kpi.red)


def _trend(kpi: Kpi, values: list[Decimal]) -> Measure[Trend]:
    if kpi.direction is None or not isinstance(kpi.target, Decimal):
        return unknown("no_data", "a trend needs a direction and one target")
    return trend(values, kpi.direction, kpi.target)


def _health(kpi: Kpi, values: list[Decimal]) -> Measure[Health]:
    colours = [_colour(kpi, value, None).value for value in values]
    return target_health([colour for colour in colours if colour is not None])


@dataclass(frozen=True, slots=True)
class Strip:
    """A level or indicator over the last months, oldest first: the value, and kept or missed."""

    months: tuple[tuple[Period, Decimal | None, bool | None], ...]


def level_strip(portfolio: View, level: Sla, count: int = 12) -> Strip:
    """Return the last whole months of a service level; a month without a value has none.

    A value of a quarter or a week stands in the month that it ends in.
    """
    values: Mapping[tuple[int, int], Decimal] = {
        (period.end.year, period.end.month): value
        for period, value in measured_values(portfolio, level)
    }
    months = []
    for month in _months_back(portfolio.as_of, count):
        value = values.get((month.end.year, month.end.month))
        months.append((month, value, None if value is None else not is_missed(level, value)))
    return Strip(tuple(months))


def _months_back(as_of: date, count: int) -> list[Period]:
    """Return the last whole months; the month of the day itself only on its last day."""
    current = read_period(f"{as_of:%Y-%m}")
    last = 12 * as_of.year + as_of.month - 1 - (current.end > as_of)
    return [
        read_period(f"{number // 12}-{number % 12 + 1:02}")
        for number in range(last - count + 1, last + 1)
    ]


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
    from statistics import median  # nothing that checks a portfolio asks for a slope

    last = values[-_MOST_FOR_TREND:]
    if len(last) < _FEWEST_FOR_TREND:
        return unknown("small_sample", f"fewer than {_FEWEST_FOR_TREND} periods")
    pairs = combinations(enumerate(last), 2)
    return Measure(
        median((value - before) / (later - at) for (at, before), (later, value) in pairs)
    )


def trend(values: Sequence[Decimal], direction: Direction, target: Decimal) -> Measure[Trend]:
    """Return where an indicator is going: its slope in the good direction, with a dead band.

    The dead band is 1 % of the target per period. A range has no good direction: out_of_range.

    Source: domain A12; worked example WE-38.

    >>> trend([Decimal(14), Decimal(12), Decimal(10), Decimal(9)], "lower", Decimal(8)).value
    'improving'
    """

    def told(found: Decimal) -> Measure[Trend]:
        if direction == "range":
            return unknown("out_of_range", "inside a range neither up nor down is better")
        gain = found if direction == "higher" else -found
        if abs(gain) <= _DEAD_BAND * abs(target):
            return Measure("stable")
        return Measure("improving" if gain > 0 else "deteriorating")

    return slope(values).then(told)


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
