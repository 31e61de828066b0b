"""The charts of risk: the ways of the highest risks over the heat map, and what moves the cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, drawing, line, shortened, track, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


SIDE, LEFT, TOP, HEIGHT = 84.0, 150.0, 12.0, 46.0
"""The cells of the heat map: their width and height, and where the first one stands."""
_WIDTH, _NAMES, _ROW, _ROOM = 760.0, 300.0, 28.0, 180.0

Cell = tuple[int, int]
"""Probability and impact, 1 to 5 each."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a risk moves: from where it began to where it stands and where it shall be."""

    sign: str
    label: str
    inherent: Cell | None
    current: Cell
    target: Cell | None


def ways(listed: Sequence[Way]) -> Iterator[str]:
    """Yield the lines from inherent to current, and dashed on to the target, each with its sign."""
    yield from _legend(listed)
    for number, each in enumerate(listed):
        here = _middle(each.current, number)
        hint = f"{each.sign} {each.label}"
        if each.inherent is not None and each.inherent != each.current:
            yield track([_middle(each.inherent, number), here], "grey", hint=hint)
        if each.target is not None and each.target != each.current:
            aim = _middle(each.target, number)
            yield track([here, aim], "blue", is_dashed=True, hint=hint)
        yield box(here[0] - 8, here[1] - 8, 16, 16, "fill-blue", hint)
        yield _sign(here, each.sign)


def _legend(listed: Sequence[Way]) -> Iterator[str]:
    x = LEFT + 5 * SIDE + 24
    for number, each in enumerate(listed):
        yield words(x, TOP + 16 + 22 * number, f"{each.sign}  {shortened(each.label, 34)}")
    if listed:
        y = TOP + 16 + 22 * len(listed)
        yield words(x, y + 8, "grey: from where it began", soft=True)
        yield words(x, y + 28, "dashed: to where it shall be", soft=True)


def _sign(at: tuple[float, float], sign: str) -> str:
    return (
        f'<text x="{at[0]:g}" y="{at[1] + 5:g}" text-anchor="middle" fill="#ffffff" '
        f'class="paper" font-weight="600">{sign}</text>'
    )


def _middle(cell: Cell, number: int) -> tuple[float, float]:
    """Return where a risk stands in its cell: each a little beside the other, off the count."""
    probability, impact = cell
    x = LEFT + (impact - 1) * SIDE + 14 + 14 * (number % 5)
    y = TOP + (5 - probability) * HEIGHT + (13 if number % 2 else HEIGHT - 13)
    return x, y


@dataclass(frozen=True, slots=True)
class Driver:
    """What moves a result: its name and its rank correlation, -1 to 1."""

    label: str
    rank: float


def tornado(drivers: Sequence[Driver], title: str) -> Svg:
    """Draw what moves a result, the strongest first: to the right dearer, to the left cheaper."""
    middle = _NAMES + _ROOM
    height = _ROW * len(drivers) + 14
    shapes = [line((middle, 4), (middle, height - 4), name="ink-line")]
    for number, each in enumerate(drivers):
        y = 10 + _ROW * number
        length = max(_ROOM * abs(each.rank), 1.0)
        start = middle if each.rank >= 0 else middle - length
        colour = "red" if each.rank >= 0 else "green"
        told = f"{each.rank:+.2f}"
        shapes += [
            words(8, y + 13, shortened(each.label, 40)),
            box(start, y, length, 18, f"fill-{colour}", f"{each.label}: {told}"),
            words(middle + _ROOM + 12, y + 13, told, bold=True),
        ]
    return drawing(_WIDTH, height, title, shapes)
