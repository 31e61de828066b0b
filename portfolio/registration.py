"""Which modules of the themes register something wanted: read in their sources, before any import.

So a command pays for the rules and the columns that it uses, and no list has to be kept.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from pkgutil import ModuleInfo
    from types import ModuleType


def modules_in_themes(package: ModuleType, ending: str = "") -> Iterator[ModuleInfo]:
    """Yield the modules in the folders of a package whose names end so."""
    inside = package.__name__.count(".") + 2
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.ispkg and found.name.count(".") == inside and found.name.endswith(ending):
            yield found


def states(module: ModuleInfo, mark: re.Pattern[str], is_wanted: Callable[[str], bool]) -> bool:
    """Tell whether a module's source has a mark of something wanted; without a source it may."""
    source = _source(module)
    return source is None or any(map(is_wanted, mark.findall(source)))


def _source(module: ModuleInfo) -> str | None:
    spec = module.module_finder.find_spec(module.name, None)
    read = getattr(spec and spec.loader, "get_source", None)
    found: str | None = read(module.name) if read is not None else None
    return found
