"""The charts of strategy: where the budget goes against where it should."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, drawing, line, shortened, words

if TYPE_CHECKING:
    from collections.abc import Sequence


_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 960.0, 330.0, 190.0, 30.0, 24.0


@dataclass(frozen=True, slots=True)
class TargetBar:
    """A share of a whole, 0..1, and the one it should be; None where nobody said."""

    label: str
    share: Decimal
    target: Decimal | None


def target_bars(bars: Sequence[TargetBar], title: str) -> Svg:
    """Draw shares as bars, each with a mark where it should end."""
    highest = max([Decimal("0.1"), *(each.share for each in bars), *(b.target or 0 for b in bars)])
    room = _WIDTH - _LEFT - _RIGHT

    def at(share: Decimal) -> float:
        return _LEFT + room * float(share / highest)

    shapes: list[str] = []
    for index, each in enumerate(bars):
        y = _TOP + _ROW * index
        told = f"{each.share:.0%}"
        if each.target is not None:
            told += f" of {each.target:.0%} wanted"
        hint = f"{each.label}: {told}"
        width = max(at(each.share) - _LEFT, 1.0)
        shapes += [
            words(8, y + 4, shortened(each.label, 44)),
            box(_LEFT, y - 7, width, 14, "fill-blue", hint),
            words(_WIDTH - _RIGHT + 12, y + 4, told, bold=True),
        ]
        if each.target is not None:
            x = at(each.target)
            shapes.append(line((x, y - 11), (x, y + 11), name="ink-line"))
    return drawing(_WIDTH, _TOP + _ROW * len(bars), title, shapes)
