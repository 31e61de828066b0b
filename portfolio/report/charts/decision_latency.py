"""How long each question waited: a bar from the day it was asked, a mark where it was needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, diamond, drawing, shortened, words
from portfolio.report.charts.timeline import day_line, month_lines, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour

_LEFT, _RIGHT, _WIDTH, _ROW = 330.0, 110.0, 960.0, 30.0


@dataclass(frozen=True, slots=True)
class Wait:
    """One question: asked, answered or still open on the day, needed, and how that looks."""

    label: str
    asked: date
    until: date
    needed: date
    colour: Colour
    words: str


def waits(rows: Sequence[Wait], as_of: date, title: str) -> Svg:
    """Draw a bar a question, with the day of the report and a hollow diamond where it is needed."""
    first = min(as_of, *(row.asked for row in rows), *(row.needed for row in rows))
    last = max(as_of, *(row.needed for row in rows))
    at = scale(first, last, _LEFT, _WIDTH - _LEFT - _RIGHT)
    height = 46 + _ROW * len(rows)
    shapes = [*month_lines(first, last, at, height), *day_line(as_of, at, height - 6)]
    for index, row in enumerate(rows):
        y = 44 + _ROW * index
        start, end = at(row.asked), max(at(row.until), at(row.asked) + 3)
        hint = f"{row.label}: asked {row.asked.isoformat()}, {row.words}, needed {row.needed}"
        shapes.append(words(8, y + 5, shortened(row.label, 44)))
        shapes.append(box(start, y - 6, end - start, 12, f"fill-{row.colour}", hint))
        shapes.append(diamond(at(row.needed), y, colour="grey", hollow=True, hint=hint))
        right = max(end, at(row.needed) + 7)
        shapes.append(words(right + 6, y + 5, row.words, soft=True))
    return drawing(_WIDTH, height, title, shapes)
