"""How a figure came about: its formula, what went into it, and where that is written.

A reader who doubts a figure follows its trail: by a click on a screen, by a footnote on paper.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.diagnostic import Location

Formula = str | Callable[..., object] | property
"""A formula in words, or the function of the analysis whose documentation says it."""

_FILES = 4
"""Files, and lines of each, named in one note; what comes from more is counted."""


@dataclass(frozen=True, slots=True)
class Trail:
    """What to tell about a figure.

    ``inputs`` are terms with their values in words. ``of`` names the figure where its place on the
    page does not: the label of a metric, the first cell of a row.
    """

    formula: Formula = ""
    inputs: tuple[tuple[str, str], ...] = ()
    sources: tuple[Location, ...] = ()
    of: str = ""

    @property
    def words(self) -> str:
        """Return the formula as a sentence."""
        return words_of(self.formula)

    @property
    def name(self) -> str:
        """Return the name under which the formula can be looked up, if it has one."""
        return name_of(self.formula)

    @property
    def places(self) -> tuple[str, ...]:
        """Return the files with their lines, the first few of them, and how many more there are."""
        return tuple(_places(self.sources))


def words_of(formula: Formula) -> str:
    """Return a formula as a sentence: the first of its function's documentation.

    >>> def margin(): "Return revenue - cost."
    >>> words_of(margin)
    'Revenue - cost.'
    """
    if isinstance(formula, str):
        return formula
    first = (inspect.getdoc(formula) or "").partition("\n")[0].removeprefix("Return ")
    return first[:1].upper() + first[1:]


def name_of(formula: Formula) -> str:
    """Return the name of a formula that is a function, an empty one for words."""
    if isinstance(formula, str):
        return ""
    function = formula.fget if isinstance(formula, property) else formula
    return getattr(function, "__name__", "")


def _places(sources: Sequence[Location]) -> Iterator[str]:
    lines: dict[str, list[int]] = {}
    for place in sources:
        known = lines.setdefault(place.path, [])
        if place.line not in known:
            known.append(place.line)
    for path, found in list(lines.items())[:_FILES]:
        shown = ", ".join(str(line) for line in sorted(found)[:_FILES])
        more = f" and {len(found) - _FILES} more lines" if len(found) > _FILES else ""
        yield f"{path}:{shown}{more}"
    if len(lines) > _FILES:
        rest = len(lines) - _FILES
        yield f"and {rest} more file{'s' * (rest > 1)}"
