"""Making the edits that findings offer, and nothing else: every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.diagnostic import Diagnostic, Edit, LineMove, Location

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_QUOTES = ("", "'", '"')

Change = tuple[int, int, str]
"""Where a text begins and ends, and what comes instead."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after its edits, and the findings whose edits were made."""

    content: bytes
    done: tuple[Diagnostic, ...]


def fixed(content: bytes, findings: Iterable[Diagnostic]) -> Fixed:
    """Make the edits of the findings of one file.

    A finding is left out where another text stands at its place, or where an edit for another
    finding touches the same place: the next run sees it again.
    """
    text = content.decode("utf-8")
    page = _Page(text)
    taken: list[tuple[int, int]] = []
    changes: list[Change] = []
    done: list[Diagnostic] = []
    for found in findings:
        wanted = page.changes(found)
        if wanted and not any(_touch(change, each) for change in wanted for each in taken):
            taken += [(start, end) for start, end, _ in wanted]
            changes += wanted
            done.append(found)
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return Fixed(text.encode("utf-8"), tuple(done))


def _touch(change: Change, taken: tuple[int, int]) -> bool:
    start, end, _ = change
    return start <= taken[1] and end >= taken[0]


class _Page:
    """A text with the index at which each line begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        begin = 1 if text.startswith("\ufeff") else 0
        self.begins = [begin, *(match.end() for match in _BREAK.finditer(text))]

    def changes(self, found: Diagnostic) -> list[Change]:
        """Return the changes of a finding; none where one of them does not fit the text."""
        changes: list[Change] = []
        for each in found.fix:
            wanted = self._moved(each) if isinstance(each, LineMove) else self._edited(each)
            if not wanted:
                return []
            changes += wanted
        return changes

    def _index(self, place: Location, *, end: bool = False) -> int:
        line, column = (place.end_line, place.end_column) if end else (place.line, place.column)
        return self.begins[line - 1] + column - 1

    def _edited(self, edit: Edit) -> Sequence[Change]:
        start = self._index(edit.location)
        if not edit.old:
            return [(start, start, edit.new)]
        for quote in _QUOTES:
            if self.text.startswith(f"{quote}{edit.old}{quote}", start):
                begin = start + len(quote)
                return [(begin, begin + len(edit.old), edit.new)]
        return self._inside(edit, start)

    def _inside(self, edit: Edit, start: int) -> Sequence[Change]:
        """Find a word inside a cell of a list, where it stands there once."""
        cell = self.text[start : self._index(edit.location, end=True)]
        found = list(re.finditer(rf"(?<![\w.-]){re.escape(edit.old)}(?![\w.-])", cell))
        if len(found) != 1:
            return []
        return [(start + found[0].start(), start + found[0].end(), edit.new)]

    def _moved(self, move: LineMove) -> Sequence[Change]:
        number = move.location.line - 1
        begin = self.begins[number]
        end = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.text)
        line = self.text[begin:end]
        to = self._index(move.to)
        usual = _BREAK.search(self.text)
        ending = line[len(line.rstrip("\r\n")) :] or (usual[0] if usual else "\n")
        if begin <= to:
            return []
        indent = " " * (move.to.column - 1)
        removed = (begin, end, "")
        if not line.endswith(ending):  # the last line of the file, which has no end of its own
            before = self.text[:begin].rstrip("\r\n")
            removed = (len(before), end, "")
        return [(to, to, line.strip() + ending + indent), removed]
