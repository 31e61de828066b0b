"""A file of another tool: its bytes, as far as one may read, and why it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 256 << 20
MOST_CELLS = 20_000_000


class Unreadable(Exception):  # noqa: N818 - it is a fact about the user's file
    """Why a file cannot be read as what it is given as, with a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def content_of(path: Path, most: int = LARGEST) -> bytes:
    """Return the bytes of a file; raise Unreadable where it is no plain one, or too large."""
    if path.exists() and not path.is_file():  # a pipe or a device would never end
        message = f"{path.name} is no plain file"
        raise Unreadable(message)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size = f"{path.stat().st_size >> 20:,} MB; at most {most >> 20} MB are read"
        message = f"{path.name} has {size}"
        raise Unreadable(message, "divide it into several files")
    return content


def check_cells(name: str, text: str, delimiter: str) -> None:
    """Raise Unreadable where a text holds more cells than one may read: each takes memory."""
    check_count(name, text.count(delimiter) + text.count("\n"))


def check_count(name: str, cells: int) -> None:
    """Raise Unreadable where a table has more cells than one may read."""
    if cells > MOST_CELLS:
        message = f"{name} has {cells:,} cells; at most {MOST_CELLS:,} are read"
        raise Unreadable(message, "divide it into several files")
