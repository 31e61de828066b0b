"""The radar: levels on several axes from one middle, with where they should be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, diamond, drawing, line, track, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour

_WIDTH, _HEIGHT, _RADIUS = 960.0, 400.0, 140.0
_MIDDLE = (_WIDTH / 2, _HEIGHT / 2)


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis: its name, the level on it, and the one aimed at if there is one."""

    label: str
    level: int
    target: int | None


def radar(spokes: Sequence[Spoke], highest: int, title: str) -> Svg:
    """Draw levels from 0 to the highest: what is, as a line, and what is aimed at, dashed."""
    count = len(spokes)
    shapes = [
        _ring([_point(index, count, ring / highest) for index in range(count)])
        for ring in range(1, highest + 1)
    ]
    for index, each in enumerate(spokes):
        shapes.append(line(_MIDDLE, _point(index, count, 1.0)))
        x, y = _point(index, count, 1.12)
        anchor = "middle" if abs(x - _MIDDLE[0]) < 1 else "start" if x > _MIDDLE[0] else "end"
        goal = f", aims at {each.target}" if each.target is not None else ""
        shapes.append(words(x, y + 4, f"{each.label} {each.level}{goal}", anchor=anchor))
    aimed = [each.target if each.target is not None else each.level for each in spokes]
    if any(each.target is not None for each in spokes):
        shapes.append(_outline(aimed, highest, "grey", is_dashed=True))
    shapes.append(_outline([each.level for each in spokes], highest, "blue"))
    for index, each in enumerate(spokes):
        point = _point(index, count, each.level / highest)
        shapes.append(diamond(*point, colour="blue", hint=f"{each.label}: {each.level}"))
    return drawing(_WIDTH, _HEIGHT, title, shapes)


def _point(index: int, count: int, share: float) -> tuple[float, float]:
    """Return where an axis stands at a share of its length; the first points straight up."""
    angle = 2 * pi * index / count - pi / 2
    return _MIDDLE[0] + _RADIUS * share * cos(angle), _MIDDLE[1] + _RADIUS * share * sin(angle)


def _ring(points: Sequence[tuple[float, float]]) -> str:
    closed = [*points, points[0]]
    return "".join(line(start, end) for start, end in pairwise(closed))


def _outline(
    levels: Sequence[int], highest: int, colour: Colour, *, is_dashed: bool = False
) -> str:
    points = [_point(index, len(levels), level / highest) for index, level in enumerate(levels)]
    return track([*points, points[0]], colour, is_dashed=is_dashed, hint="")
