"""Where the statements of a field point: the days of a record, its neighbours and its parent.

A path is the key of a field of the record that states it; from a nested record or a reference it
goes on to a field of that, `survey.sent_on`; and where its first word is the kind that holds the
record, to a field of that kind, `gate.actual`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeGuard

from portfolio.field_description import inner_record
from portfolio.record import Field, Record, Ref, Reference, Scalar, several
from portfolio.references import per_class
from portfolio.values import Duration, Period

Day = date | datetime | Period
Find = Callable[[Ref], Record | None]


def is_day(value: object) -> TypeGuard[Day]:
    """Tell whether a value is a day, a point in time or a period."""
    return isinstance(value, date | Period)


def first_day(value: Day) -> date:
    """Return the day, of a period the first."""
    if isinstance(value, Period):
        return value.start
    return value.date() if isinstance(value, datetime) else value


def paths_of(stated: Field) -> Iterator[str]:
    """Yield every path that a field states."""
    yield from (*stated.not_before, *stated.stands_in, *stated.known_from)
    for days in stated.implies.values():
        yield from several(days)
    if stated.becomes:
        yield stated.becomes


def check_statements(kind: type[Record], name: str) -> None:
    """Refuse the statements of a kind, and of the records inside it, that point at nothing."""
    for record in records_in(kind):
        for stated in record.FIELDS.values():
            where = f"{record.__name__}.{stated.key}"
            for path in paths_of(stated):
                _check_path(path, record, {name: kind}, where)
            choices = stated.shape.choices if isinstance(stated.shape, Scalar) else ()
            strange = {*stated.final, *stated.implies} - {*choices} if choices else set()
            if strange:
                message = f"{where} has no value {', '.join(sorted(strange))}: {', '.join(choices)}"
                raise TypeError(message)


def _check_path(
    path: str, record: type[Record], outside: Mapping[str, type[Record]], where: str
) -> None:
    first, _, rest = path.partition(".")
    stated = record.FIELDS.get(first)
    if stated is None and rest and first in outside:
        _check_path(rest, outside[first], {}, where)
        return
    if stated is None:
        message = f"{where} names {path!r}, but {record.__name__} has no field {first!r}"
        raise TypeError(message)
    inner = inner_record(stated.shape)
    if rest and inner is not None:
        _check_path(rest, inner, {}, where)
    elif rest and not isinstance(stated.shape, Reference):
        message = f"{where} names {path!r}, but {record.__name__}.{first} leads nowhere"
        raise TypeError(message)


@per_class
def records_in(record: type[Record]) -> tuple[type[Record], ...]:
    """Return a class of records and those that its fields hold, each once."""
    inner = [inner_record(stated.shape) for stated in record.FIELDS.values()]
    found = [record, *(each for one in inner if one is not None for each in records_in(one))]
    return tuple(dict.fromkeys(found))


def parts(record: Record) -> Iterator[Record]:
    """Yield a record and every record inside it of a class that states days."""
    yield record
    written = record.__dict__
    for name in _holding(type(record)):
        if name in written:
            yield from _inside(written[name])


@per_class
def _holding(record: type[Record]) -> tuple[str, ...]:
    """Return the fields that hold such records: most of a long plan are predecessors."""
    return tuple(f.name for f in record.FIELDS.values() if _leads_to_days(inner_record(f.shape)))


def _leads_to_days(record: type[Record] | None) -> bool:
    fields = (f for each in records_in(record) for f in each.FIELDS.values()) if record else ()
    return any(f.time or f.implies for f in fields)


def _inside(value: Any) -> Iterator[Record]:  # noqa: ANN401
    if isinstance(value, Record):
        yield from parts(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _inside(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _inside(each)


@dataclass(frozen=True, slots=True)
class End:
    """Where a path ends: the record and its field, and the value there."""

    record: Record
    key: str
    value: Any


def end_of(path: str, record: Record, holder: Record, find: Find) -> End | None:
    """Follow a path; None where a record on the way is absent.

    ``holder`` is the entity that the record is part of, or the record itself.
    """
    first, _, rest = path.partition(".")
    stated = type(record).FIELDS.get(first)
    if stated is None:
        return end_of(rest, holder, holder, find)
    value = getattr(record, stated.name)
    if not rest:
        return End(record, first, value)
    inner = find(value) if isinstance(value, Ref) else value
    return end_of(rest, inner, inner, find) if isinstance(inner, Record) else None


def day_of(stated: Field, record: Record, holder: Record, find: Find) -> Day | None:
    """Return the day of a value: itself, or the first stated of those that it is known from."""
    value = getattr(record, stated.name)
    if value is None or is_day(value):
        return value
    ends = (end_of(path, record, holder, find) for path in stated.known_from)
    return next((end.value for end in ends if end is not None and is_day(end.value)), None)


def in_words(value: object) -> str:
    """Return a value of a status as it is stated; of an amount of work the number."""
    number = value.amount if isinstance(value, Duration) else value
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def implied_days(stated: Field, value: object) -> tuple[str, ...]:
    """Return the paths of the days that a value implies; of several the first stated counts."""
    days = stated.implies.get(in_words(value))
    if days is None and isinstance(value, int | Decimal) and value > 0:
        days = stated.implies.get(">0")
    return several(days or ())
