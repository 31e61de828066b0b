"""The charts of money: cost ranges against budgets, and what lies between budget and forecast."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import Svg, box, diamond, drawing, line, shortened, words
from portfolio.report.formatting import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portfolio.report.blocks import Colour

_WIDTH, _LEFT, _RIGHT, _ROW = 960.0, 230.0, 120.0, 30.0
_FURTHEST = Decimal(2)
"""A range that goes beyond twice the budget is cut there, and says so."""
_THOUSAND, _MILLION = Decimal(1000), Decimal(1000000)


@dataclass(frozen=True, slots=True)
class CostRange:
    """A project's estimate at completion as shares of its budget, and how the chosen one looks."""

    label: str
    low: Decimal
    selected: Decimal
    high: Decimal
    colour: Colour


def cost_ranges(ranges: Sequence[CostRange], title: str) -> Svg:
    """Draw what each project may cost against its budget, which is 100 % for all of them.

    One range that nobody can believe yet, of a project that has just begun, must not press all the
    others flat: it ends at the edge of the drawing, and its end is written there.
    """
    lowest = min([Decimal("0.9"), *(each.low for each in ranges)])
    highest = max([Decimal("1.1"), *(each.selected for each in ranges)])
    highest = max(highest, min(_FURTHEST, max([highest, *(each.high for each in ranges)])))
    at = _scale(lowest, highest)
    height = 34 + _ROW * len(ranges) + 8
    shapes = [
        line((at(Decimal(1)), 22), (at(Decimal(1)), height - 6), name="ink-line"),
        words(at(Decimal(1)), 16, "budget", anchor="middle", bold=True),
    ]
    for index, each in enumerate(ranges):
        y = 44 + _ROW * index
        hint = f"{each.label}: {_share(each.low)} to {_share(each.high)}, {_share(each.selected)}"
        left, right = at(each.low), at(min(each.high, highest))
        if each.high > highest:
            beyond = f"up to {_share(each.high)} \u2192"
            shapes.append(words(right - 4, y - 9, beyond, anchor="end", soft=True))
        shapes += [
            words(8, y + 4, shortened(each.label, 30)),
            box(left, y - 5, max(right - left, 2.0), 10, "range", hint),
            diamond(at(each.selected), y, colour=each.colour, hint=hint),
            words(_WIDTH - _RIGHT + 12, y + 4, _share(each.selected), bold=True),
        ]
    return drawing(_WIDTH, height, title, shapes)


def _scale(lowest: Decimal, highest: Decimal) -> Callable[[Decimal], float]:
    room, span = _WIDTH - _LEFT - _RIGHT, max(highest - lowest, Decimal("0.0001"))

    def at(value: Decimal) -> float:
        return _LEFT + room * float((value - lowest) / span)

    return at


def _share(value: Decimal) -> str:
    return f"{grouped(100 * value, 0)} %"


@dataclass(frozen=True, slots=True)
class Step:
    """A step from the budget to the forecast: a level, or what is added to the level before."""

    label: str
    amount: Decimal
    is_level: bool = False


def waterfall(steps: Sequence[Step], currency: str, title: str) -> Svg:
    """Draw the way from one level to the other, one step a row; what costs more is red."""
    reached = Decimal(0)
    spans: list[tuple[Step, Decimal, Decimal]] = []
    for step in steps:
        before = Decimal(0) if step.is_level else reached
        reached = step.amount if step.is_level else reached + step.amount
        spans.append((step, before, reached))
    levels = [end for step, _, end in spans if step.is_level]
    edges = [edge for step, *both in spans if not step.is_level for edge in both] + levels
    lowest, highest = min(edges), max(edges)
    floor = lowest - (highest - lowest) * Decimal("0.25")  # so that small steps can be seen
    at = _scale(floor, highest)
    shapes: list[str] = []
    for index, (step, begin, end) in enumerate(spans):
        y = 8 + _ROW * index
        start = floor if step.is_level else begin
        left, right = sorted((at(start), at(end)))
        colour = "blue" if step.is_level else "red" if step.amount > 0 else "green"
        sign = "" if step.is_level else "+" if step.amount > 0 else "−"
        amount = f"{sign}{short_amount(abs(step.amount))}"
        hint = f"{step.label}: {sign}{grouped(abs(step.amount), 0)} {currency}"
        shapes += [
            words(8, y + 18, shortened(step.label, 30), bold=step.is_level),
            box(left, y + 5, max(right - left, 2.0), _ROW - 10, f"fill-{colour}", hint),
            words(_WIDTH - _RIGHT + 12, y + 18, amount, bold=step.is_level),
        ]
        if index + 1 < len(spans):
            shapes.append(line((at(end), y + 5), (at(end), y + _ROW + 5)))
    bottom = 8 + _ROW * len(spans)
    shapes.append(words(_LEFT, bottom + 14, "the scale does not begin at 0", soft=True))
    return drawing(_WIDTH, bottom + 24, title, shapes)


def short_amount(amount: Decimal) -> str:
    """Write an amount as a chart has room for it: 1.24m, 830k."""
    if amount >= _MILLION:
        return f"{grouped(amount / _MILLION, 2)}m"
    return f"{grouped(amount / _THOUSAND, 0)}k" if amount >= _THOUSAND else grouped(amount, 0)
