"""Diagnostics in the formats that people and machines read: one function each, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portfolio.diagnostic import Diagnostic, Edit, LineMove, Location, Severity


def as_records(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as plain records, as scripts read them."""
    return [
        {
            "code": d.code,
            "severity": d.severity.word,
            "message": d.message,
            "hint": d.hint,
            **_place(d.location),
            "entity": d.entity or None,
            "related": [{"message": r.message, **_place(r.location)} for r in d.related],
            "fix": [_edit(each) for each in d.fix],
        }
        for d in diagnostics
    ]


def _edit(edit: Edit | LineMove) -> dict[str, Any]:
    """Return a replacement of a text, or the line that moves and where it goes."""
    if hasattr(edit, "to"):
        return {"to_line": edit.to.line, "to_column": edit.to.column, **_place(edit.location)}
    return {"old": edit.old, "new": edit.new, **_place(edit.location)}


def _place(place: Location) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def summary(diagnostics: Sequence[Diagnostic], files: int, entities: int) -> dict[str, int]:
    """Count files, entities and findings by severity."""
    count = dict.fromkeys(Severity, 0)
    for found in diagnostics:
        count[found.severity] += 1
    return {
        "files": files,
        "entities": entities,
        "errors": count[Severity.ERROR],
        "warnings": count[Severity.WARNING],
        "infos": count[Severity.INFO],
    }
