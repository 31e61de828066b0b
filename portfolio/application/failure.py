"""What stops a command because of what the user asked for or configured."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - it is the user's word on the screen, not a program error
    """A message for the user, a hint, and the exit code: 2 unless something else is meant."""

    def __init__(self, message: str, hint: str = "", exit_code: int = 2) -> None:
        """Keep message, hint and exit code."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
