"""Walking over the references that records hold, and what follows from a class alone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from portfolio.record import Either, Field, Many, Nested, Record, Ref, Reference, Shape, Table

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def references(record: Record) -> Iterator[tuple[Record, Field, Ref]]:
    """Yield every reference inside a record, with the record and the field that hold it."""
    written = record.__dict__
    for stated in reference_fields(type(record)):
        value = written.get(stated.name)
        if value is not None:
            yield from _references_in(record, stated, value)


def _references_in(
    record: Record,
    stated: Field,
    value: Any,  # noqa: ANN401
) -> Iterator[tuple[Record, Field, Ref]]:
    if isinstance(value, Ref):
        yield record, stated, value
    elif isinstance(value, Record):
        yield from references(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _references_in(record, stated, item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _references_in(record, stated, item)


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
def reference_fields(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a class whose values are, or can contain, references."""
    return tuple(f for f in record.FIELDS.values() if _can_refer(f.shape))


def _can_refer(shape: Shape) -> bool:
    if isinstance(shape, Reference):
        return True
    if isinstance(shape, Many | Table):
        return _can_refer(shape.item)
    if isinstance(shape, Nested):
        return bool(reference_fields(shape.record))
    if isinstance(shape, Either):
        return any(_can_refer(option) for option in shape.options)
    return False
