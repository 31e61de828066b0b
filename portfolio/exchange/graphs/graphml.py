"""Graphs as GraphML, which yEd, Gephi and every graph library read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from portfolio.impact.dependencies.diagram import Arrow, Diagram, Node

# What XML 1.0 cannot hold in any spelling.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NODE_KEYS: Sequence[tuple[str, str, Callable[[Node], object]]] = (
    ("kind", "string", lambda node: node.kind),
    ("name", "string", lambda node: node.name),
    ("owner", "string", lambda node: node.owner),
    ("part", "string", lambda node: node.part),
    ("words", "string", lambda node: node.words),
    ("date_old", "string", lambda node: node.old),
    ("date_new", "string", lambda node: node.new),
    ("days", "int", lambda node: node.days),
    ("money", "double", lambda node: node.money),
    ("currency", "string", lambda node: node.currency),
)
_ARROW_KEYS: Sequence[tuple[str, str, Callable[[Arrow], object]]] = (
    ("label", "string", lambda arrow: arrow.words),
    ("colour", "string", lambda arrow: arrow.colour),
    ("margin", "int", lambda arrow: arrow.days),
)


def write_graphml(diagram: Diagram) -> str:
    """Return a diagram as GraphML with typed keys; what is not known is left out."""
    keys = [
        *(_key(f"n_{name}", "node", name, type_) for name, type_, _ in _NODE_KEYS),
        *(_key(f"e_{name}", "edge", name, type_) for name, type_, _ in _ARROW_KEYS),
    ]
    nodes = [
        line
        for node in diagram.nodes
        for line in (
            f"    <node id={_attribute(node.id)}>",
            *(_data(f"n_{name}", read(node)) for name, _, read in _NODE_KEYS),
            "    </node>",
        )
    ]
    edges = [
        line
        for arrow in diagram.arrows
        for line in (
            f"    <edge source={_attribute(arrow.giver)} target={_attribute(arrow.waiter)}>",
            *(_data(f"e_{name}", read(arrow)) for name, _, read in _ARROW_KEYS),
            "    </edge>",
        )
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        f"  <desc>{_text(diagram.title)}</desc>",
        *keys,
        '  <graph id="pmo" edgedefault="directed">',
        *nodes,
        *edges,
        "  </graph>",
        "</graphml>",
        "",
    ]
    return "\n".join(line for line in lines if line or line is lines[-1])


def _key(id_: str, of: str, name: str, type_: str) -> str:
    return f'  <key id="{id_}" for="{of}" attr.name="{name}" attr.type="{type_}"/>'


def _data(key: str, value: object) -> str:
    """Return a value of a node or an edge; nothing for what is empty or not known."""
    if value is None or value == "":
        return ""
    return f'      <data key="{key}">{_text(str(value))}</data>'


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", value))
