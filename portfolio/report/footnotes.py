"""The notes of one page, numbered as they are first needed; the same trail is noted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.report.formatting import in_words
from portfolio.report.report import Column, Row
from portfolio.report.trail import Trail

if TYPE_CHECKING:
    from portfolio.report.report import Cell


class Footnotes:
    """What a template asks while it writes a page: which note belongs to this figure?

    A page that is ``silent`` has no notes, because its readers have no access to the files.
    """

    def __init__(self, *, silent: bool = False) -> None:
        """Begin a page without notes."""
        self._silent = silent
        self._numbers: dict[Trail, int] = {}
        self._taken = 0

    def number(self, trail: Trail | None, of: str = "") -> int:
        """Return the number of a trail's note, 0 where there is none; ``of`` names the figure."""
        if trail is None or self._silent:
            return 0
        named = trail if trail.of else replace(trail, of=of)
        return self._numbers.setdefault(named, len(self._numbers) + 1)

    def of_row(self, row: tuple[Cell, ...]) -> int:
        """Return the number of the note that tells what a row's figures are made from."""
        if not isinstance(row, Row):
            return 0
        return self.number(row.trail, in_words(row[0]))

    def of_column(self, column: Column) -> int:
        """Return the number of the note that tells a column's formula."""
        if not column.formula:
            return 0
        return self.number(Trail(column.formula), column.words)

    def take(self) -> tuple[tuple[int, Trail], ...]:
        """Return the notes that are new since this was asked last, by number."""
        new = tuple((n, trail) for trail, n in self._numbers.items() if n > self._taken)
        self._taken = len(self._numbers)
        return new
