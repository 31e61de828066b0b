"""Why the past cannot be read."""

from __future__ import annotations


class HistoryError(Exception):
    """The past cannot be read; with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both, such that they can be written; a path need not be UTF-8."""
        self.message, self.hint = (
            text.encode("utf-8", "backslashreplace").decode() for text in (message, hint)
        )
        super().__init__(self.message)


class NoRepositoryError(HistoryError):
    """There is no past: nobody has put the folder under version control."""
