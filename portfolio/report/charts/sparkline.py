"""Sparklines: a figure's last periods as a line of a word's size, or as a word of blocks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg

if TYPE_CHECKING:
    from portfolio.report.blocks import Sparkline

_BLOCKS = "▁▂▃▄▅▆▇█"
_GAP = "·"
_WIDTH, _HEIGHT, _EDGE = 72, 18, 3


def in_blocks(line: Sparkline) -> str:
    """Return the points as block characters; what nobody measured is a dot.

    >>> from portfolio.report.blocks import Sparkline
    >>> in_blocks(Sparkline((Decimal(1), None, Decimal(2), Decimal(3))))
    '▁·▅█'
    """
    return "".join(
        _GAP if height is None else _BLOCKS[min(int(height * len(_BLOCKS)), len(_BLOCKS) - 1)]
        for height in _heights(line)
    )


def sparkline(line: Sparkline) -> Svg:
    """Return the points as a line with a dot at its end; it breaks where nobody measured."""
    step = (_WIDTH - 2 * _EDGE) / max(len(line.points) - 1, 1)
    runs: list[list[str]] = [[]]
    last = ""
    for index, height in enumerate(_heights(line)):
        if height is None:
            runs.append([])
            continue
        x = _EDGE + index * step
        y = _HEIGHT - _EDGE - height * (_HEIGHT - 2 * _EDGE)
        runs[-1].append(f"{x:.1f},{y:.1f}")
        last = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="currentColor"/>'
    lines = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="currentColor" stroke-width="1.4"/>'
        for run in runs
        if len(run) > 1
    )
    return Svg(
        f'<svg class="spark" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'aria-hidden="true">{lines}{last}</svg>'
    )


def _heights(line: Sparkline) -> list[float | None]:
    """Return each point between the lowest, 0, and the highest, 1; half where all are equal."""
    known = [point for point in line.points if point is not None]
    low = min(known, default=Decimal(0))
    span = max(known, default=low) - low
    return [
        None if point is None else float((point - low) / span) if span else 0.5
        for point in line.points
    ]
