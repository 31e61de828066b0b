"""Fields in words: what `pmo explain`, the reference pages and skeletons say about them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.bounds import TEXT
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar, Shape, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_TIMES = {"planned": ", planned", "happened": ", a fact", "recorded": ", of the record"}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field in words; ``need`` is required, expected or empty."""

    key: str
    type: str
    need: str
    meaning: str


def field_lines(record: type[Record]) -> Iterator[FieldLine]:
    """Yield a line for each field, those of nested records below their own with dotted keys."""
    yield from _lines(record, "", record.DEFAULTS, ())


def _lines(
    record: type[Record],
    prefix: str,
    defaults: Mapping[str, object],
    above: tuple[type[Record], ...],
) -> Iterator[FieldLine]:
    for field in record.FIELDS.values():
        key, default = f"{prefix}{field.key}", defaults.get(field.name)
        need = "" if isinstance(default, Decimal) else _need(field)
        yield FieldLine(key, _type(field), need, _meaning(field, default))
        inner = inner_record(field.shape)
        if inner is not None and inner not in above:
            stated = default.values() if isinstance(default, Record) else inner.DEFAULTS
            yield from _lines(inner, f"{key}.", stated, (*above, inner))


def _type(field: Field) -> str:
    """Return what a value is, and of a day what it tells: `date, planned`."""
    time = _TIMES.get(field.time, "") if is_dated(field) else ""
    return f"{shape_in_words(field.shape)}{time}"


def _need(field: Field) -> str:
    if field.required:
        return "required"
    return "expected" if field.expected else ""


def _meaning(field: Field, default: object) -> str:
    """Return the field's sentence, its bounds, its default where it is one value."""
    parts = [field.doc, *bounds_in_words(field)]
    if field.longest != TEXT and holds_text(field.shape):
        parts.append(f"At most {field.longest:,} characters.")
    if default is not None and default != () and not isinstance(default, Record):
        parts.append(f"Default `{_default(default)}`.")
    if field.example:
        parts.append(f"Example `{field.example}`.")
    return " ".join(parts)


def bounds_in_words(field: Field) -> tuple[str, ...]:
    """Return the sentence about the least and the most that a field takes, if it has bounds."""
    bounds = [
        f"at {word} {bound:,}{f' {field.unit}' if field.unit else ''}"
        for word, bound in (("least", field.minimum), ("most", field.maximum))
        if bound is not None
    ]
    return (f"{' and '.join(bounds).capitalize()}.",) if bounds else ()


def holds_text(shape: Shape) -> bool:
    """Tell whether a field takes texts of somebody's own."""
    match shape:
        case Scalar():
            return shape.read is str and not shape.choices
        case Many(item=item) | Table(item=item):
            return holds_text(item)
        case Either(options=options):
            return any(map(holds_text, options))
    return False


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def shape_in_words(shape: Shape) -> str:
    """Return a shape in words: `list of → person`."""
    match shape:
        case Scalar(choices=choices) if choices:
            return " · ".join(f"`{choice}`" for choice in choices)
        case Scalar(name=name):
            return name
        case Reference(to=to):
            return f"→ {' or '.join(to) if to else 'any'}"
        case Many(item=item):
            return f"list of {shape_in_words(item)}"
        case Table(item=item):
            return f"mapping of {shape_in_words(item)}"
        case Either(options=options):
            return " or ".join(map(shape_in_words, options))
        case Nested():
            return "fields"


def is_dated(field: Field) -> bool:
    """Tell whether a field holds days, points in time or periods."""
    shape = field.shape.item if isinstance(field.shape, Many) else field.shape
    return isinstance(shape, Scalar) and shape.name in {"date", "date and time", "period"}


def inner_record(shape: Shape) -> type[Record] | None:
    """Return the record whose fields a value of this shape has, however it is wrapped."""
    match shape:
        case Nested(record=record):
            return record
        case Many(item=item) | Table(item=item):
            return inner_record(item)
        case Either(options=options):
            return next(filter(None, map(inner_record, options)), None)
    return None
