"""The rows of one kind, and which of their columns a reader with little room gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.application.failure import misnamed
from portfolio.measure.figure import (
    column_names,
    computed_columns,
    flat_fields,
    listed_columns,
    value_at,
)
from portfolio.measure.measure import Measure
from portfolio.measure.table import Rows, readable, rows
from portfolio.record import Reference, Scalar
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.application.open import Opened
    from portfolio.model.entity import Entity
    from portfolio.view.view import View


_PREFERRED_LIMIT = 8
_NAME_WIDTH = 24


def fitting(table: Rows, kind: type[Entity], width: int) -> Rows:
    """Return the columns that fit a terminal: the name first, then what is computed, then the rest.

    A column is as wide as its longest word-like value; only the second, the name, may be broken.
    """
    widths = [
        max([*map(len, name.split("_")), *(len(readable(row[index])) for row in table.rows)]) + 3
        for index, name in enumerate(table.columns)
    ]
    if len(widths) > 1:
        widths[1] = min(widths[1], _NAME_WIDTH)
    computed = computed_columns(kind)
    by_weight = sorted(
        range(len(widths)), key=lambda i: (i > 1, table.columns[i] not in computed, i)
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
    name = kind.FIELDS[kind.NAME_FIELD].key if kind.NAME_FIELD else ""
    first = [key for key in ("id", name) if key]
    used = {
        key: stated.preferred or _PREFERRED_LIMIT
        for key, stated in flat_fields(kind).items()
        if key not in first
        and (stated.required or stated.expected or "." in key or stated.default is not None)
        and not stated.long
        and isinstance(stated.shape, Scalar | Reference)
        and key != kind.OWNER
        and _is_informative([value_at(e, key) for e in listed])
    }
    computed = listed_columns(kind)
    room = max(2, _PREFERRED_LIMIT - len(first) - len(computed))
    return (*first, *sorted(used, key=used.__getitem__)[:room], *computed)


def _is_informative(values: list[Any]) -> bool:
    """Tell whether a column says something: it is filled, and not alike in every row."""
    return any(value is not None for value in values) and (
        len(values) == 1 or len({str(value) for value in values}) > 1
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRequest:
    """Which entities of which kind, and which columns.

    ``kind`` is a name of a kind, singular or plural. Without ``columns`` every one is shown, or,
    where the reader has little room (``narrow``), those that say most.
    """

    kind: str
    selectors: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one kind."""

    opened: Opened
    kind: type[Entity]
    table: Rows


def show(opened: Opened, asked: ShowRequest) -> Listing:
    """List the entities of a kind; a Failure for a kind, a selector or a column that is none."""
    from portfolio.analysis.columns import register_columns

    kind = kind_of(asked.kind)
    register_columns(kind)
    entities = _selected(opened.view, kind, asked)
    if asked.columns is not None:
        chosen = _known_columns(kind, asked.columns)
    else:
        chosen = preferred_columns(kind, entities) if asked.narrow else column_names(kind)
    return Listing(opened, kind, rows(opened.view, kind, entities, chosen))


def kind_of(name: str) -> type[Entity]:
    """Return the kind with a name; a Failure with the nearest where there is none."""
    from portfolio.model.kinds import kind_named, kind_names

    kind = kind_named(name.replace("-", "_"))
    if kind is None:
        message = f"{name!r} is not a kind"
        raise misnamed(name, kind_names(), message, "`pmo explain kinds` lists them")
    return kind


def _selected(portfolio: View, kind: type[Entity], asked: ShowRequest) -> tuple[Entity, ...]:
    from portfolio.application.selection import chosen_ids
    from portfolio.view.parts import belonging

    entities = portfolio.all(kind)
    if not asked.selectors and not asked.exclude:
        return entities
    left_out = chosen_ids(portfolio, asked.exclude) if asked.exclude else frozenset()
    ids = belonging(portfolio, chosen_ids(portfolio, asked.selectors))
    hidden = belonging(portfolio, left_out)
    return tuple(each for each in entities if each.id in ids and each.id not in hidden)


def _known_columns(kind: type[Entity], names: tuple[str, ...]) -> tuple[str, ...]:

    known = column_names(kind)
    for name in names:
        if name not in known:
            message = f"{kind.KIND} has no column {name!r}"
            raise misnamed(name, known, message, f"it has {', '.join(known)}")
    return names
