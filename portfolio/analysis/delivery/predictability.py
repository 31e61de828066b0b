"""Predictability: how often dates are met, by how much they are missed, and where they drift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, both, ratio, share, unknown
from portfolio.measure.statistics import quantile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_POINTS_OF_A_TREND = 3
_REPORTS = 6


def milestone_hit_rate(milestones: Iterable[tuple[date, date | None]]) -> Measure[Decimal]:
    """Return the share of milestones that were reached on or before their baseline.

    hit rate = done on or before baseline / all with a baseline in the period; each pair is
    (baseline, actual). The caller chooses the period. Milestones that are due and not done stay in
    the denominator: leaving them out is the commonest way to flatter this figure. None: no_data.

    Source: worked example WE-52.

    >>> milestone_hit_rate([(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), None)]).value
    Decimal('0.5')
    """
    met = (actual is not None and actual <= baseline for baseline, actual in milestones)
    return share(met, "no milestone was due")


@dataclass(frozen=True, slots=True)
class SlipSummary:
    """Mean, median and ninth decile of slips, in the days they were given in."""

    mean: Decimal
    median: Decimal
    ninth_decile: Decimal
    count: int


def slip_summary(slips: Sequence[int]) -> Measure[SlipSummary]:
    """Summarise how late milestones were: positive is late, negative early.

    slip = forecast or actual - baseline, in days of one kind; what is overdue and still open
    contributes its age so far. The mean hides the tail, so median and P90 stand beside it.
    No slips: no_data.

    Source: worked example WE-52.

    >>> slip_summary([0, 0, -3, 5, 0, 20, -1, 0]).value.mean
    Decimal('2.625')
    """
    if not slips:
        return unknown("no_data", "no milestone has slipped or been reached")
    mean = Decimal(sum(slips)) / len(slips)
    return both(
        quantile(slips, 0.5),
        quantile(slips, 0.9),
        lambda half, nine: SlipSummary(mean, half, nine, len(slips)),
    )


@dataclass(frozen=True, slots=True)
class MilestoneTrend:
    """The line through the forecasts of one milestone, and where it meets the day itself."""

    slope: Decimal
    intercept: Decimal
    projection: Measure[Decimal]


def milestone_trend(points: Sequence[tuple[int, int]]) -> Measure[MilestoneTrend]:
    """Fit the trend of a milestone's forecasts and project when it arrives.

    Each point is (report day, forecast day), both counted from one origin. slope and intercept by
    least squares; 0 is stable, 1 slips a day a day and never arrives. The projection is where the
    trend crosses the diagonal: intercept / (1 - slope).

    Fewer than three reports: no_data. All on one day: zero_denominator. A slope of 1 or more:
    the projection is unreachable.

    Source: milestone trend analysis; worked example WE-53.

    >>> trend = milestone_trend([(0, 200), (30, 210), (60, 235), (90, 260)]).value
    >>> round(trend.slope, 2), round(trend.projection.value, 2)
    (Decimal('0.68'), Decimal('617.37'))
    """
    if len(points) < _POINTS_OF_A_TREND:
        return unknown("no_data", "a trend needs three reports")
    count = Decimal(len(points))
    mean_day = sum(day for day, _ in points) / count
    mean_forecast = sum(forecast for _, forecast in points) / count
    spread = sum((day - mean_day) ** 2 for day, _ in points)
    if not spread:
        return unknown("zero_denominator", "all reports are of one day")
    slope = sum((day - mean_day) * (f - mean_forecast) for day, f in points) / Decimal(spread)
    intercept = mean_forecast - slope * mean_day
    arrival: Measure[Decimal] = (
        Measure(intercept / (1 - slope))
        if slope < 1
        else unknown("unreachable", "it slips a day a day or more")
    )
    return Measure(MilestoneTrend(slope, intercept, arrival))


@dataclass(frozen=True, slots=True)
class ForecastAccuracy:
    """How far forecasts were from what happened, as shares of what happened.

    ``absolute`` (WAPE) is the headline: it survives periods without any cost. ``mean`` (MAPE)
    leaves those out, and ``skipped`` counts them. A positive ``bias`` is forecasting too much.
    """

    absolute: Measure[Decimal]
    mean: Measure[Decimal]
    bias: Measure[Decimal]
    skipped: int


def forecast_accuracy(pairs: Sequence[tuple[Decimal, Decimal]]) -> ForecastAccuracy:
    """Compare pairs of (actual, forecast) of one horizon.

    WAPE = sum of |A - F| / sum of |A|; bias = sum of (F - A) / sum of |A|; MAPE = mean of
    |(A - F) / A| over the pairs with A not 0. No pairs: no_data; nothing actual:
    zero_denominator.

    Source: Hyndman and Koehler 2006; worked example WE-54.

    >>> found = forecast_accuracy([(Decimal(100), Decimal(110)), (Decimal(0), Decimal(10))])
    >>> found.absolute.value, found.mean.value, found.skipped
    (Decimal('0.2'), Decimal('0.1'), 1)
    """
    if not pairs:
        nothing: Measure[Decimal] = unknown("no_data", "no forecast has come due")
        return ForecastAccuracy(nothing, nothing, nothing, 0)
    whole = sum((abs(actual) for actual, _ in pairs), Decimal(0))
    missed = sum((abs(actual - forecast) for actual, forecast in pairs), Decimal(0))
    beyond = sum((forecast - actual for actual, forecast in pairs), Decimal(0))
    shares = [abs((actual - forecast) / actual) for actual, forecast in pairs if actual]
    none: Measure[Decimal] = unknown("zero_denominator", "nothing was spent")
    return ForecastAccuracy(
        Measure(missed / whole) if whole else none,
        Measure(sum(shares, Decimal(0)) / len(shares)) if shares else none,
        Measure(beyond / whole) if whole else none,
        len(pairs) - len(shares),
    )


def say_do(delivered: int, committed: int) -> Measure[Decimal]:
    """Return the share of what a team committed to that it delivered; nothing committed: no_data.

    Source: domain 5.3.

    >>> say_do(8, 10).value
    Decimal('0.8')
    """
    return ratio(Decimal(delivered), committed, "nothing was committed", "no_data")


def cost_predictability(final: Decimal, baseline: Decimal) -> Measure[Decimal]:
    """Return |final - baseline| / baseline of a closed project; no baseline: zero_denominator.

    A distribution over projects, never a mean; cancelled ones are listed and not counted.

    Source: domain 5.3.
    """
    return ratio(abs(final - baseline), abs(baseline), "no baseline")


def forecast_stability(finishes: Sequence[date]) -> Measure[int]:
    """Return the days by which the finish forecast moved, in either direction, in six reports.

    Large with a small net movement is noise. Fewer than two reports: no_data.

    Source: domain 5.3.

    >>> forecast_stability([date(2026, 5, 1), date(2026, 5, 15), date(2026, 5, 1)]).value
    28
    """
    last = finishes[-_REPORTS:]
    if len(last) < 2:  # noqa: PLR2004 - a movement is between two
        return unknown("no_data", "fewer than two reports")
    return Measure(sum(abs((after - before).days) for before, after in pairwise(last)))
