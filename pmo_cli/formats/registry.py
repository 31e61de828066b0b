"""Formats are found by their names: each is one module of its package, with a function `write`."""

from __future__ import annotations

import pkgutil
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def names(package: str) -> tuple[str, ...]:
    """Return the names of the formats of a package, without importing one."""
    return _modules_in(Path(__file__).with_name(package))


def choice(package: str) -> Any:  # noqa: ANN401 - its members are only known when it runs
    """Return the formats of a package as the choices of an option."""
    return StrEnum(package, [(name, name) for name in names(package)])


def sources() -> Any:  # noqa: ANN401 - as above
    """Return what can be imported as the choices of an argument, without importing the domain."""
    spec = find_spec("portfolio")
    assert spec is not None  # noqa: S101 - it is installed with the command line
    assert spec.submodule_search_locations  # noqa: S101 - it is a package
    folder = Path(spec.submodule_search_locations[0], "application", "imports", "sources")
    return StrEnum("Source", [(name, name) for name in _modules_in(folder)])


def _modules_in(folder: Path) -> tuple[str, ...]:
    return tuple(found.name for found in pkgutil.iter_modules([str(folder)]))


def format_named(package: str, name: str) -> Any:  # noqa: ANN401 - each package has its own shape
    """Return the module that writes a format."""
    return import_module(f"pmo_cli.formats.{package}.{name}")


def format_for(package: str, path: Path | None, default: str) -> str:
    """Return the format that a file's ending means; a Failure where it means none of them."""
    if path is None or not path.suffix:
        return default
    known = {
        ending: name for name in names(package) for ending in format_named(package, name).ENDINGS
    }
    found = known.get(path.suffix.lower())
    if found is None:
        from portfolio.application.failure import Failure

        message = f"nothing is written as {path.suffix} here"
        raise Failure(message, f"name a file with {', '.join(sorted(known))}, or say --format")
    return found
