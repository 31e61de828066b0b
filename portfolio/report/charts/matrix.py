"""The charts of reports: pure functions from plain data to drawings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.report.charts.risk import HEIGHT, LEFT, SIDE, TOP, ways
from portfolio.report.charts.svg import Svg, box, drawing, line, shortened, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.report.blocks import Colour
    from portfolio.report.charts.risk import Way


def heat_map(
    counts: Mapping[tuple[int, int], int],
    bands: Mapping[tuple[int, int], str],
    title: str,
    paths: Sequence[Way] = (),
) -> Svg:
    """Draw how many risks lie at each probability and impact, 1 to 5 each; colours are the bands.

    ``bands`` gives the band of each cell: low, medium, high or very high; ``paths`` how the highest
    of the risks have moved, and where they shall be.
    """
    side, left, top, height = SIDE, LEFT, TOP, HEIGHT
    shapes: list[str] = []
    for probability in range(5, 0, -1):
        y = top + (5 - probability) * height
        shapes.append(words(left - 12, y + height / 2 + 5, str(probability), anchor="end"))
        for impact in range(1, 6):
            x = left + (impact - 1) * side
            band = bands[probability, impact]
            found = counts.get((probability, impact), 0)
            name = f"tint-{band.replace(' ', '-')}"
            hint = f"probability {probability}, impact {impact}: {band}, {found} risks"
            shapes.append(box(x + 1, y + 1, side - 2, height - 2, name, hint))
            if found:
                middle = (x + 12, y + 17) if paths else (x + side / 2, y + height / 2 + 5)
                shapes.append(words(*middle, str(found), anchor="middle", bold=True))
    bottom = top + 5 * height
    shapes += [
        words(left + (impact - 0.5) * side, bottom + 20, str(impact), anchor="middle")
        for impact in range(1, 6)
    ]
    shapes.append(words(left + 2.5 * side, bottom + 42, "Impact", anchor="middle", soft=True))
    shapes.append(words(8, top + 2.5 * height, "Probability", soft=True))
    shapes += ways(paths)
    return drawing(left + 5 * side + (290 if paths else 12), bottom + 54, title, shapes)


@dataclass(frozen=True, slots=True)
class Margin:
    """A cell of the dependency matrix: the least margin between two projects."""

    words: str
    colour: Colour
    hint: str


def matrix(
    givers: Sequence[str],
    receivers: Sequence[str],
    margins: Mapping[tuple[str, str], Margin],
    title: str,
) -> Svg:
    """Draw who waits for whom: a row a giver, a column a receiver, the least margin in the cell."""
    left, top, side, row = 200.0, 96.0, 92.0, 36.0
    shapes: list[str] = []
    for column, receiver in enumerate(receivers):
        x = left + side * column + side / 2
        for index, part in enumerate(_wrapped(receiver, 13)):
            shapes.append(words(x, top - 50 + index * 15, part, anchor="middle"))
    for index, giver in enumerate(givers):
        y = top + row * index
        shapes.append(words(left - 10, y + row / 2 + 5, shortened(giver, 26), anchor="end"))
        shapes.append(line((left, y), (left + side * len(receivers), y)))
        for column, receiver in enumerate(receivers):
            margin = margins.get((giver, receiver))
            if margin is None:
                continue
            x = left + side * column
            name = f"tint-{margin.colour}"
            shapes.append(box(x + 4, y + 4, side - 8, row - 8, name, margin.hint))
            shapes.append(
                words(x + side / 2, y + row / 2 + 5, margin.words, anchor="middle", bold=True)
            )
    shapes.append(words(8, 20, "gives ↓   receives →", soft=True))
    width = left + side * len(receivers) + 20
    return drawing(max(width, 420.0), top + row * len(givers) + 10, title, shapes)


def _wrapped(text: str, length: int) -> list[str]:
    """Break a name into at most three short lines."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [shortened(each, length + 2) for each in lines[:3]]
