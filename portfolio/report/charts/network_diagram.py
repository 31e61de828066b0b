"""A graph as a drawing in layers: what gives stands left of what waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import (
    FILLS,
    PAPER,
    SOFT,
    TINTS,
    Svg,
    drawing,
    legible,
    number,
    shortened,
    small,
    words,
)

if TYPE_CHECKING:
    from portfolio.impact.dependencies.diagram import Arrow, Diagram, Node

# More boxes than these cannot be read on one page.
MOST_NODES = 120
_WIDE, _HIGH, _ACROSS, _DOWN, _TOP = 196.0, 50.0, 92.0, 14.0, 46.0
_TINT: Mapping[str, str] = {"cause": "amber", "point": "blue", "business": "green", "hit": "red"}
_LONGEST = 25
_SWEEPS, _SWAPS = 4, 3
# Each swap compares all lines with each other: with more of them a page would be slow to make.
_MOST_LINES = 80

# What an arrow passes in a column that it crosses: no id starts like this.
_PASSING, _STOP = "\0", 13.0

Places = Mapping[str, tuple[float, float]]
Stops = Sequence[tuple[float, float]]


def network_chart(diagram: Diagram) -> Svg:
    """Draw a graph from left to right; what does not fit on a page is counted instead."""
    nodes = diagram.nodes[:MOST_NODES]
    known = {node.id for node in nodes}
    arrows = [each for each in diagram.arrows if {each.giver, each.waiter} <= known]
    ways, columns = _columns(nodes, arrows)
    places, bottom = _places(columns)
    shapes = [words(16, 24, diagram.title, bold=True)]
    shapes += [
        _arrow(each, [places[stop] for stop in way]) for each, way in zip(arrows, ways, strict=True)
    ]
    shapes += [shape for node in nodes for shape in _box(node, *places[node.id])]
    shapes += [
        _label(each, [places[stop] for stop in way]) for each, way in zip(arrows, ways, strict=True)
    ]
    width, height = 32 + len(columns) * (_WIDE + _ACROSS) - _ACROSS, bottom + 10
    left_out = len(diagram.nodes) - len(nodes)
    if left_out:
        shapes.append(words(16, height + 8, f"{left_out} more are not shown", bold=True))
        height += 24
    return drawing(max(width, 480), height, diagram.title, shapes)


def _places(columns: Sequence[Sequence[str]]) -> tuple[Places, float]:
    """Return the upper left corner of each box and the place of each stop, and where all ends."""
    places: dict[str, tuple[float, float]] = {}
    bottom = _TOP
    for column, ids in enumerate(columns):
        y = _TOP
        for id_ in ids:
            places[id_] = (16 + column * (_WIDE + _ACROSS), y)
            y += _STOP if id_.startswith(_PASSING) else _HIGH + _DOWN
        bottom = max(bottom, y)
    return places, bottom


def describe(diagram: Diagram) -> str:
    """Return a graph in words, for whoever does not see it."""
    return "; ".join(
        f"{arrow.waiter} waits for {arrow.giver}" + (f" ({arrow.words})" if arrow.words else "")
        for arrow in diagram.arrows
    )


def _columns(
    nodes: Sequence[Node], arrows: Sequence[Arrow]
) -> tuple[list[list[str]], list[list[str]]]:
    """Return the way of each arrow and the columns, each in an order with few crossings.

    An arrow over several columns gets a stop in each of them, so that it passes between boxes.
    """
    depths = _depths(nodes, arrows)
    columns: list[list[str]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for node in nodes:
        columns[depths[node.id]].append(node.id)
    ways: list[list[str]] = []
    for number_, arrow in enumerate(arrows):
        between = range(depths[arrow.giver] + 1, depths[arrow.waiter])
        stops = [f"{_PASSING}{number_}:{column}" for column in between]
        for column, stop in zip(between, stops, strict=True):
            columns[column].append(stop)
        ways.append([arrow.giver, *stops, arrow.waiter])
    _untangle(columns, ways)
    return ways, columns


def _untangle(columns: Sequence[list[str]], ways: Sequence[Sequence[str]]) -> None:
    """Sort each column by the middle of the neighbours of what stands in it, without rounding.

    Of the orders that this goes through, the one with the fewest crossings is kept.
    """
    near: dict[str, list[str]] = defaultdict(list)
    for way in ways:
        for giver, waiter in pairwise(way):
            near[giver].append(waiter)
            near[waiter].append(giver)
    best = min(_orders(columns, near), key=lambda order: _crossings(order, ways))
    for column, order in zip(columns, best, strict=True):
        column[:] = order
    if sum(map(len, ways)) <= _MOST_LINES:
        _swap(columns, ways)


def _swap(columns: Sequence[list[str]], ways: Sequence[Sequence[str]]) -> None:
    """Let neighbours change places where nothing more crosses: another change may then save one."""
    crossings = _crossings(columns, ways)
    for column in [each for _ in range(_SWAPS) for each in columns]:
        for row in range(len(column) - 1):
            column[row : row + 2] = column[row + 1], column[row]
            swapped = _crossings(columns, ways)
            if swapped > crossings or not crossings:
                column[row : row + 2] = column[row + 1], column[row]
            else:
                crossings = swapped


def _orders(
    columns: Sequence[list[str]], near: Mapping[str, Sequence[str]]
) -> Iterator[Sequence[list[str]]]:
    """Yield an order of the columns and those that sorting them over and over goes through."""
    yield columns
    rows = {id_: Fraction(row, len(column)) for column in columns for row, id_ in enumerate(column)}
    for sweep in range(_SWEEPS):
        sorted_ = list(columns)
        for place in range(len(columns)) if sweep % 2 else reversed(range(len(columns))):
            middles = {
                id_: sum((rows[each] for each in near[id_]), Fraction()) / len(near[id_])
                for id_ in sorted_[place]
                if id_ in near
            }
            column = sorted(sorted_[place], key=lambda id_, at=middles: at.get(id_, rows[id_]))  # type: ignore[misc]
            rows |= {id_: Fraction(row, len(column)) for row, id_ in enumerate(column)}
            sorted_[place] = column
        columns = sorted_
        yield columns


def _crossings(columns: Sequence[Sequence[str]], ways: Iterable[Sequence[str]]) -> int:
    """Return how often the lines between neighbouring columns cross."""
    rows = {id_: row for column in columns for row, id_ in enumerate(column)}
    within = {id_: number for number, column in enumerate(columns) for id_ in column}
    lines: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for way in ways:
        for one, other in pairwise(way):
            lines[within[one], within[other]].append((rows[one], rows[other]))
    return sum(
        (a - c) * (b - d) < 0
        for together in lines.values()
        for (a, b), (c, d) in combinations(together, 2)
    )


def _depths(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return the longest way to each node; an arrow that would close a loop leads back instead."""
    waiters: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        waiters[arrow.giver].append(arrow.waiter)
    order = _order([node.id for node in nodes], waiters)
    place = {id_: index for index, id_ in enumerate(order)}
    depths = dict.fromkeys(order, 0)
    for id_ in order:
        for waiter in waiters[id_]:
            if place[waiter] > place[id_]:
                depths[waiter] = max(depths[waiter], depths[id_] + 1)
    return depths


