"""The computed columns: a function each, registered under its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from portfolio.record import Nested, Record

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.record import Field
    from portfolio.view.view import View


Computed = Callable[[Any, "View"], Any]

_COLUMNS: dict[str, dict[str, Computed]] = {}
_ORDER: dict[tuple[str, str], int] = {}
_LAST = 1000
_LONG: set[tuple[str, str]] = set()
_WITHHELD: dict[str, tuple[frozenset[str], Computed]] = {}


def column(
    kind: type[Entity], *, order: int = _LAST, long: bool = False
) -> Callable[[Computed], Computed]:
    """Register a function as a computed column of a kind, at its place among them.

    The place is stated where the columns of a kind stand in several modules, so that it does not
    hang on which of them was imported first. What is ``long`` is left out of lists, as a field is.
    """

    def register(compute: Computed) -> Computed:
        _ORDER[kind.KIND, compute.__name__] = order
        if long:
            _LONG.add((kind.KIND, compute.__name__))
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


def withheld(kind: type[Entity]) -> tuple[frozenset[str], Computed]:
    """Return the fields of a kind that may be withheld, and what says of an entity why."""
    return _WITHHELD.get(kind.KIND, (frozenset(), _shown))


def _shown(_: Entity, __: View) -> None:
    """Withhold nothing."""


def listed_columns(kind: type[Entity]) -> tuple[str, ...]:
    """Return the computed columns that a list of the kind has room for."""
    return tuple(name for name in computed_columns(kind) if (kind.KIND, name) not in _LONG)


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


def value_at(record: Record, key: str) -> Any:  # noqa: ANN401
    """Return the value at a dotted key, None where something on the way is absent."""
    current: Any = record
    for part in key.split("."):
        if current is None:
            return None
        current = getattr(current, type(current).FIELDS[part].name)
    return current
