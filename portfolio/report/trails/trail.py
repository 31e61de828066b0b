"""How a figure came about: its formula, what went into it, and where that is written.

A reader who doubts a figure follows its trail: by a click on a screen, by a footnote on paper.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.diagnostic import Location


@dataclass(frozen=True, slots=True)
class Documented:
    """What the documentation of a formula says: its sentence, and the name to look it up under."""

    words: str
    name: str


Formula = str | Documented | Callable[..., object] | property
"""A formula in words, or the function of the analysis whose documentation says it.

A trail or a column keeps what the function's documentation says and not the function: a report is
plain data, which another process can be given and from which no template reaches our code.
"""

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "formula", documented(self.formula))

    @property
    def words(self) -> str:
        """Return the formula as a sentence."""
        formula = documented(self.formula)
        return formula if isinstance(formula, str) else formula.words

    @property
    def name(self) -> str:
        """Return the name under which the formula can be looked up, if it has one."""
        formula = documented(self.formula)
        return "" if isinstance(formula, str) else formula.name

    @property
    def places(self) -> tuple[str, ...]:
        """Return the files with their lines, the first few of them, and how many more there are."""
        return tuple(_places(self.sources))


def documented(formula: Formula) -> str | Documented:
    """Return a formula as plain data: what a function's documentation says in its first sentence.

    >>> def margin(): "Return revenue - cost."
    >>> documented(margin)
    Documented(words='Revenue - cost.', name='margin')
    """
    return formula if isinstance(formula, str | Documented) else _documented(formula)


@lru_cache(maxsize=1024)  # the same few hundred formulas stand behind every figure of a page
def _documented(formula: Callable[..., object] | property) -> Documented:
    first = (inspect.getdoc(formula) or "").partition("\n")[0].removeprefix("Return ")
    function = formula.fget if isinstance(formula, property) else formula
    return Documented(first[:1].upper() + first[1:], getattr(function, "__name__", ""))


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
