"""What is known of a report before it is built, and how reports and sections are found."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from portfolio.report import pages, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from portfolio.model.entity import Entity
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Outline:
    """A report that can be asked for: its title and the question it answers.

    ``subject`` is the kind of the one entity it is about; empty for a report about all.
    ``order`` is its place in the list of reports; ``needs_past`` that it looks at the months
    behind, as far as git has them. ``annex`` are the ids of the sections that stand behind the
    others, for who wants to know more. ``is_due`` tells whether a site has the page, or of which
    entities.
    """

    title: str
    question: str
    subject: str = ""
    order: int = 100
    needs_past: bool = False
    annex: frozenset[str] = frozenset()
    is_due: Callable[[View, Any], bool] = lambda *_: True


def records(*kinds: type[Entity]) -> Callable[[View, Any], bool]:
    """Return whether a portfolio records anything of some kinds, to ask whether a page is due."""

    def are_recorded(portfolio: View, _: object) -> bool:
        return any(portfolio.all(kind) for kind in kinds)

    return are_recorded


@cache
def outlines() -> Mapping[str, Outline]:
    """Return every report by its name: each module of ``packs`` is one.

    Raises TypeError for a module that states no outline.
    """
    found = {
        module.__name__.rpartition(".")[2].replace("_", "-"): _outline(module)
        for module in _modules(pages)
    }
    return MappingProxyType(
        dict(sorted(found.items(), key=lambda named: (named[1].order, named[0])))
    )


def register_sections() -> None:
    """Import every module that may register a section."""
    _modules(pages)
    _modules(sections)


def _modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [import_module(each.name) for each in found if not each.ispkg]


def _outline(module: ModuleType) -> Outline:
    found = getattr(module, "OUTLINE", None)
    if not isinstance(found, Outline):
        message = f"{module.__name__} states no OUTLINE"
        raise TypeError(message)
    return found
