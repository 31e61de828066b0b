"""What an import gives, of tables and of schedules alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The text of each file by its path, the account of it, and what it could not take.

    ``problems`` are lines, ``problems_csv`` the same in full as a table. ``snippet`` is what the
    user has to add to a `pmo.yaml` of their own. ``tells_left_over`` is whether files of earlier
    imports that this one does not write are superseded.
    """

    files: dict[str, str]
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    problems_csv: str
    snippet: str = ""
    tells_left_over: bool = True
