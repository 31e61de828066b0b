"""How milestones of a portfolio were kept: by the dates that its files state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import (
    MilestoneTrend,
    SlipSummary,
    forecast_stability,
    milestone_hit_rate,
    milestone_trend,
    slip_summary,
)
from portfolio.measure.measure import Measure, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.model.delivery.projects import Milestone

_YEAR = timedelta(days=365)
_FAR = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """The share of milestones met among those due in twelve months, and how far all have slipped.

    Slips are in calendar days.
    """

    hit_rate: Measure[Decimal]
    due: int
    slips: Measure[SlipSummary]


def milestone_record(milestones: Iterable[Milestone], as_of: date) -> MilestoneRecord:
    """Return how milestones were kept until a day.

    Due are those whose baseline lies in the twelve months before; not reached is missed.

    Source: domain 5.3; worked example WE-52.
    """
    dated = [each for each in milestones if each.baseline is not None]
    due = [
        (each.baseline, each.actual)
        for each in dated
        if each.baseline is not None and as_of - _YEAR <= each.baseline <= as_of
    ]
    slips = [slip for each in dated if (slip := milestone_slip(each, as_of)) is not None]
    return MilestoneRecord(milestone_hit_rate(due), len(due), slip_summary(slips))


def milestone_slip(milestone: Milestone, as_of: date) -> int | None:
    """Return the calendar days between baseline and actual, else forecast; later is positive.

    One that is overdue and open counts its age so far. No baseline, or nothing known yet: None.

    Source: worked example WE-52.
    """
    if milestone.baseline is None:
        return None
    when = milestone.actual or milestone.forecast
    if milestone.actual is None and (when or milestone.baseline) < as_of:
        when = as_of
    return (when - milestone.baseline).days if when is not None else None


def forecast_points(milestone: Milestone, as_of: date) -> tuple[tuple[date, date], ...]:
    """Return (report day, forecast day) of a milestone, oldest first, with what stands today.

    What is forecast now counts as of the as-of day, unless a point of that forecast is not older
    than a week.
    """
    points = [(p.as_of, p.forecast) for p in milestone.history if p.as_of <= as_of]
    points.sort()
    standing = milestone.actual or milestone.forecast
    if standing is not None and not (
        points and points[-1][1] == standing and (as_of - points[-1][0]).days <= 7  # noqa: PLR2004
    ):
        points.append((as_of, standing))
    return tuple(points)


@dataclass(frozen=True, slots=True)
class Drift:
    """Where a milestone is heading: its points, the line through them, when it would arrive."""

    milestone: Milestone
    points: tuple[tuple[date, date], ...]
    trend: MilestoneTrend
    arrival: Measure[date]
    moved: Measure[int]


def drift(milestone: Milestone, as_of: date) -> Measure[Drift]:
    """Return the trend of a milestone that is not reached yet.

    The slope is the days it moves by a day that passes: 0 stands, 1 never arrives. Reached:
    finished. Fewer than three reports: no_data.

    Source: milestone trend analysis; worked example WE-53.
    """
    if milestone.actual is not None:
        return unknown("finished", "reached")
    points = forecast_points(milestone, as_of)
    fitted = milestone_trend([(day.toordinal(), when.toordinal()) for day, when in points])
    moved = forecast_stability([when for _, when in points])
    return fitted.map(
        lambda trend: Drift(milestone, points, trend, trend.projection.then(_arrival), moved)
    )


def _arrival(projection: Decimal) -> Measure[date]:
    day = ceil(projection)
    if not 1 <= day <= _FAR:
        return unknown("out_of_range", "beyond the calendar")
    return Measure(date.fromordinal(day))


def drifts(milestones: Sequence[Milestone], as_of: date) -> tuple[Drift, ...]:
    """Return the trends of open milestones, the fastest first."""
    found = [known.value for each in milestones if (known := drift(each, as_of)).value is not None]
    return tuple(sorted(found, key=lambda each: (-each.trend.slope, each.milestone.id)))
