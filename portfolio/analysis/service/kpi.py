"""Where an indicator stands: its value, its colour, where it goes, whether anybody looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.service.service_levels import colour_of, score, target_health, trend
from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.measure.measure import Measure, unknown
from portfolio.settings import CADENCE_DAYS
from portfolio.values import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.analysis.service.service_levels import Colour, Trend
    from portfolio.model.portfolio import Portfolio
    from portfolio.model.service import Kpi, Sla

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


def kpi_state(portfolio: Portfolio, kpi: Kpi) -> KpiState:
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
    code: Literal["no_data"] = "no_data"
    why = "never measured"
    return KpiState(
        unknown(code, why),
        None,
        unknown(code, why),
        unknown(code, why),
        unknown(code, why),
        unknown(code, why),
        None,
    )


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


def level_strip(portfolio: Portfolio, level: Sla, count: int = 12) -> Strip:
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
