from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.diagnostic import Location


@dataclass(frozen=True, slots=True)
class Findings:
    """What a format renders: findings in reading order, and what it may have to say about them.

    ``files`` are the files that were checked, ``limit`` is the severity from which on a finding
    fails the run, ``version`` is the version of pmo.
    """

    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    limit: Severity
    as_of: date
    version: str


def with_hint(found: Diagnostic, separator: str) -> str:
    """Return the message of a finding and its hint."""
    return f"{found.message}{separator}(hint: {found.hint})" if found.hint else found.message


def ends_after_start(place: Location) -> bool:
    """Tell whether a place states an end that a reader can use."""
    return (place.end_line, place.end_column) > (place.line, place.column)
