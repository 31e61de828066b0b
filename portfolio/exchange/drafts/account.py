"""What a file holds and its import cannot keep, noted while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.schedule import LeftOut

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
