"""Every rule, registered: importing this module loads the themes."""

from __future__ import annotations

from portfolio.rules import (
    appetite,
    control,
    dates,
    decisions,
    dependencies,
    ownership,
    references,
    reports,
    risk,
)
from portfolio.rules.rule import Rule, rules

THEMES = (
    references,
    dates,
    dependencies,
    reports,
    decisions,
    control,
    ownership,
    risk,
    appetite,
)


def all_rules() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    return dict(sorted(rules().items()))
