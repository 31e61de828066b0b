"""The chart of people: how full each role is, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, drawing, shortened, small, words
from portfolio.report.formatting import SHAPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour

_LEFT, _TOP, _SIDE, _ROW = 200.0, 34.0, 120.0, 44.0


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a role is in a month: in words, how that looks, and what stands below it."""

    words: str
    colour: Colour
    below: str
    hint: str


@dataclass(frozen=True, slots=True)
class FillRow:
    """A role with its months in order."""

    label: str
    fills: tuple[Fill, ...]


def fill_map(months: Sequence[str], rows: Sequence[FillRow], title: str) -> Svg:
    """Draw a row a role and a column a month; a shape and words say what the colour says."""
    shapes = [
        words(_LEFT + _SIDE * (column + 0.5), 20, month, anchor="middle", soft=True)
        for column, month in enumerate(months)
    ]
    for index, row in enumerate(rows):
        y = _TOP + _ROW * index
        shapes.append(words(8, y + _ROW / 2 + 4, shortened(row.label, 28)))
        for column, fill in enumerate(row.fills):
            shapes += _cell(_LEFT + _SIDE * column, y, fill)
    height = _TOP + _ROW * len(rows) + 8
    return drawing(_LEFT + _SIDE * max(len(months), 1) + 8, height, title, shapes)


def _cell(x: float, y: float, fill: Fill) -> list[str]:
    middle = x + _SIDE / 2
    lift = 0 if fill.below else 6
    shapes = [
        box(x + 2, y + 2, _SIDE - 4, _ROW - 4, f"tint-{fill.colour}", fill.hint),
        words(
            middle, y + 19 + lift, f"{SHAPES[fill.colour]} {fill.words}", anchor="middle", bold=True
        ),
    ]
    if fill.below:
        shapes.append(small(words(middle, y + 34, fill.below, anchor="middle", soft=True)))
    return shapes
