"""What an import did: counts for each table and field, and every cell that was not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.exchange.drafts.draft import Draft


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not understood, where it stands, and what became of it."""

    file: str
    row: str
    column: str
    field: str
    value: str
    expected: str
    effect: str


def merged(problems: Iterable[Problem]) -> list[Problem]:
    """Join problems of one cell that several fields are read from."""
    together: dict[Problem, list[str]] = {}
    for found in problems:
        together.setdefault(replace(found, field=""), []).append(found.field)
    return [
        replace(found, field=", ".join(dict.fromkeys(fields))) for found, fields in together.items()
    ]


@dataclass(slots=True)
class FieldTally:
    """How the cells of one field fared; ``values`` counts the source's words and ours."""

    columns: dict[str, None] = field(default_factory=dict)
    converted: int = 0
    missing: int = 0
    exempt: int = 0
    not_understood: int = 0
    set_aside: int = 0
    values: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(slots=True)
class TableTally:
    """How the rows of one table fared."""

    file: str
    kind: str
    rows: int = 0
    blank: int = 0
    left_out: int = 0
    repeated: int = 0
    skipped: int = 0
    there: int = 0
    written: int = 0
    fields: dict[str, FieldTally] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def of(self, name: str) -> FieldTally:
        """Return the tally of a field, started when first asked for."""
        return self.fields.setdefault(name, FieldTally())


@dataclass(slots=True)
class Tally:
    """Everything an import counted.

    Of what the portfolio has already, ``found`` is referred to, ``there`` would have been repeated.
    """

    tables: list[TableTally] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    found: dict[str, str] = field(default_factory=dict)
    there: list[Draft] = field(default_factory=list)

    def total(self, what: str) -> int:
        """Return the sum of one count of cells: converted, missing, exempt or not_understood."""
        return sum(getattr(f, what) for table in self.tables for f in table.fields.values())