def _order(ids: Sequence[str], waiters: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what gives before what waits, as far as loops allow."""
    seen: set[str] = set()
    finished: list[str] = []
    for start in ids:
        stack = [(start, False)]
        while stack:
            id_, is_left = stack.pop()
            if is_left:
                finished.append(id_)
            elif id_ not in seen:
                seen.add(id_)
                stack.append((id_, True))
                stack.extend((each, False) for each in waiters.get(id_, ()))
    return finished[::-1]


def _box(node: Node, x: float, y: float) -> Iterator[str]:
    tint = _TINT[node.part]
    facts = ", ".join((node.kind.replace("_", " "), *node.facts[:2]))
    hint = legible(
        " · ".join(filter(None, (node.id, node.name, node.kind, node.owner, *node.facts)))
    )
    stroke = FILLS["red"] if node.part == "hit" else SOFT
    wide = 2.5 if node.part in {"cause", "hit"} else 1
    yield (
        f'<rect class="tint-{tint}" x="{number(x)}" y="{number(y)}" width="{number(_WIDE)}" '
        f'height="{number(_HIGH)}" rx="5" fill="{TINTS[tint]}" stroke="{stroke}" '
        f'stroke-width="{wide}"><title>{hint}</title></rect>'
    )
    yield words(x + 9, y + 21, shortened(node.id, _LONGEST), bold=True)
    yield small(words(x + 9, y + 39, shortened(facts, _LONGEST + 6), soft=True))


def _arrow(arrow: Arrow, stops: Stops) -> str:
    """Draw an arrow from box to box over its stops; one that closes a loop leads back."""
    ends = _ends(stops)
    path = []
    for place, ((x1, y1), (x2, y2)) in enumerate(pairwise(ends)):
        x1 += _WIDE if place else 0  # noqa: PLW2901 - a stop is as wide as its column
        bend = max(40.0, abs(x2 - x1) / 2)
        path.append(
            f"C{number(x1 + bend)} {number(y1)} {number(x2 - bend)} {number(y2)} "
            f"{number(x2)} {number(y2)}"
        )
        if (x2, y2) != ends[-1]:
            path.append(f"H{number(x2 + _WIDE)}")
    return _stroke(arrow, ends[0], "".join(path), ends[-1])


def _stroke(arrow: Arrow, start: tuple[float, float], way: str, end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    stroke = FILLS[arrow.colour] if arrow.colour else SOFT
    dash = ' stroke-dasharray="5 3"' if arrow.colour in {"amber", "grey"} else ""
    name, wide = ("edge", 2.2) if arrow.colour else ("arrow", 1)
    head = f"M{number(x2 - 7)} {number(y2 - 4)}L{number(x2)} {number(y2)}L{number(x2 - 7)} "
    return (
        f'<path class="{name}" d="M{number(x1)} {number(y1)}{way}" fill="none" '
        f'stroke="{stroke}" stroke-width="{wide}"{dash}/>'
        f'<path class="{name}" d="{head}{number(y2 + 4)}" fill="none" stroke="{stroke}"/>'
    )


def _ends(stops: Stops) -> list[tuple[float, float]]:
    """Return where an arrow leaves its first box, passes its stops, and meets its last box."""
    (x1, y1), *between, (x2, y2) = stops
    return [
        (x1 + _WIDE, y1 + _HIGH / 2),
        *((x, y + _STOP / 2) for x, y in between),
        (x2, y2 + _HIGH / 2),
    ]


def _label(arrow: Arrow, stops: Stops) -> str:
    """Write what an arrow says into the gap before the box that waits."""
    if not arrow.words:
        return ""
    ends = _ends(stops)
    x1 = ends[-2][0] + (_WIDE if stops[1:-1] else 0)
    middle = (x1 + ends[-1][0]) / 2, (ends[-2][1] + ends[-1][1]) / 2 + 4
    text = words(*middle, arrow.words, anchor="middle")
    halo = f'class="ink halo" stroke="{PAPER}" stroke-width="4" paint-order="stroke"'
    return small(text.replace('class="ink"', halo))
