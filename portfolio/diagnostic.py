"""A user's mistake as a value: what is wrong, where, how bad, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(IntEnum):
    """How bad a finding is; an error blocks a merge."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """Return the severity as it is written in files and output."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Severity:
        """Read ``error``, ``warning`` or ``info``; raise ValueError for anything else."""
        try:
            return cls[word.upper()]
        except KeyError:
            message = f"{word!r} is not a severity; use error, warning or info"
            raise ValueError(message) from None


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range in a file; lines and columns start at 1, the end column is exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        """Return ``path:line:column``, which terminals and editors turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a diagnostic: the other end of a broken link."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a file that removes a mistake: at a place, one text becomes another.

    ``old`` must stand there, quotes around it apart; an empty one inserts.
    """

    location: Location
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class LineMove:
    """A change that brings a whole line, with its comment, to the place of another key."""

    location: Location
    to: Location


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the user's files."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    entity: str = ""
    related: tuple[Related, ...] = field(default=())
    fix: tuple[Edit | LineMove, ...] = field(default=())
    """The edits that are safe to make without asking; none where there is a choice."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order findings as a reader meets them: by file, then by position, then by code."""
        place = self.location
        return (place.path, place.line, place.column, self.code, self.message)


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort findings by file, line and column, and drop exact repetitions."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda found: found.sort_key))
