"""The words and amounts of what is hidden: canaries that are found again, or any at all."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import count
from random import Random
from string import ascii_lowercase
from typing import Protocol

WORD = "quokkafish"
"""Stands in every text, id, tag, key and file name of what is hidden, and nowhere else."""
AMOUNT = "739184"
"""Every amount of what is hidden begins with these digits."""
_ROUNDED = re.compile(r"(?<![\d.])7?3?\.?73\.9\d?\s?(m|M|million)\b")
_SEPARATORS = re.compile("(?<=\\d)[,\u00a0\u202f\u2009' _](?=\\d)")


class Secrets(Protocol):
    """Where what is hidden takes its words from."""

    def text(self) -> str:
        """Return words for a text."""

    def id(self, name: str) -> str:
        """Return the id, or the name of a file, that is called so in the tests."""

    def amount(self) -> str:
        """Return an amount without its currency."""


@dataclass(frozen=True)
class Canary:
    """Texts, ids and amounts that can be recognised wherever they come out."""

    word: str = WORD
    digits: str = AMOUNT
    _numbers: count[int] = field(default_factory=lambda: count(100))

    def text(self) -> str:
        """Return a text with the word in it, different from all others."""
        return f"{self.word.title()} words {next(self._numbers)}"

    def id(self, name: str) -> str:
        """Return an id that begins with the word."""
        return f"{self.word}-{name}"

    def amount(self) -> str:
        """Return an amount that begins with the digits."""
        return f"{self.digits}{next(self._numbers)}"


class Shuffled:
    """Texts, ids and amounts that are any at all, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed; amounts keep their relations, so that the findings stay the same."""
        self._random = Random(seed)
        self._factor = self._random.randint(2, 9_999)
        self._numbers = count(1000)
        self._ids: dict[str, str] = {}

    def text(self) -> str:
        """Return one to six words."""
        return " ".join(self._word() for _ in range(self._random.randint(1, 6)))

    def id(self, name: str) -> str:
        """Return the id that was drawn for a name."""
        return self._ids.setdefault(name, f"{self._word()}-{self._random.randint(0, 99_999)}")

    def amount(self) -> str:
        """Return the next amount in the scale that was drawn."""
        return str(next(self._numbers) * self._factor)

    def _word(self) -> str:
        return "".join(self._random.choices(ascii_lowercase, k=self._random.randint(3, 14)))


class Plain:
    """Words and amounts of what anybody may see."""

    def __init__(self) -> None:
        """Begin to count."""
        self._numbers = count(1)

    def text(self) -> str:
        """Return a text that says nothing."""
        return f"Known to all {next(self._numbers)}"

    def id(self, name: str) -> str:
        """Return an id that hides nothing."""
        return f"open-{name}"

    def amount(self) -> str:
        """Return a round amount."""
        return "1000"


def leaks(content: bytes, word: str = WORD, digits: str = AMOUNT) -> list[str]:
    """Return where a word or an amount occurs in a content, each with what is around it."""
    text = readable(content)
    bare = _SEPARATORS.sub("", text)
    words = [_around(text, each.start()) for each in re.finditer(word, text, re.IGNORECASE)]
    numbers = [_around(bare, each.start()) for each in re.finditer(digits, bare)]
    return words + numbers


def readable(content: bytes) -> str:
    """Return the text of a content; of an archive its names and all that is packed in it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                f"{each.filename}\n{readable(archive.read(each))}" for each in archive.infolist()
            )
    return content.decode("utf-8", errors="replace")


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 60) : at + 60].split())
