"""What is a text's own, where many texts begin with the same words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portfolio.report.formatting import excerpt

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from portfolio.report.pack import Pack

LONGEST_COMMENT = 180
_SHARED_BY = 2
"""Texts that begin alike before their opening counts as a form that somebody has filled in."""
_FEWEST_WORDS = 6
"""A shorter opening is how people talk."""
_FEWEST_OWN = 3
"""Fewer words behind an opening are its end, not the news."""
_FIRST_WORDS = 3
"""How far several sentences may begin alike by chance: "The project …"."""


def declared_reasons(pack: Pack) -> Mapping[str, str]:
    """Return the first of its own words that each live project says of its colour, by its id."""
    said = {p.id: p.declared_rag.comment for p in pack.live_projects if p.declared_rag}
    own = own_words({comment for comment in said.values() if comment})
    return {id_: excerpt(own[comment], LONGEST_COMMENT) for id_, comment in said.items() if comment}


def own_words(texts: Collection[str]) -> Mapping[str, str]:
    """Return each text without the opening that it shares with others, an ellipsis in its place.

    Projects that fill in one form all say "Compared to the last quarter, the rating …" first: the
    news comes after it. A text that is nothing but the opening stays as it is.
    """
    split = {text: text.split() for text in texts}
    alike = Counter(
        tuple(words[:length])
        for words in split.values()
        for length in range(_FEWEST_WORDS, len(words))
    )
    return {text: _own(text, words, alike) for text, words in split.items()}


def _own(text: str, words: list[str], alike: Counter[tuple[str, ...]]) -> str:
    shared = _FEWEST_WORDS - 1
    while shared + 1 < len(words) and alike[tuple(words[: shared + 1])] >= _SHARED_BY:
        shared += 1
    if shared < _FEWEST_WORDS:
        return text
    shared = _whole_sentence(words, shared)
    is_form = shared >= _FEWEST_WORDS and len(words) - shared >= _FEWEST_OWN
    return f"… {' '.join(words[shared:])}" if is_form else text


def _whole_sentence(words: list[str], shared: int) -> int:
    """Return where the sentence began of which several texts share the first words."""
    for back in range(1, _FIRST_WORDS + 1):
        if shared - back > 0 and words[shared - back - 1].endswith((".", ":")):
            return shared - back
    return shared
