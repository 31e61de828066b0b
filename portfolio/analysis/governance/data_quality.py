"""Data coverage: how much of what good practice wants to know is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.measure.measure import Measure, ratio
from portfolio.measure.statistics import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.entity import Entity


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many expected fields there are, and how many of them are filled."""

    expected: int
    filled: int

    @property
    def share(self) -> Decimal | None:
        """Return filled / expected, None where nothing is expected."""
        return Decimal(self.filled) / self.expected if self.expected else None


def coverage(entities: Iterable[Entity]) -> Coverage:
    """Count the expected fields of entities and those that are filled.

    coverage = filled expected fields / expected fields, over all entities pooled, never an average
    of averages. An empty list counts as not filled. No expected field at all: no share.

    Source: this toolkit's own convention; optional fields never count.

    >>> coverage([]).share is None
    True
    """
    expected = filled = 0
    for entity in entities:
        wanted = [field for field in entity.FIELDS.values() if field.expected]
        expected += len(wanted)
        filled += sum(getattr(entity, field.name) not in (None, ()) for field in wanted)
    return Coverage(expected, filled)


def coverage_by_kind(entities: Iterable[Entity]) -> dict[str, Coverage]:
    """Return the coverage of each kind that has expected fields, the poorest first."""
    groups = grouped((each.KIND, each) for each in entities)
    found = {kind: coverage(members) for kind, members in groups.items()}
    known = {kind: each for kind, each in found.items() if each.share is not None}
    return dict(sorted(known.items(), key=lambda item: (item[1].share or 0, item[0])))


_WEIGHTS = {Severity.ERROR: 5, Severity.WARNING: 2, Severity.INFO: 1}


def data_quality_index(
    violated: Iterable[Severity], applicable: Iterable[Severity]
) -> Measure[Decimal]:
    """Return how much of the checked weight holds, from 0 to 1.

    index = 1 - sum of the weights of violated checks / sum of the weights of applicable checks,
    with weight 5 for an error, 2 for a warning, 1 for information. Nothing applicable: no_data.

    Source: domain convention of this toolkit.

    >>> data_quality_index([Severity.WARNING], [Severity.ERROR, Severity.WARNING,
    ...                                         Severity.WARNING, Severity.INFO]).value
    Decimal('0.8')
    """
    whole, bad = (sum(map(_WEIGHTS.__getitem__, each)) for each in (applicable, violated))
    return ratio(Decimal(bad), whole, "no check applies", "no_data").map(lambda share: 1 - share)
