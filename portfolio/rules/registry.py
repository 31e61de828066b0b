"""Every rule, registered: importing this module loads the themes."""

from __future__ import annotations

from portfolio.rules import references
from portfolio.rules.rule import Rule, rules

THEMES = (references,)


def all_rules() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    return dict(sorted(rules().items()))
