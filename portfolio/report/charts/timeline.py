"""Marks on a line of months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, diamond, drawing, line, shortened, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from portfolio.report.blocks import Colour


_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on a timeline: where it was planned, where it stands, and how that looks."""

    label: str
    baseline: date | None
    standing: date
    colour: Colour


def timeline(marks: Sequence[Mark], as_of: date, until: date, title: str) -> Svg:
    """Draw milestones against their baselines, one a row, with the day of the report."""
    width, left, right, row = 960.0, 290.0, 34.0, 28.0
    first = min([as_of, *(m.standing for m in marks), *(m.baseline or m.standing for m in marks)])
    last = max([until, *(m.standing for m in marks)])
    at = scale(first, last, left, width - left - right)
    height = 44 + row * len(marks)
    shapes = [*month_lines(first, last, at, height), *day_line(as_of, at, height - 6)]
    for index, mark in enumerate(marks):
        y = 42 + row * index
        shapes.append(words(8, y + 4, shortened(mark.label, 40)))
        if mark.baseline is not None and mark.baseline != mark.standing:
            shapes.append(line((at(mark.baseline), y), (at(mark.standing), y), name="slip"))
            hint = f"{mark.label}: baseline {mark.baseline.isoformat()}"
            shapes.append(diamond(at(mark.baseline), y, colour="grey", hollow=True, hint=hint))
        hint = f"{mark.label}: {mark.standing.isoformat()}"
        shapes.append(diamond(at(mark.standing), y, colour=mark.colour, hint=hint))
    return drawing(width, height, title, shapes)


def scale(first: date, last: date, left: float, room: float) -> Callable[[date], float]:
    """Return where a day stands in the room between the first and the last."""
    span = max((last - first).days, 1)
    return lambda day: left + room * (day - first).days / span


def day_line(as_of: date, at: Callable[[date], float], bottom: float) -> Iterator[str]:
    """Draw the day of the report, with its date above."""
    yield line((at(as_of), 22), (at(as_of), bottom), name="ink-line")
    yield words(at(as_of), 16, f"{as_of.day} {as_of:%b}", anchor="middle", bold=True)


def month_lines(
    first: date, last: date, at: Callable[[date], float], height: float
) -> Iterator[str]:
    """Draw a line and a name at the first of each month."""
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            x = at(day)
            yield line((x, 26), (x, height - 6))
            yield words(x + 4, 34, f"{day:%b}", soft=True)
        following = day.month % _DECEMBER + 1
        day = date(day.year + (following == 1), following, 1)
