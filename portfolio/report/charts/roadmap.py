"""The roadmap: every project from start to finish, its key milestones, and how far they moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, diamond, drawing, line, shortened, words
from portfolio.report.charts.timeline import Mark, day_line, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 960.0, 250.0, 30.0, 40.0, 26.0
_QUARTER = 3
_MONTHS = 12
_MOST_LINES = 10
_STEPS = (3, 12, 24, 60, 120, 240, 1200, 12000)
"""Months between two lines: a quarter, or so many years."""
_LONGEST = 34
_NOT_PLAIN = re.compile(r"[^\w .,()'/&+-]")
# How a line of Mermaid's own begins; a milestone called "Section 4 approved" is not one.
_STATEMENT = re.compile(
    r"(acc(Title|Descr|Description)|(axis|date)Format|call|click|excludes|gantt|href|includes"
    r"|inclusiveEndDates|section|tickInterval|title|todayMarker|topAxis|weekday|weekend"
    r"|\d{4}-\d\d-\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A project on the roadmap: its term as expected, its approved finish, its milestones."""

    label: str
    start: date
    finish: date
    baseline: date | None
    colour: Colour
    marks: tuple[Mark, ...] = ()


def roadmap(lanes: Sequence[Lane], as_of: date, title: str) -> Svg:
    """Draw one lane a project over quarters; hollow is what was approved, filled what is expected.

    ``lanes`` must not be empty.
    """
    days = [day for lane in lanes for day in _days(lane)]
    first, last = min([as_of, *days]), max([as_of, *days])
    at = scale(first, last, _LEFT, _WIDTH - _LEFT - _RIGHT)
    height = _TOP + _ROW * len(lanes) + 8
    shapes = [*_quarters(first, last, at, height)]
    for index, lane in enumerate(lanes):
        shapes += _lane(lane, _TOP + _ROW * (index + 0.5), at)
    shapes += day_line(as_of, at, height - 4)
    return drawing(_WIDTH, height, title, shapes)


def _days(lane: Lane) -> Iterator[date]:
    yield from (lane.start, lane.finish)
    if lane.baseline is not None:
        yield lane.baseline
    yield from (mark.standing for mark in lane.marks)


def _quarters(first: date, last: date, at: Callable[[date], float], height: float) -> Iterator[str]:
    """Draw a line and a name at the first of each quarter; of whole years where there are many."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    step = next(each for each in _STEPS if months <= each * _MOST_LINES)
    for number in range(first.year * _MONTHS // step * step, (last.year + 1) * _MONTHS, step):
        day = date(number // _MONTHS, number % _MONTHS + 1, 1)
        if first <= day <= last:
            yield line((at(day), 26), (at(day), height - 4))
            name = f"Q{day.month // _QUARTER + 1} {day.year}" if step < _MONTHS else f"{day:%Y}"
            yield words(at(day) + 3, 34, name, soft=True)


def _lane(lane: Lane, y: float, at: Callable[[date], float]) -> Iterator[str]:
    yield words(8, y + 4, shortened(lane.label, _LONGEST))
    hint = f"{lane.label}: {lane.start.isoformat()} to {lane.finish.isoformat()}"
    length = max(at(lane.finish) - at(lane.start), 2)
    yield box(at(lane.start), y - 8, length, 16, f"tint-{lane.colour}", hint)
    if lane.baseline is not None and lane.baseline != lane.finish:
        yield line((at(lane.baseline), y), (at(lane.finish), y), name="slip")
        hint = f"{lane.label}: approved finish {lane.baseline.isoformat()}"
        yield diamond(at(lane.baseline), y, colour="grey", hollow=True, hint=hint)
    for mark in lane.marks:
        hint = f"{mark.label}: {mark.standing.isoformat()}"
        yield diamond(at(mark.standing), y, colour=mark.colour, hint=hint)


def roadmap_in_mermaid(lanes: Sequence[Lane]) -> str:
    """Return the roadmap as a Mermaid chart, which GitHub draws in Markdown."""
    lines = ["gantt", "dateFormat YYYY-MM-DD", "axisFormat %b %Y"]
    for lane in lanes:
        lines.append(f"section {_plain(lane.label)}")
        lines.append(f"Term :{lane.start.isoformat()}, {lane.finish.isoformat()}")
        lines += (
            f"{_plain(mark.label)} :milestone, {mark.standing.isoformat()}, 0d"
            for mark in lane.marks
        )
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text without what Mermaid would read as its own language."""
    plain = " ".join(_NOT_PLAIN.sub(" ", text).split()) or "unnamed"
    return f"· {plain}" if _STATEMENT.match(plain) else plain
