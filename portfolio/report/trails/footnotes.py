"""The notes of one page, numbered as they are first needed; the same trail is noted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.report.blocks import Column, Row
from portfolio.report.formatting import in_words
from portfolio.report.trails.trail import Trail

if TYPE_CHECKING:
    from portfolio.report.blocks import Cell


class Footnotes:
    """What a template asks while it writes a page: which note belongs to this figure?

    A page that is ``silent`` has no notes, because its readers have no access to the files.
    """

    def __init__(self, *, silent: bool = False) -> None:
        """Begin a page without notes."""
        self._silent = silent
        self._numbers: dict[Trail, int] = {}
        self._parts: dict[str, int] = {"": 0}
        self._seen: dict[tuple[int, str], tuple[Trail, int]] = {}
        self._unprinted: set[int] = set()
        self._is_folded = False

    def number(self, trail: Trail | None, of: str = "") -> int:
        """Return the number of a trail's note, 0 where there is none; ``of`` names the figure."""
        if trail is None or self._silent:
            return 0
        before = len(self._numbers)
        number = self._number(trail, of)
        if not self._is_folded:
            self._unprinted.discard(number)
        elif len(self._numbers) > before:
            self._unprinted.add(number)
        return number

    def _number(self, trail: Trail, of: str) -> int:
        """Return the number of an equal trail; the cells of a row all ask about the same one.

        A trail can have thousands of sources, so that the same object is not compared twice.
        """
        _, known = self._seen.get((id(trail), of), (trail, 0))
        if known:
            return known
        named = trail if trail.of else replace(trail, of=of)
        number = self._numbers.setdefault(named, len(self._numbers) + 1)
        self._seen[id(trail), of] = (trail, number)
        return number

    def fold(self, *, away: bool) -> str:
        """Begin or end what stands on screen only: its notes do not stand on paper either."""
        self._is_folded = away
        return ""

    def is_printed(self, number: int) -> bool:
        """Tell whether something on paper needs a note."""
        return number not in self._unprinted

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

    def enter(self, part: str) -> str:
        """Begin a part of the page: the notes that are new from here on belong to it."""
        self._parts[part] = len(self._numbers)
        return ""

    def by_part(self) -> tuple[tuple[str, tuple[tuple[int, Trail], ...]], ...]:
        """Return the notes with their numbers, under the part that needed them first."""
        notes = [(number, trail) for trail, number in self._numbers.items()]
        starts = [*self._parts.values(), len(notes)]
        parts = zip(self._parts, starts, starts[1:], strict=False)
        return tuple((part, tuple(notes[a:b])) for part, a, b in parts if a < b)
