"""Where a portfolio lies in its repository: the services that show findings count from its top."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from portfolio.diagnostic import Diagnostic, Location


def paths_from_top(root: Path, overlays: Sequence[Path]) -> Callable[[str], str]:
    """Return the function that states a path of a finding from the top of the repository.

    The top is the nearest folder with a `.git`, else the portfolio itself. A file outside it, as
    an overlay may be, keeps its path.
    """
    from portfolio.history.repository import find_top

    root = root.resolve()
    top = find_top(root) or root
    # Findings state a file of an overlay as the overlay was given, all others from the root.
    folders = {f"{overlay.as_posix()}/": overlay.resolve() for overlay in overlays}

    @cache
    def stated(path: str) -> str:
        before = next((given for given in folders if path.startswith(given)), "")
        # A finding without a file is about the portfolio as a whole.
        absolute = folders.get(before, root) / (path.removeprefix(before) or "pmo.yaml")
        return absolute.relative_to(top).as_posix() if absolute.is_relative_to(top) else path

    return stated


def moved(diagnostics: Iterable[Diagnostic], stated: Callable[[str], str]) -> list[Diagnostic]:
    """Return findings with their places, and those they refer to, stated differently."""

    def place(location: Location) -> Location:
        return replace(location, path=stated(location.path))

    return [
        replace(
            found,
            location=place(found.location),
            related=tuple(replace(r, location=place(r.location)) for r in found.related),
        )
        for found in diagnostics
    ]
