from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.measure.figure import _COLUMNS, computed_columns, flat_fields, value_at
from portfolio.measure.measure import Measure
from portfolio.measure.table import Rows, readable
from portfolio.record import Reference, Scalar
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.record import Shape


_PREFERRED_LIMIT = 8
_PREFERRED = (
    "status", "declared_rag.overall", "owner", "project_manager", "project", "needed_by", "due",
    "target_date", "baseline", "forecast", "actual", "forecast_finish", "end",
)  # fmt: skip
"""What a reader looks for first, in this order."""
_NAME_WIDTH = 24
_LONG_TEXTS = frozenset(
    {
        "cause",
        "event",
        "effect",
        "acceptance_criteria",
        "vision",
        "description",
        "rationale",
        "recommendation",
        "outcome",
        "summary",
        "comment",
        "reason",
        "fallback",
        "trigger",
        "recovery_plan",
        "commentary",
        "terms_of_reference",
        "question",
        "formula",
        "note",
        "rag_reasons",
        "late_start",
        "late_finish",
        "free_float",
    }
)


def fitting(table: Rows, width: int) -> Rows:
    """Return the columns that fit a terminal: the name first, then what is computed, then the rest.

    A column is as wide as its longest word-like value; only the second, the name, may be broken.
    """
    widths = [
        max([*map(len, name.split("_")), *(len(readable(row[index])) for row in table.rows)]) + 3
        for index, name in enumerate(table.columns)
    ]
    if len(widths) > 1:
        widths[1] = min(widths[1], _NAME_WIDTH)
    kind_columns = {name for columns in _COLUMNS.values() for name in columns}
    by_weight = sorted(
        range(len(widths)), key=lambda i: (i > 1, table.columns[i] not in kind_columns, i)
    )
    room, kept = width, []
    for index in by_weight:
        if widths[index] <= room or index == 0:
            kept.append(index)
            room -= widths[index]
    kept.sort()
    return Rows(
        tuple(table.columns[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in table.rows),
    )


def preferred_columns(kind: type[Entity], entities: Iterable[Entity]) -> tuple[str, ...]:
    """Choose the columns of a narrow table: short, wanted by good practice, and used."""
    listed = tuple(entities)
    order = {key: place for place, key in enumerate(_PREFERRED)}
    name = kind.FIELDS[kind.NAME_FIELD].key if kind.NAME_FIELD else ""
    first = [key for key in ("id", name) if key]
    used = [
        key
        for key, stated in flat_fields(kind).items()
        if key not in first
        and (stated.required or stated.expected or "." in key or stated.default is not None)
        and stated.key not in _LONG_TEXTS
        and _is_short(stated.shape)
        and key != kind.OWNER
        and _is_informative([value_at(e, key) for e in listed])
    ]
    used.sort(key=lambda key: order.get(key, len(order)))
    computed = [name for name in computed_columns(kind) if name not in _LONG_TEXTS]
    room = max(2, _PREFERRED_LIMIT - len(first) - len(computed))
    return (*first, *used[:room], *computed)


def _is_informative(values: list[Any]) -> bool:
    """Tell whether a column says something: it is filled, and not alike in every row."""
    return any(value is not None for value in values) and (
        len(values) == 1 or len({str(value) for value in values}) > 1
    )


def _is_short(shape: Shape) -> bool:
    return isinstance(shape, Scalar | Reference)


def numeric_columns(table: Rows) -> tuple[int, ...]:
    """Return the places of the columns that hold numbers and nothing else."""
    numbers = (int, Decimal, Money)
    found = []
    for index in range(len(table.columns)):
        values = [row[index] for row in table.rows]
        known = [v.value if isinstance(v, Measure) else v for v in values]
        filled = [v for v in known if v is not None]
        if filled and all(isinstance(v, numbers) and not isinstance(v, bool) for v in filled):
            found.append(index)
    return tuple(found)
