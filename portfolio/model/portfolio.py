"""What was loaded: every entity, as it is written."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.model.index import Entries, Index

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from portfolio.model.entity import Entity
    from portfolio.settings import Settings


class Past:
    """The portfolio as it was at a commit, for rules that compare."""

    __slots__ = ("commit", "portfolio")

    def __init__(self, portfolio: Portfolio, commit: str) -> None:
        """Keep the portfolio and the commit's short id."""
        self.portfolio = portfolio
        self.commit = commit


@dataclass(frozen=True, slots=True)
class Aside:
    """What was read and does not count, but may say that something is confidential.

    ``entities`` lack something, or have an id that another has already; ``confidential`` are ids
    that stand beside such a word in files that could not be read.
    """

    entities: tuple[Entity, ...] = ()
    confidential: AbstractSet[str] = frozenset()


class Portfolio(Index):
    """Everything that was loaded, at one day; it never changes.

    ``files`` are the paths that were read, relative to the portfolio's folder, in order; ``past``
    is what it is compared with, if anything.
    """

    def __init__(
        self,
        settings: Settings,
        as_of: date,
        entities: Iterable[Entity],
        files: Iterable[str] = (),
        aside: Aside | None = None,
    ) -> None:
        """Index the entities; of two with the same id the first counts."""
        super().__init__(settings, as_of, Entries(entities))
        self.past: Past | None = None
        self.files = tuple(files)
        self.aside = aside or Aside()

    @classmethod
    def of(cls, index: Index, files: Iterable[str] = ()) -> Portfolio:
        """Return a portfolio of what another index holds, and looks up for both."""
        made = cls(index.settings, index.as_of, (), files)
        made._entries = index._entries  # noqa: SLF001 - of one family
        return made

    @property
    def entries(self) -> Entries:
        """Return the entities as they are indexed, for whoever looks at them in another way."""
        return self._entries

    def compared_with(self, past: Past) -> Portfolio:
        """Return the same portfolio with a past to compare it with."""
        compared = copy(self)
        compared.past = past
        return compared
