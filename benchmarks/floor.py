"""The floor: what reading a folder of YAML costs before anything is understood.

The C parser's event stream is turned into a tree that knows where it was written: mappings and
lists of ``(value, line, column)``. No types, no references, no rules. `pmo validate` is measured
against this.

Run it as ``python -m benchmarks.floor FOLDER``; it prints its own figures as JSON.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Located = tuple[Any, int, int]


def located_tree(text: str) -> Located | None:
    """Return a document as nested ``(value, line, column)``, or None for an empty one."""
    events = yaml.parse(text, Loader=yaml.CLoader)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events)
    return None


def _node(event: yaml.Event, events: Iterator[yaml.Event]) -> Located:
    mark: Any = event.start_mark
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events), mark.line, mark.column
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events), mark.line, mark.column
    # The corpus has neither anchors nor aliases: what is left is a scalar.
    assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - a benchmark may stop
    return event.value, mark.line, mark.column


def _mapping(events: Iterator[yaml.Event]) -> dict[str, tuple[Located, int, int]]:
    found: dict[str, tuple[Located, int, int]] = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        assert isinstance(key, yaml.ScalarEvent)  # noqa: S101 - see above
        mark: Any = key.start_mark
        found[key.value] = (_node(next(events), events), mark.line, mark.column)
    return found


def _sequence(events: Iterator[yaml.Event]) -> list[Located]:
    found: list[Located] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_node(event, events))
    return found


def main() -> int:
    """Read a folder and print seconds, files, bytes and peak memory."""
    gc.disable()
    began = time.perf_counter()
    trees: list[Located | None] = []
    size = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        size += len(text)
        trees.append(located_tree(text))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "files": len(trees), "bytes": size, "peak": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
