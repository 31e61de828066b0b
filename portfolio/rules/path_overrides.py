"""Other rules for some of the files, as `pmo.yaml` states them by path."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Severity
from portfolio.rules.rule import is_selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.settings import PathRules

_UNREAD = "YML-"
"""What could not be read cannot be left out: nobody knows what it holds."""


def adjusted_by_path(
    diagnostics: Iterable[Diagnostic], rules: Sequence[PathRules]
) -> list[Diagnostic]:
    """Leave out, or weigh differently, the findings in files that a glob names.

    All globs that match a path count, in order; of two severities for a code the later one.
    """
    if not rules:
        return list(diagnostics)
    kept = []
    for found in diagnostics:
        matching = [each for each in rules if fnmatchcase(found.location.path, each.path)]
        ignored = any(not is_selected(found.code, (), each.ignore) for each in matching)
        if not ignored or found.code.startswith(_UNREAD):
            kept.append(_weighed(found, matching))
    return kept


def _weighed(found: Diagnostic, rules: Iterable[PathRules]) -> Diagnostic:
    for each in rules:
        for code, word in (each.severity or {}).items():
            if is_selected(found.code, (code,), ()):
                found = replace(found, severity=Severity.from_word(word))
    return found
