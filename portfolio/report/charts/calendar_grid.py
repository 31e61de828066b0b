"""Two grids: what lands on whom in which week, and which levels were kept in which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import (
    Svg,
    box,
    diamond,
    drawing,
    line,
    shortened,
    small,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.report.blocks import Colour

_LEFT, _TOP, _ROW, _WIDTH = 176.0, 62.0, 50.0, 960.0
_WEEK, _HALF_WEEK = timedelta(days=7), timedelta(days=3)
_NARROW = 34.0


@dataclass(frozen=True, slots=True)
class Band:
    """A time on a row of the calendar: a freeze, or a month with the load that lands in it."""

    begin: date
    end: date
    label: str
    colour: Colour
    hint: str


@dataclass(frozen=True, slots=True)
class GoLive:
    """A release on a row of the calendar; one that breaks a freeze is red and says so."""

    day: date
    colour: Colour
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A group with the loads of its months, the freezes it is under and its releases."""

    label: str
    months: tuple[Band, ...] = ()
    freezes: tuple[Band, ...] = ()
    releases: tuple[GoLive, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days stand: from the Monday of the first week to the Sunday of the last."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the x of a day's beginning, cut to the drawing."""
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        span = (self.last - self.first).days + 1
        return _LEFT + (_WIDTH - _LEFT - 14) * (inside - self.first).days / span


def landing_calendar(
    rows: Sequence[Row], freezes: Sequence[Band], begin: date, end: date, title: str
) -> Svg:
    """Draw groups against weeks: load of each month, freezes behind, a diamond a go-live."""
    first = begin - timedelta(days=begin.weekday())
    last = end + timedelta(days=6 - end.weekday())
    scale = _Scale(first, last)
    height = _TOP + 30 + _ROW * len(rows)
    shapes = [*_weeks(scale, height)]
    shapes.append(words(8, _TOP + 18, "Freezes", bold=True))
    shapes += [each for band in freezes for each in _band(scale, band, _TOP + 4, 20)]
    for index, row in enumerate(rows):
        shapes += _row(scale, row, _TOP + 30 + _ROW * index)
    return drawing(_WIDTH, height + 6, title, shapes)


def _weeks(scale: _Scale, height: float) -> Iterator[str]:
    """Draw the weeks, with the name of a month above its first one and dates where they fit."""
    day, month = scale.first, 0
    width = scale.at(scale.first + _WEEK) - scale.at(scale.first)
    every = 1 if width >= _NARROW else 2 if 2 * width >= _NARROW else 4
    index = 0
    while day <= scale.last:
        x = scale.at(day)
        yield line((x, _TOP - 18), (x, height))
        if index % every == 0:
            yield small(words(x + 2, _TOP - 6, f"{day.day}", soft=True))
        middle = day + _HALF_WEEK  # a week belongs to the month that has most of it
        if middle.month != month:
            month = middle.month
            name = f"{middle:%b %Y}" if month == 1 or day == scale.first else f"{middle:%b}"
            yield words(x + 2, _TOP - 24, name, bold=True)
        day, index = day + _WEEK, index + 1


def _row(scale: _Scale, row: Row, y: float) -> Iterator[str]:
    yield line((8, y), (_WIDTH - 14, y))
    yield words(8, y + 29, shortened(row.label, 23))
    for freeze in row.freezes:
        yield from _band(scale, freeze, y + 2, _ROW - 4)
    for month in row.months:
        yield from _band(scale, month, y + 4, 18)
    for release in row.releases:
        x = scale.at(release.day)
        yield diamond(x, y + 36, colour=release.colour, hint=release.hint)
        yield small(words(x + 9, y + 40, f"{release.day.day} {release.day:%b}"))


def _band(scale: _Scale, band: Band, y: float, height: float) -> Iterator[str]:
    x, end = scale.at(band.begin), scale.at(band.end + timedelta(days=1))
    if end - x < 1:
        return
    yield box(x, y, end - x, height, f"tint-{band.colour}", band.hint)
    room, before = int((end - x) / 7), int((x - _LEFT) / 7)
    if len(band.label) > room and len(band.label) < before:
        yield small(words(x - 5, y + 14, band.label, anchor="end"))
    elif band.label and room > 1:
        yield small(words(x + 3, y + 14, shortened(band.label, room), bold=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of a level: kept, missed or without a value."""

    sign: str
    colour: Colour
    hint: str


def month_strips(
    labels: Sequence[str], months: Sequence[str], cells: Sequence[Sequence[Cell]], title: str
) -> Svg:
    """Draw levels against months, a sign in each cell: its colour is never the only carrier."""
    left, top, side, row = 270.0, 34.0, 54.0, 28.0
    shapes = [
        words(left + side * index + side / 2, 22, month, anchor="middle", soft=True)
        for index, month in enumerate(months)
    ]
    for place, (label, strip) in enumerate(zip(labels, cells, strict=True)):
        y = top + row * place
        shapes.append(words(8, y + 18, shortened(label, 37)))
        for index, cell in enumerate(strip):
            x = left + side * index
            shapes.append(box(x + 2, y + 2, side - 4, row - 4, f"tint-{cell.colour}", cell.hint))
            shapes.append(small(words(x + side / 2, y + 18, cell.sign, anchor="middle")))
    return drawing(left + side * len(months) + 10, top + row * len(labels) + 8, title, shapes)
