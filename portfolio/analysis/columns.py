"""The computed columns of `pmo show`: one function each in the themes, named as the column is.

A function returns a value, or a Measure whose reason says why there is none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from portfolio import analysis
from portfolio.registration import modules_in_themes, states

if TYPE_CHECKING:
    from portfolio.model.entity import Entity

_COLUMN = re.compile(r"^@(?:column|withholding)\((\w+)", re.MULTILINE)


def register_columns(kind: type[Entity] | None = None) -> None:
    """Import the modules that register columns of a kind, by default of every one."""
    _import_columns_of(kind.__name__ if kind is not None else "")


@cache
def _import_columns_of(wanted: str) -> None:
    for module in modules_in_themes(analysis, "columns"):
        if not wanted or states(module, _COLUMN, lambda name: name == wanted):
            import_module(module.name)
