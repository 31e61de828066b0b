"""YAML as a person writes it: block style, short inner mappings on one line, few quotes."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portfolio.exchange.drafts.draft import Tree

WIDTH = 100
SHORT = 72
_SAFE_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~.]|[-.][A-Za-z0-9]")
_NULLS = {"~", "null", "Null", "NULL"}
_FLOW = re.compile(r"[,\[\]{}]|:(?![A-Za-z0-9/])")
_BASIC_PLANE = 0xFFFF


def yaml_text(tree: Mapping[str, Tree], comment: str = "") -> str:
    """Write a mapping as a YAML document; its own values stay in block style."""
    head = [f"# {comment}"] if comment else []
    return "\n".join((*head, *_mapping(tree, 0, top=True))) + "\n"


def _mapping(tree: Mapping[str, Tree], indent: int, *, top: bool = False) -> Iterator[str]:
    for key, value in tree.items():
        yield from _pair(key, value, indent, " " * indent, inline=not top)


def _pair(key: str, value: Tree, indent: int, before: str, *, inline: bool = True) -> Iterator[str]:
    """Write one key and its value; ``before`` is what stands in front of it on its line."""
    start = f"{before}{scalar(key)}:"
    if isinstance(value, str):
        yield from _text(start, value, indent)
        return
    flow = _flow(value) if inline else None
    if flow is not None and len(start) + 1 + len(flow) <= _line_limit(value):
        yield f"{start} {flow}"
        return
    yield start
    if isinstance(value, list):
        for item in value:
            yield from _item(item, indent + 2)
    else:
        yield from _mapping(value, indent + 2)


def _line_limit(value: Tree) -> int:
    """Return how long a line with a value may be: several mappings always get a line each."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return SHORT if len(value) == 1 else 0
    return WIDTH


def _item(item: Tree, indent: int) -> Iterator[str]:
    """Write one item of a list."""
    dash = f"{' ' * indent}- "
    if isinstance(item, str):
        yield from _text(dash.rstrip(), item, indent)
        return
    flow = _flow(item)
    if flow is not None and len(dash) + len(flow) <= WIDTH:
        yield dash + flow
        return
    if isinstance(item, list):
        yield dash.rstrip()
        for inner in item:
            yield from _item(inner, indent + 2)
        return
    before = dash
    for key, value in item.items():
        yield from _pair(key, value, indent + 2, before)
        before = " " * (indent + 2)


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """Write a text behind a key or a dash: on the line where it fits, else folded below it."""
    line = f"{start} {scalar(text)}"
    folds = _can_fold(text)
    if folds and ("\n" in text or (len(line) > WIDTH and " " in text)):
        yield f"{start} >-"
        margin = " " * (indent + 2)
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                yield ""
            yield from textwrap.wrap(
                paragraph,
                WIDTH,
                initial_indent=margin,
                subsequent_indent=margin,
                break_long_words=False,
                break_on_hyphens=False,
            )
        return
    yield line


def _can_fold(text: str) -> bool:
    """Tell whether folding and reading give the same text: single spaces, no empty lines."""
    lines = text.split("\n")
    return all(
        line.isprintable()
        and line
        and line == " ".join(line.split(" ")).strip()
        and "  " not in line
        for line in lines
    )


def _flow(tree: Tree) -> str | None:
    """Write a value on one line; None where a text in it needs more than one, or it is empty."""
    if isinstance(tree, str):
        return None if "\n" in tree else scalar(tree, flow=True)
    if isinstance(tree, list):
        items = [_flow(item) for item in tree]
        return None if None in items else f"[{', '.join(str(item) for item in items)}]"
    pairs = [(scalar(key, flow=True), _flow(value)) for key, value in tree.items()]
    if any(value is None for _, value in pairs):
        return None
    return f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"


def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text plainly where that reads back the same, else in the lightest quotes.

    >>> scalar("Phase 2: build"), scalar("a, b"), scalar("a, b", flow=True)
    ("'Phase 2: build'", 'a, b', "'a, b'")
    """
    if not text.isprintable():
        return _escaped(text)
    if _is_plain(text, flow=flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not _SAFE_START.match(text) or text in _NULLS or text != text.strip():
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (flow and _FLOW.search(text))


def _escaped(text: str) -> str:
    """Write a text in double quotes, with escapes for what cannot be seen."""
    parts = (
        f"\\U{ord(character):08X}" if ord(character) > _BASIC_PLANE else json.dumps(character)[1:-1]
        for character in text
    )
    return f'"{"".join(parts)}"'
