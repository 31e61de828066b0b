"""Lists in sentences: the first few, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ARROW = " → "
_FEW, _STEPS = 5, 12


def listed(
    words: Iterable[str], limit: int = _FEW, between: str = ", ", last: str = " and "
) -> str:
    """Join words as in a sentence, the rest only counted.

    >>> listed("abc"), listed("abcdefgh"), listed("ab", last=" or ")
    ('a, b and c', 'a, b, c, d, e and 3 more', 'a or b')
    """
    found = list(words)
    if len(found) > limit:
        return f"{between.join(found[:limit])} and {len(found) - limit:,} more"
    return last.join([between.join(found[:-1]), found[-1]] if len(found) > 1 else found)


def path(steps: Sequence[str]) -> str:
    """Join steps by arrows; of a long path its beginning and its end.

    >>> path("abc"), path("abcdefghijklmnopqrstuvwxyz")
    ('a → b → c', 'a → b → c → d → e → f → 15 more → v → w → x → y → z')
    """
    if len(steps) > _STEPS:
        half = _STEPS // 2
        left_out = f"{len(steps) - _STEPS + 1:,} more"
        steps = (*steps[:half], left_out, *steps[half + 1 - _STEPS :])
    return ARROW.join(steps)
