"""Every kind, loaded: importing this module completes the registry of ``entity``."""

import pkgutil
from functools import cache
from importlib import import_module

from portfolio import model as package
from portfolio.model.entity import Entity, kind_named, kind_names, owner_field
from portfolio.model.entity import kinds as registered_kinds

_ORDER = (
    "delivery.projects",
    "delivery.status_reports",
    "delivery",
    "governance",
    "finance",
    "risk",
    "resources",
    "commercial",
    "operations.services",
    "operations",
    "service",
    "strategy",
)
"""The themes as a reader meets them; of a theme first the modules that the others build on."""


def kinds() -> dict[str, type[Entity]]:
    """Return every kind by its name, by theme and then as stated, whatever was imported first."""
    return dict(_in_order(tuple(registered_kinds().items())))


@cache
def _in_order(registered: tuple[tuple[str, type[Entity]], ...]) -> dict[str, type[Entity]]:
    return dict(sorted(registered, key=lambda kind: _place(kind[1].__module__)))


def _place(module: str) -> tuple[int, str]:
    """Return where the kinds of a module come; after all others where it lies in no theme."""
    inside = f"{module.removeprefix(package.__name__)}."
    found = (place for place, name in enumerate(_ORDER) if inside.startswith(f".{name}."))
    return next(found, len(_ORDER)), module


for _found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
    if not _found.ispkg and _place(_found.name) < (len(_ORDER), ""):
        import_module(_found.name)

__all__ = ["kind_named", "kind_names", "kinds", "owner_field"]
