"""Findings as a format gets them to render."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portfolio.diagnostic import Diagnostic, Location, Severity

Paint = Callable[[str, str], str]
"""Puts words into a style."""


def unpainted(style: str, words: str) -> str:  # noqa: ARG001 - a painter takes a style
    """Leave words as they are: what a pipe gets."""
    return words


@dataclass(frozen=True, slots=True)
class Findings:
    """What a format renders: findings in reading order, and what it may have to say about them.

    ``diagnostics`` are those that are bad enough to be shown, ``every`` all of them; ``files`` are
    the files that were checked, ``limit`` is the severity from which on a finding fails the run,
    ``version`` is the version of pmo. ``texts`` hold the files by path and ``entities`` how many
    they state; ``paint`` colours words, and ``document`` wraps data as scripts read it.
    """

    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    limit: Severity
    as_of: date
    version: str
    every: Sequence[Diagnostic] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    entities: int = 0
    paint: Paint = unpainted
    document: Callable[[Any], str] = str
    fold: bool = True
    """People see equal findings of one file once, with their number."""


def with_hint(found: Diagnostic, separator: str) -> str:
    """Return the message of a finding and its hint."""
    return f"{found.message}{separator}(hint: {found.hint})" if found.hint else found.message


def ends_after_start(place: Location) -> bool:
    """Tell whether a place states an end that a reader can use."""
    return (place.end_line, place.end_column) > (place.line, place.column)


def counts(found: Findings) -> dict[str, int]:
    """Count files, entities and findings by severity."""
    count = dict.fromkeys(Severity, 0)
    for each in found.every:
        count[each.severity] += 1
    return {
        "files": len(found.files),
        "entities": found.entities,
        "errors": count[Severity.ERROR],
        "warnings": count[Severity.WARNING],
        "infos": count[Severity.INFO],
    }
