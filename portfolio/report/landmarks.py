"""Names for the parts of one page that a screen reader jumps between: each says which it is."""

from __future__ import annotations

from collections import Counter


class Labels:
    """What a template asks while it writes a page: how is this table called?"""

    def __init__(self) -> None:
        """Begin a page without names."""
        self._given: Counter[str] = Counter()

    def unique(self, words: str) -> str:
        """Return words that nothing before on the page is called by.

        >>> labels = Labels()
        >>> [labels.unique("Table: Risk") for _ in range(2)]
        ['Table: Risk', 'Table: Risk (2)']
        """
        self._given[words] += 1
        number = self._given[words]
        return words if number == 1 else self.unique(f"{words} ({number})")
