"""Characters in a file that its readers do not see, and that change what they see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portfolio.characters import steering
from portfolio.diagnostic import Severity
from portfolio.loading.document import MappingNode, ScalarNode, SequenceNode, place_of
from portfolio.place import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.loading.document import Node
    from portfolio.loading.findings import Findings

# An escape of YAML, a control character, or one that turns the direction of writing, as bytes.
_SUSPECT = re.compile(
    rb"\\[0abefvxuU]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)


def report_hidden(root: Node, content: bytes, findings: Findings) -> None:
    """Report the texts of a YAML file that hold such characters, written as such or as escapes."""
    plain = content.isascii() and b"\\" not in content
    if plain or not _SUSPECT.search(content):
        return
    for node in _scalars(root):
        _report(node.value, place_of(node), findings)


def report_hidden_in_table(content: bytes, findings: Findings) -> None:
    """Report the lines of a CSV file that hold such characters, once a line."""
    if not _SUSPECT.search(content):
        return
    for number, line in enumerate(content.decode("utf-8-sig", "replace").split("\n"), 1):
        found = steering(line)
        if found:
            _report(line, packed(number, line.index(found) + 1), findings)


def _report(text: str, place: int, findings: Findings) -> None:
    found = steering(text)
    if not found:
        return
    does = "turns the words around it" if found > "\u2000" else "steers the screen"
    findings.entity = ""
    findings.add(
        "FLD-HIDDEN",
        f"the text holds U+{ord(found):04X}, which nobody sees and which {does}",
        place,
        hint="type the text again; until then \ufffd stands for it on pages and terminals",
        severity=Severity.WARNING,
    )


def _scalars(node: Node) -> Iterator[ScalarNode]:
    """Yield every text of a tree, keys included; an anchor's texts once."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, ScalarNode):
            yield here
        elif isinstance(here, MappingNode):
            waiting += [part for pair in here.value for part in pair]
        elif isinstance(here, SequenceNode):
            waiting += here.value
