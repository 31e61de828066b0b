"""The rows of `pmo show`: a kind's own fields and the columns computed for it.

A computed column is one function here that calls the analysis; its name is the column's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.measure.measure import Measure
from portfolio.record import Nested, Record, Ref, Reference, Scalar
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.model.portfolio import Portfolio
    from portfolio.record import Field, Shape

Computed = Callable[[Any, "Portfolio"], Any]

_COLUMNS: dict[str, dict[str, Computed]] = {}
_ORDER: dict[tuple[str, str], int] = {}
_LAST = 1000
_WITHHELD: dict[str, tuple[frozenset[str], Computed]] = {}
_PREFERRED_LIMIT = 8
_PREFERRED = (
    "status", "declared_rag.overall", "owner", "project_manager", "project", "needed_by", "due",
    "target_date", "baseline", "forecast", "actual", "forecast_finish", "end",
)  # fmt: skip
"""What a reader looks for first, in this order."""
_NAME_WIDTH = 24
_CENT = Decimal("0.01")
_SHOWN = 2
_DIGITS = 6
"""Decimals of a computed number: more say nothing, and a stored one has fewer."""
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


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of entities: the columns' names and, for each entity, its values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def column(kind: type[Entity], *, order: int = _LAST) -> Callable[[Computed], Computed]:
    """Register a function as a computed column of a kind, at its place among them.

    The place is stated where the columns of a kind stand in several modules, so that it does not
    hang on which of them was imported first.
    """

    def register(compute: Computed) -> Computed:
        _ORDER[kind.KIND, compute.__name__] = order
        known = {**_COLUMNS.get(kind.KIND, {}), compute.__name__: compute}
        placed = sorted(known, key=lambda name: _ORDER[kind.KIND, name])
        _COLUMNS[kind.KIND] = {name: known[name] for name in placed}
        return compute

    return register


def withholding(kind: type[Entity], *keys: str) -> Callable[[Computed], Computed]:
    """Register a function that says why some fields of an entity are not shown; None shows them."""

    def register(reason: Computed) -> Computed:
        _WITHHELD[kind.KIND] = (frozenset(keys), reason)
        return reason

    return register


def computed_columns(kind: type[Entity]) -> Mapping[str, Computed]:
    """Return the computed columns of a kind by name."""
    return dict(_COLUMNS.get(kind.KIND, {}))


def column_names(kind: type[Entity]) -> tuple[str, ...]:
    """Return every column a kind can show: its fields, nested ones dotted, and the computed."""
    return (*flat_fields(kind), *computed_columns(kind))


def flat_fields(record: type[Record], before: str = "") -> dict[str, Field]:
    """Return the fields by dotted key, those of nested records in their place."""
    found: dict[str, Field] = {}
    for key, stated in record.FIELDS.items():
        if isinstance(stated.shape, Nested):
            found |= flat_fields(stated.shape.record, f"{before}{key}.")
        else:
            found[before + key] = stated
    return found


def rows(
    portfolio: Portfolio,
    kind: type[Entity],
    entities: Iterable[Entity],
    chosen: Iterable[str] | None = None,
) -> Rows:
    """Return the values of the chosen columns, by default of every one."""
    computed = computed_columns(kind)
    columns = tuple(chosen or column_names(kind))
    keys, reason_of = _WITHHELD.get(kind.KIND, (frozenset(), _shown))

    def row(entity: Entity) -> tuple[Any, ...]:
        reason = reason_of(entity, portfolio)
        return tuple(
            Measure(None, "small_sample", reason)
            if reason is not None and name in keys
            else computed[name](entity, portfolio)
            if name in computed
            else value_at(entity, name)
            for name in columns
        )

    return Rows(columns, tuple(map(row, entities)))


def _shown(_: Entity, __: Portfolio) -> None:
    """Withhold nothing."""


def value_at(record: Record, key: str) -> Any:  # noqa: ANN401
    """Return the value at a dotted key, None where something on the way is absent."""
    current: Any = record
    for part in key.split("."):
        if current is None:
            return None
        current = getattr(current, type(current).FIELDS[part].name)
    return current


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


def readable(value: Any) -> str:  # noqa: ANN401
    """Write a value for a person: amounts with separators and without fractions."""
    known = value.value if isinstance(value, Measure) else value
    if isinstance(known, Money):
        return f"{known.amount:,.0f} {known.currency}"
    if isinstance(known, Decimal) and _is_long(known, _SHOWN):
        text = f"{known:.{_SHOWN}f}"
        # An availability just below 1 is not 1.
        return f"{known:.{2 * _SHOWN}f}" if known < 1 and text == "1.00" else text
    return cell_text(known)


def rounded(money: Money) -> Money:
    """Return an amount with at most two decimals, as it is paid."""
    return Money(cents(money.amount), money.currency)


def _number_text(value: Decimal) -> str:
    return f"{round(value, _DIGITS).normalize():f}" if _is_long(value, _DIGITS) else str(value)


def _is_long(value: Decimal, digits: int) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -digits


def cents(amount: Decimal) -> Decimal:
    """Return a number with at most two decimals."""
    exponent = amount.as_tuple().exponent
    fine = isinstance(exponent, int) and exponent < _CENT.as_tuple().exponent  # type: ignore[operator]
    return amount.quantize(_CENT) if fine else amount


def cell_text(value: Any) -> str:  # noqa: ANN401, C901, PLR0911 - one return a type
    """Write a value as it would stand in a file; nothing for None."""
    if isinstance(value, Measure):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _number_text(value)
    if isinstance(value, Money):
        return str(rounded(value))
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Record):
        shorthand = value.SHORTHAND
        if shorthand:
            return cell_text(getattr(value, value.FIELDS[shorthand].name))
        return ", ".join(
            f"{f.key} {cell_text(getattr(value, f.name))}"
            for f in value.FIELDS.values()
            if getattr(value, f.name) not in (None, ())
        )
    if isinstance(value, tuple):
        separator = " " if value and isinstance(value[0], Ref) else "; "
        return separator.join(cell_text(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {cell_text(item)}" for key, item in value.items())
    return str(value)
