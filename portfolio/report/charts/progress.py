"""The charts of a project's progress: the S-curve, the milestone trend, the tolerances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.report.charts.cost import short_amount
from portfolio.report.charts.svg import (
    Svg,
    box,
    diamond,
    drawing,
    line,
    shortened,
    track,
    words,
)
from portfolio.report.charts.timeline import scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour

_WIDTH, _LEFT, _TOP, _HEIGHT, _RIGHT = 960.0, 70.0, 20.0, 250.0, 240.0
_LABEL_ROOM = 16.0
_POINTS = 80

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """Cumulative money by day, and how its line looks."""

    label: str
    points: tuple[tuple[date, Decimal], ...]
    colour: Colour
    is_forecast: bool = False


def s_curve(curves: Sequence[Curve], as_of: date, budget: Decimal, title: str) -> Svg:
    """Draw what was planned, earned, spent and is expected over time, with the day of the report.

    A curve of one point is a diamond: nobody recorded what was before.
    """
    known = [curve for curve in curves if curve.points]
    days = [as_of, *(day for curve in known for day, _ in curve.points)]
    highest = max([budget, Decimal(1), *(amount for c in known for _, amount in c.points)])
    across = scale(min(days), max(days), _LEFT, _WIDTH - _LEFT - _RIGHT)

    def place(day: date, amount: Decimal) -> Place:
        return across(day), _TOP + _HEIGHT * float(1 - amount / highest)

    level = place(as_of, budget)[1]
    shapes = [
        *_axis(min(days), max(days)),
        words(_LEFT - 8, _TOP + _HEIGHT + 4, "0", anchor="end", soft=True),
        line((_LEFT, level), (_WIDTH - _RIGHT, level), name="slip"),
        words(_LEFT - 8, level + 4, short_amount(budget), anchor="end", soft=True),
        line((across(as_of), _TOP), (across(as_of), _TOP + _HEIGHT), name="ink-line"),
        words(across(as_of), _TOP - 6, f"{as_of.day} {as_of:%b}", anchor="middle", bold=True),
    ]
    for curve in known:
        points = [place(*point) for point in _thinned(curve.points)]
        hint = f"{curve.label}: {short_amount(curve.points[-1][1])}"
        if len(points) == 1:
            shapes.append(diamond(*points[0], colour=curve.colour, hint=hint))
        else:
            shapes.append(track(points, curve.colour, is_dashed=curve.is_forecast, hint=hint))
    ends = [
        (place(*each)[1], f"{curve.label} {short_amount(each[1])}", curve.colour)
        for curve in known
        for each in curve.points[-1:]
    ]
    shapes += _labels(ends)
    return drawing(_WIDTH, _TOP + _HEIGHT + 30, title, shapes)


def _thinned(points: Sequence[tuple[date, Decimal]]) -> Sequence[tuple[date, Decimal]]:
    """Keep one point in so many, and the last: a curve has no more detail than its pixels."""
    step = max(1, len(points) // _POINTS)
    return [*points[:-1:step], points[-1]]


def _axis(first: date, last: date) -> list[str]:
    bottom, right = _TOP + _HEIGHT, _WIDTH - _RIGHT
    return [
        line((_LEFT, bottom), (right, bottom)),
        words(_LEFT, bottom + 20, f"{first.day} {first:%b %Y}", soft=True),
        words(right, bottom + 20, f"{last.day} {last:%b %Y}", anchor="end", soft=True),
    ]


def _labels(ends: Sequence[tuple[float, str, Colour]]) -> list[str]:
    """Write what each line is at the right edge, none over another."""
    shapes, lowest = [], 0.0
    for y, text, colour in sorted(ends, key=lambda each: (round(each[0], 1), *each[1:])):
        at = max(y, lowest + _LABEL_ROOM)
        lowest = at
        x = _WIDTH - _RIGHT + 12
        shapes.append(box(x, at - 5, 10, 10, f"fill-{colour}"))
        shapes.append(words(x + 16, at + 4, shortened(text, 30)))
    return shapes


@dataclass(frozen=True, slots=True)
class TrendLine:
    """What was forecast for a milestone on each day that somebody reported it."""

    label: str
    points: tuple[tuple[date, date], ...]
    colour: Colour


def milestone_trends(trends: Sequence[TrendLine], title: str) -> Svg:
    """Draw forecasts by the day of their report; on the diagonal the day itself has come.

    A level line is a date that stands; one that rises is a date that moves away.
    """
    reported = [day for trend in trends for day, _ in trend.points]
    foreseen = [when for trend in trends for _, when in trend.points]
    first, last = min(reported), max([*reported, *foreseen])
    low, high = min([*reported, *foreseen]), last
    across = scale(first, last, _LEFT, _WIDTH - _LEFT - _RIGHT)
    span = max((high - low).days, 1)

    def place(day: date, when: date) -> Place:
        return across(day), _TOP + _HEIGHT * (1 - (when - low).days / span)

    shapes = [
        *_axis(first, last),
        words(_LEFT - 8, _TOP + 4, f"{high:%b %Y}", anchor="end", soft=True),
        words(_LEFT - 8, _TOP + _HEIGHT + 4, f"{low:%b %Y}", anchor="end", soft=True),
        line(place(first, first), place(last, last), name="slip"),
        words(across(last) - 8, _TOP + 14, "the day itself", anchor="end", soft=True),
    ]
    for trend in trends:
        points = [place(*point) for point in trend.points]
        shapes.append(track(points, trend.colour, hint=trend.label))
        shapes += [
            diamond(*place(*point), colour=trend.colour, hint=f"{point[0]}: {point[1]}")
            for point in trend.points
        ]
    ends = [(place(*trend.points[-1])[1], trend.label, trend.colour) for trend in trends]
    return drawing(_WIDTH, _TOP + _HEIGHT + 30, title, [*shapes, *_labels(ends)])


@dataclass(frozen=True, slots=True)
class ToleranceBar:
    """How much of a tolerance is used, 1 is all of it; None is not measured."""

    label: str
    use: Decimal | None
    words: str
    colour: Colour


def tolerance_bars(bars: Sequence[ToleranceBar], title: str) -> Svg:
    """Draw the use of each tolerance against all of it; more than twice of it is cut off."""
    left, row, full = 110.0, 28.0, 300.0
    height = 30 + row * len(bars)
    measured = 22 + row * sum(bar.use is not None for bar in bars)
    shapes = [
        line((left + full, 20), (left + full, measured), name="ink-line"),
        words(left + full, 14, "100 %", anchor="middle", bold=True),
    ]
    for index, bar in enumerate(bars):
        y = 36 + row * index
        shapes.append(words(8, y + 4, bar.label))
        if bar.use is not None:
            length = max(full * min(float(bar.use), 2.0), 2.0)
            shapes.append(box(left, y - 6, length, 12, f"fill-{bar.colour}", bar.words))
        is_known = bar.use is not None
        beside, told = (
            left + (2 * full + 14) * is_known,
            shortened(bar.words, 32 if is_known else 110),
        )
        shapes.append(words(beside, y + 4, told, soft=not is_known))
    return drawing(_WIDTH, height, title, shapes)
