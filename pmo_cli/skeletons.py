"""A commented skeleton of one entity, as `pmo new` writes it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from portfolio.description import inner_record, shape_in_words
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portfolio.model.entity import Entity

_PLACEHOLDERS = {
    "whole number": "1",
    "number": "1",
    "true or false": "false",
    "money": "10000",
    "duration": "10d",
    "text": "…",
}


def skeleton(kind: type[Entity], day: date, *, full: bool = False) -> Iterator[str]:
    """Yield the lines of a skeleton: fields that are needed, the others as comments.

    Values in capitals are to be replaced; ``day`` fills the dates.
    """
    yield f"# {' '.join((kind.__doc__ or '').split())}"
    yield f"# `pmo explain {kind.KIND}` describes every field."
    yield f"{kind.KIND}:"
    for field in kind.FIELDS.values():
        wanted = field.required or field.expected
        if wanted or full:
            yield from _commented(field, "  ", day, active=wanted)
    if not full:
        yield "  # `--all` lists the optional fields too."


def _commented(field: Field, indent: str, day: date, *, active: bool) -> Iterator[str]:
    """Yield a field with its meaning; the optional ones as comments to be switched on."""
    yield from textwrap.wrap(
        field.doc, 92, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# "
    )
    before = indent if active else f"{indent}# "
    yield f"{before}{field.key}: {_value(field, day)}"


def _value(field: Field, day: date) -> str:
    """Return a value of the field's shape that shows how it is written."""
    shape = field.shape
    if field.example and not isinstance(shape, Table | Many):
        return field.example
    match shape:
        case Scalar():
            return _scalar(field, shape, day)
        case Reference(to=to):
            return f"some-{to[0].replace('_', '-') if to else 'id'}"
        case Many(item=item):
            return f"[{_value(_as_item(field, item), day).partition('  #')[0]}]"
        case Nested(record=record):
            return _flow(record, day)
        case Either(options=options):
            return _value(_as_item(field, options[0]), day)
    inner = inner_record(shape)
    return f"{{}}  # {shape_in_words(shape)}" if inner is None else "{}"


def _scalar(field: Field, shape: Scalar, day: date) -> str:
    """Return a single value: the default where there is one, else an example of the type."""
    if shape.choices:
        return f"{field.default or shape.choices[0]}  # {' | '.join(shape.choices)}"
    if field.key == "id":
        return "change-me"
    if field.default not in {None, False}:
        return str(field.default)
    dates = {
        "date": day.isoformat(),
        "date and time": f"{day.isoformat()} 09:00",
        "period": f"{day:%Y-%m}",
    }
    return dates.get(shape.name) or _number(field, shape.name)


def _number(field: Field, name: str) -> str:
    if field.minimum is not None and name in {"whole number", "number"}:
        return str(field.minimum)
    return _PLACEHOLDERS.get(name, "…")


def _as_item(field: Field, shape: object) -> Field:
    from dataclasses import replace

    return replace(field, shape=shape, default=None, example="")  # type: ignore[arg-type]


def _flow(record: type[Record], day: date) -> str:
    fields = [f for f in record.FIELDS.values() if f.required or f.expected]
    shown = fields or list(record.FIELDS.values())[:2]
    return "{" + ", ".join(f"{f.key}: {_value(f, day).partition('  #')[0]}" for f in shown) + "}"
