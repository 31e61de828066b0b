"""Import all of pmo, for the process that the others are forked from."""

from __future__ import annotations

import gc
import pkgutil
from importlib import import_module

import pmo_cli
import portfolio

for package in (pmo_cli, portfolio):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
for library in ("jinja2", "networkx", "numpy", "pandas", "rich.console", "rich.table", "rich.tree"):
    import_module(library)
gc.freeze()  # a collection in a child would copy every page of it
