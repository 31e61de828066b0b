"""A plugin of mypy: `sum()` of floats is no sum of ours, because Python 3.12 changed its last bits.

`math.fsum` is rounded once, and so is the same on every Python and in every order.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mypy.plugin import FunctionContext, Plugin
from mypy.types import Instance, Type, UnionType, get_proper_type

PRODUCT = ("pmo_cli", "portfolio")


class FloatSums(Plugin):
    """Refuse `sum()` where its result may be a float."""

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Look at every call of the builtin."""
        return _refused if fullname == "builtins.sum" else None


def _refused(call: FunctionContext) -> Type:
    if Path(call.api.path).parts[0] in PRODUCT and _may_be_float(call.default_return_type):
        errors = call.api.msg.errors
        # An overload that fails is only tried, and its message replaced by another: say it at once.
        watchers, errors._watchers = errors._watchers, []  # noqa: SLF001
        call.api.fail("sum() of floats differs between Pythons; use math.fsum()", call.context)
        errors._watchers = watchers  # noqa: SLF001
    return call.default_return_type


def _may_be_float(returned: Type) -> bool:
    found = get_proper_type(returned)
    if isinstance(found, UnionType):
        return any(map(_may_be_float, found.items))
    return isinstance(found, Instance) and found.type.fullname == "builtins.float"


def plugin(_version: str) -> type[Plugin]:
    """Return the plugin, as mypy asks for it."""
    return FloatSums
