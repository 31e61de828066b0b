"""Walking over the references that records hold, and what follows from a class alone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from portfolio.record import Either, Field, Many, Nested, Record, Ref, Reference, Shape, Table

R = TypeVar("R", bound=Record)
T = TypeVar("T")


Held = tuple[Record, Field, Ref]
"""A reference, behind the record and the field that hold it."""


def references(record: Record) -> list[Held]:
    """Return every reference inside a record, with the record and the field that hold it."""
    found: list[Held] = []
    _gather(record, found)
    return found


def _gather(record: Record, found: list[Held]) -> None:
    written = record.__dict__
    for stated, short in _walks(type(record)):
        value = written.get(stated.name)
        if isinstance(value, Ref):
            found.append((record, stated, value))
        elif value:
            if short is not None and isinstance(value, tuple):
                found.extend([(item, short, getattr(item, short.name)) for item in value])
            else:
                _gather_from(record, stated, value, found)


def _gather_from(
    record: Record,
    stated: Field,
    value: Any,  # noqa: ANN401
    found: list[Held],
) -> None:
    if isinstance(value, Ref):
        found.append((record, stated, value))
    elif isinstance(value, Record):
        _gather(value, found)
    elif isinstance(value, tuple):
        for item in value:
            _gather_from(record, stated, item, found)
    elif isinstance(value, Mapping):
        for item in value.values():
            _gather_from(record, stated, item, found)


def per_class(compute: Callable[[type[R]], T]) -> Callable[[type[R]], T]:
    """Remember what a function says of a record class: classes never change."""
    known: dict[type[Record], T] = {}

    @functools.wraps(compute)
    def look_up(record: type[R]) -> T:
        if record not in known:
            known[record] = compute(record)
        return known[record]

    return look_up


@per_class
def _walks(record: type[Record]) -> tuple[tuple[Field, Field | None], ...]:
    """Return the fields that can refer, each with the one of its items where that is all they say.

    Predecessors are such a list: a long plan has more of them than of anything else.
    """
    return tuple((stated, _only_reference(stated.shape)) for stated in reference_fields(record))


def _only_reference(shape: Shape) -> Field | None:
    if not (isinstance(shape, Many) and isinstance(shape.item, Nested)):
        return None
    inner = reference_fields(shape.item.record)
    if len(inner) != 1 or not isinstance(inner[0].shape, Reference) or not inner[0].required:
        return None
    return inner[0]


@per_class
def reference_fields(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a class whose values are, or can contain, references."""
    return tuple(f for f in record.FIELDS.values() if can_refer(f.shape))


def can_refer(shape: Shape) -> bool:
    """Tell whether a value of this shape is, or can contain, a reference."""
    if isinstance(shape, Reference):
        return True
    if isinstance(shape, Many | Table):
        return can_refer(shape.item)
    if isinstance(shape, Nested):
        return bool(reference_fields(shape.record))
    if isinstance(shape, Either):
        return any(can_refer(option) for option in shape.options)
    return False
