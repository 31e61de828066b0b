"""Graphs in the language of Graphviz, for whoever lays them out: `dot -Tsvg`, `dot -Tpdf`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.impact.dependencies.diagram import Arrow, Diagram, Node

# A kind has a shape of its own where a board tells it from others at a glance.
_SHAPES: Mapping[str, str] = {
    "project": "box3d",
    "milestone": "diamond",
    "dependency": "hexagon",
    "contract": "note",
    "customer": "house",
    "benefit": "octagon",
    "objective": "doubleoctagon",
    "service": "component",
    "team": "tab",
    "supplier": "folder",
    "person": "oval",
    "kpi": "parallelogram",
}
# Fill and line; what a part is can be read from the words too, so that no colour carries it alone.
_FILLS: Mapping[str, str] = {
    "cause": 'fillcolor="#fff3cd", color="#8a6100", penwidth=3',
    "point": 'fillcolor="#eef2f7", color="#45556b"',
    "business": 'fillcolor="#e6f0ea", color="#2f6b4f"',
    "hit": 'fillcolor="#f8d7da", color="#b02a37", penwidth=2',
}
_STROKES: Mapping[str, str] = {
    "red": 'color="#b02a37", penwidth=2.5',
    "amber": 'color="#b36b00", style=dashed, penwidth=2',
    "green": 'color="#2f6b4f"',
    "grey": 'color="#6b7280", style=dotted',
    "blue": 'color="#1f5fa8"',
}


_NODES = 'shape=box, style=filled, margin="0.08,0.04", fontname="Helvetica", fontcolor="#1b1b1b"'


def write_dot(diagram: Diagram) -> str:
    """Return a diagram as DOT: shapes for kinds, dates and margins in the labels."""
    lines = [
        "digraph pmo {",
        "  rankdir=LR;",
        f"  label={_quoted(diagram.title)}; labelloc=t;",
        f"  node [{_NODES}];",
        '  edge [fontname="Helvetica", fontsize=11, color="#45556b"];',
        *(_node(node) for node in diagram.nodes),
        *(_edge(arrow) for arrow in diagram.arrows),
        "}",
        "",
    ]
    return "\n".join(lines)


def _node(node: Node) -> str:
    kind = node.kind.replace("_", " ")
    label = _quoted(node.id, *([kind] if kind else []), *node.facts)
    shape = _SHAPES.get(node.kind, "box")
    hint = _quoted(node.name or node.id)
    return (
        f"  {_quoted(node.id)} [label={label}, shape={shape}, tooltip={hint}, {_FILLS[node.part]}];"
    )


def _edge(arrow: Arrow) -> str:
    label = [f"label={_quoted(arrow.words)}"] if arrow.words else []
    stroke = [_STROKES[arrow.colour]] if arrow.colour else []
    attributes = f" [{', '.join((*label, *stroke))}]" if label or stroke else ""
    return f"  {_quoted(arrow.giver)} -> {_quoted(arrow.waiter)}{attributes};"


def _quoted(*lines: str) -> str:
    r"""Return lines as one string of DOT.

    Graphviz reads ``\n`` or ``\N`` inside a string as more than characters, and ``&lt;`` as an
    entity: what a name holds must stay what it was. Line ends inside a name become blanks.
    """
    escaped = (
        " ".join(line.replace("\0", "").splitlines())
        .replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("&", "&amp;")
        for line in lines
    )
    return '"' + "\\n".join(escaped) + '"'
