"""YAML as an editor reads it: plain values by the core schema of YAML 1.2."""

from __future__ import annotations

import re
from typing import Any

from portfolio.loading.document import MappingNode, Node, ScalarNode, SyntaxProblem, compose


def plain(content: bytes) -> Any:  # noqa: ANN401
    """Return a document as plain values; dates stay texts, as editors have them."""
    root = compose(content)
    assert not isinstance(root, SyntaxProblem)
    return None if root is None else _value(root)


def _value(node: Node) -> Any:  # noqa: ANN401
    if isinstance(node, MappingNode):
        return {key.value: _value(child) for key, child in node.value}
    if not isinstance(node, ScalarNode):
        return [_value(child) for child in node.value]
    if node.style:
        return node.value
    return core(node.value)


def core(text: str) -> Any:  # noqa: ANN401
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[+-]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][+-]?[0-9]+)?", text):
        return float(text)
    return text
