"""Findings as workflow commands of GitHub."""

from __future__ import annotations

from pmo_cli.formats.found import Findings, ends_after_start, with_hint
from portfolio.diagnostic import Diagnostic, Severity

FROM_TOP = True
"""Paths count from the top of the repository."""

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(findings: Findings) -> str:
    """Render workflow commands, which GitHub shows as annotations at the changed lines."""
    return "".join(f"{_command(found)}\n" for found in findings.diagnostics)


def _command(found: Diagnostic) -> str:
    place = found.location
    properties: dict[str, object] = {"file": place.path, "line": place.line}
    if ends_after_start(place):
        properties["endLine"] = place.end_line
    # GitHub refuses columns for an annotation of several lines.
    if place.end_line <= place.line:
        properties["col"] = place.column
    if place.end_line == place.line and ends_after_start(place):
        properties["endColumn"] = place.end_column
    properties["title"] = f"pmo {found.code}"
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_GITHUB[found.severity]} {written}::{_data(with_hint(found, chr(10)))}"


def _data(words: str) -> str:
    """Escape the text of a workflow command; the percent sign first, as it escapes the others."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    """Escape a property of a workflow command, in which colon and comma separate.

    A semicolon stays: the runner would show its escape as it is written.
    """
    return _data(words).replace(":", "%3A").replace(",", "%2C")
