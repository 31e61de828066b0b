"""What an import gives, of tables and of schedules alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The text of each file by its path, the account of it, and what it could not take.

    ``problems`` are lines, ``problems_csv`` the same in full as a table. ``snippet`` is what the
    user has to add to a `pmo.yaml` of their own. ``projects`` are the only ones that this import
    may have superseded files of; None is all.
    """

    files: dict[str, str]
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    problems_csv: str
    snippet: str = ""
    projects: tuple[str, ...] | None = None

    def superseded(self, path: str) -> bool:
        """Tell whether a file of an earlier import could have been one of this import's."""
        return self.projects is None or path.split(".")[-2].rpartition("/")[2] in self.projects
