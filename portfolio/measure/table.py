"""The rows of `pmo show`: a kind's own fields and the columns computed for it.

A computed column is one function here that calls the analysis; its name is the column's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.measure.figure import column_names, computed_columns, value_at, withheld
from portfolio.measure.measure import Measure
from portfolio.record import Record, Ref
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View
_CENT = Decimal("0.01")
_SHOWN = 2
_DIGITS = 6
"""Decimals of a computed number: more say nothing, and a stored one has fewer."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of entities: the columns' names and, for each entity, its values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def rows(
    portfolio: View,
    kind: type[Entity],
    entities: Iterable[Entity],
    chosen: Iterable[str] | None = None,
) -> Rows:
    """Return the values of the chosen columns, by default of every one."""
    computed = computed_columns(kind)
    columns = tuple(chosen or column_names(kind))
    keys, reason_of = withheld(kind)

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


def readable(value: Any) -> str:  # noqa: ANN401
    """Write a value for a person: amounts with separators and without fractions."""
    known = value.value if isinstance(value, Measure) else value
    if isinstance(known, Money):
        return known.in_words()
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


def to_places(found: Measure[Decimal], places: int = 4) -> Measure[Decimal]:
    """Return a number with as many decimals as say something: four of a ratio."""
    return found.map(lambda value: value.quantize(Decimal(1).scaleb(-places)))


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
