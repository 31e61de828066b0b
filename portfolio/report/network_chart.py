"""A graph as a drawing in layers: what gives stands left of what waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portfolio.report.drawing import (
    FILLS,
    INK,
    SOFT,
    TINTS,
    drawing,
    legible,
    number,
    shortened,
    small,
    words,
)

if TYPE_CHECKING:
    from portfolio.impact.diagram import Arrow, Diagram, Node
    from portfolio.report.report import Svg

# More boxes than these cannot be read on one page.
MOST_NODES = 120
_WIDE, _HIGH, _ACROSS, _DOWN, _TOP = 196.0, 50.0, 92.0, 14.0, 46.0
_TINT: Mapping[str, str] = {"cause": "amber", "point": "blue", "business": "green", "hit": "red"}
_LONGEST = 25
_SWEEPS = 4

Places = Mapping[str, tuple[float, float]]


def network_chart(diagram: Diagram) -> Svg:
    """Draw a graph from left to right; what does not fit on a page is counted instead."""
    nodes = diagram.nodes[:MOST_NODES]
    known = {node.id for node in nodes}
    arrows = [each for each in diagram.arrows if {each.giver, each.waiter} <= known]
    columns = _columns(nodes, arrows)
    places = {
        id_: (16 + column * (_WIDE + _ACROSS), _TOP + row * (_HIGH + _DOWN))
        for column, ids in enumerate(columns)
        for row, id_ in enumerate(ids)
    }
    shapes = [words(16, 24, diagram.title, bold=True)]
    shapes += [_arrow(each, places) for each in arrows]
    shapes += [shape for node in nodes for shape in _box(node, *places[node.id])]
    width = 32 + len(columns) * (_WIDE + _ACROSS) - _ACROSS
    height = _TOP + max(map(len, columns), default=0) * (_HIGH + _DOWN) + 10
    left_out = len(diagram.nodes) - len(nodes)
    if left_out:
        shapes.append(words(16, height + 8, f"{left_out} more are not shown", bold=True))
        height += 24
    return drawing(max(width, 480), height, diagram.title, shapes)


def describe(diagram: Diagram) -> str:
    """Return a graph in words, for whoever does not see it."""
    return "; ".join(
        f"{arrow.waiter} waits for {arrow.giver}" + (f" ({arrow.words})" if arrow.words else "")
        for arrow in diagram.arrows
    )


def _columns(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> list[list[str]]:
    """Return the ids column by column, each column in an order with few crossings."""
    depths = _depths(nodes, arrows)
    columns: list[list[str]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for node in nodes:
        columns[depths[node.id]].append(node.id)
    near: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        near[arrow.giver].append(arrow.waiter)
        near[arrow.waiter].append(arrow.giver)
    for sweep in range(_SWEEPS):
        rows = {id_: row for column in columns for row, id_ in enumerate(column)}
        for column in columns if sweep % 2 == 0 else reversed(columns):
            middle = {
                id_: sum(rows[each] for each in near[id_]) / len(near[id_])
                if near[id_]
                else rows[id_]
                for id_ in column
            }
            column.sort(key=lambda id_, at=middle: at[id_])  # type: ignore[misc]
            rows.update({id_: row for row, id_ in enumerate(column)})
    return [column for column in columns if column]


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
    hint = legible(" · ".join(filter(None, (node.name, node.kind, node.owner, *node.facts))))
    stroke = FILLS["red"] if node.part == "hit" else SOFT
    wide = 2.5 if node.part in {"cause", "hit"} else 1
    yield (
        f'<rect class="tint-{tint}" x="{number(x)}" y="{number(y)}" width="{number(_WIDE)}" '
        f'height="{number(_HIGH)}" rx="5" fill="{TINTS[tint]}" stroke="{stroke}" '
        f'stroke-width="{wide}"><title>{hint}</title></rect>'
    )
    yield words(x + 9, y + 21, shortened(node.id, _LONGEST), bold=True)
    yield small(words(x + 9, y + 39, shortened(facts, _LONGEST + 6), soft=True))


def _arrow(arrow: Arrow, places: Places) -> str:
    """Draw an arrow with its words in the middle; a loop leads back around its boxes."""
    (x1, y1), (x2, y2) = places[arrow.giver], places[arrow.waiter]
    x1, y1, y2 = x1 + _WIDE, y1 + _HIGH / 2, y2 + _HIGH / 2
    bend = max(40.0, abs(x2 - x1) / 2)
    stroke = FILLS[arrow.colour] if arrow.colour else SOFT
    dash = ' stroke-dasharray="5 3"' if arrow.colour in {"amber", "grey"} else ""
    name = "edge" if arrow.colour else "arrow"
    way = (
        f"M{number(x1)} {number(y1)}C{number(x1 + bend)} {number(y1)} "
        f"{number(x2 - bend)} {number(y2)} {number(x2 - 1)} {number(y2)}"
    )
    head = f"M{number(x2 - 7)} {number(y2 - 4)}L{number(x2)} {number(y2)}L{number(x2 - 7)} "
    path = (
        f'<path class="{name}" d="{way}" fill="none" stroke="{stroke}" stroke-width="1.6"{dash}/>'
        f'<path class="{name}" d="{head}{number(y2 + 4)}" fill="none" stroke="{stroke}"/>'
    )
    if not arrow.words:
        return path
    label = words((x1 + x2) / 2, (y1 + y2) / 2 - 5, arrow.words, anchor="middle")
    return path + small(label.replace(f'fill="{INK}"', f'fill="{INK}" paint-order="stroke"'))
