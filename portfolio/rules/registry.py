"""The rules by their codes: what a selection does not run is not even imported."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from portfolio import rules as package
from portfolio.registration import modules_in_themes, states
from portfolio.rules.rule import Rule, code_of, is_selected, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULE = re.compile(r"^@rule\(.*?^def (\w+)", re.MULTILINE | re.DOTALL)


def all_rules() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    for module in modules_in_themes(package):
        import_module(module.name)
    return dict(sorted(rules().items()))


def selected_rules(select: Sequence[str], ignore: Sequence[str]) -> dict[str, Rule]:
    """Return the rules that a selection runs, by code, importing the modules that state one."""
    if not select and not ignore:
        return all_rules()

    def runs(code: str) -> bool:
        return is_selected(code, select, ignore)

    for module in modules_in_themes(package):
        if states(module, _RULE, lambda name: runs(code_of(name))):
            import_module(module.name)
    return {code: each for code, each in sorted(rules().items()) if runs(code)}
