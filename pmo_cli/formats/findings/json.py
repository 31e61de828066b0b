"""Findings as records, with every finding whatever its severity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pmo_cli.formats.found import Findings, counts
from portfolio.diagnostic import Diagnostic, Edit, LineMove, Location

FROM_TOP = False


def write(findings: Findings) -> str:
    """Render the one document for scripts: the findings and their counts."""
    return findings.document(
        {"diagnostics": as_records(findings.every), "summary": counts(findings)}
    )


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
