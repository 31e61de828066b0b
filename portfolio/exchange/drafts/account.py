"""What a file holds and its import cannot keep, noted while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.model.kinds import kind_named

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Account:
    """The names of what was left out or changed, by what happened to them, in the order found."""

    _names: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, name: str) -> None:
        """Note one thing by its name."""
        self._names.setdefault(what, []).append(name)

    def add(self, left_out: Iterable[LeftOut]) -> None:
        """Take over what another account noted."""
        for each in left_out:
            self._names.setdefault(each.what, []).extend(each.names)

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return everything noted."""
        return tuple(LeftOut(what, tuple(names)) for what, names in self._names.items())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the source that is not in the result, or not as it was; ``names`` of what."""

    what: str
    names: tuple[str, ...]

    @property
    def number(self) -> int:
        """Return how many there are."""
        return len(self.names)


def count_of(number: int, kind: str) -> str:
    """Return `1 project`, `3 activities`."""
    known = kind_named(kind)
    return f"{number} {kind if number == 1 or known is None else known.PLURAL}"
