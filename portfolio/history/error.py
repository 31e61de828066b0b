"""Why the past cannot be read."""

from __future__ import annotations


class HistoryError(Exception):
    """The past cannot be read; with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class NoRepositoryError(HistoryError):
    """There is no past: nobody has put the folder under version control."""
