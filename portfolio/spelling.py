"""The word that a misspelt one probably stands for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the nearest known word, or an empty text where none is near."""
    return next(iter(nearest(word, known, 1)), "")


def only_near(word: str, known: Iterable[str]) -> str:
    """Return the one known word that is near, or an empty text where none is, or several are."""
    found = nearest(word, known, 2)
    return found[0] if len(found) == 1 else ""


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return up to ``count`` known words near a misspelt one, nearest first.

    Only words of about the same length are compared: the comparison is quadratic in length and a
    portfolio can have a hundred thousand ids.
    """
    length = len(word)
    slack = max(2, length // 2)
    candidates = (other for other in known if abs(len(other) - length) <= slack)
    plain = {_plain(other): other for other in candidates}
    return [plain[match] for match in get_close_matches(_plain(word), plain, count, cutoff=0.7)]


def _plain(word: str) -> str:
    return word.lower().replace("_", "-")
