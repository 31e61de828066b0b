"""From located nodes to records: every value read by its field's type, every mistake reported.

A reader is built once per shape and then called for each value. It returns the value, or INVALID
after adding a diagnostic; the loader goes on, so that all mistakes of a file come at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Any

from portfolio.bounds import KEY
from portfolio.loading.document import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    place_of,
    stated_tag,
)
from portfolio.loading.findings import (
    INVALID,
    Findings,
    is_null,
    pairs,
    report_value,
    tagged,
    unknown_key,
    with_article,
    wrong_form,
)
from portfolio.loading.scalars import shortest_refused, text_reader
from portfolio.place import Source
from portfolio.record import (
    Either,
    Field,
    Many,
    Nested,
    Record,
    Ref,
    Reference,
    Scalar,
    Shape,
    Table,
)
from portfolio.references import per_class

ValueReader = Callable[[Node, Findings], Any]


@cache
def reader_of(shape: Shape, stated: Field) -> ValueReader:
    """Build the reader of one shape, within the limits that a field states."""
    if isinstance(shape, Scalar):
        return _scalar_reader(shape, stated)
    if isinstance(shape, Reference):
        return _reference_reader(stated)
    if isinstance(shape, Many):
        return _list_reader(shape, stated)
    if isinstance(shape, Table):
        return _table_reader(shape, stated)
    if isinstance(shape, Nested):
        return _record_reader(shape.record, stated)
    return _either_reader(shape, stated)


def _scalar_reader(shape: Scalar, stated: Field) -> ValueReader:
    convert = text_reader(shape, stated)
    is_text = shape.read is str and not shape.choices
    enough = shortest_refused(stated) if is_text else 0  # most values are short texts

    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if not isinstance(node, ScalarNode):
            wrong_form(stated, node, f"{with_article(shape.name)}", findings)
            return INVALID
        if stated_tag(node):
            return tagged(node, findings)
        if len(node.value) < enough:
            return node.value
        try:
            return convert(node.value)
        except ValueError as error:
            report_value(stated, node.value, str(error), place_of(node), findings)
            return INVALID

    return read


def _reference_reader(stated: Field) -> ValueReader:
    what = " or ".join(stated.to) or "entity"

    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if not isinstance(node, ScalarNode):
            wrong_form(stated, node, f"the id of {with_article(what)}", findings)
            return INVALID
        if stated_tag(node):
            return tagged(node, findings)
        return Ref(node.value, place_of(node))

    return read


def _list_reader(shape: Many, stated: Field) -> ValueReader:
    read_item = reader_of(shape.item, stated)

    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if not isinstance(node, SequenceNode):
            wrong_form(stated, node, "a list", findings, hint=_list_hint(node))
            return INVALID
        items = []
        for child in node.value:
            if is_null(child):
                findings.add(
                    "FLD-TYPE",
                    f"{stated.key} has an empty item",
                    place_of(child),
                    hint="write a value, or delete the line",
                )
                continue
            value = read_item(child, findings)
            if value is not INVALID:
                items.append(value)
        if shape.count and len(node.value) != shape.count:
            findings.add(
                "FLD-TYPE",
                f"{stated.key} has {len(node.value)} values; it must have {shape.count}",
                place_of(node),
            )
        is_complete = len(items) == (shape.count or len(items))
        return tuple(items) if is_complete else INVALID

    return read


def _list_hint(node: Node) -> str:
    if isinstance(node, ScalarNode) and "\n" not in node.value:
        return f"write [{node.value}]"
    return "start each item with `- `"


def _table_reader(shape: Table, stated: Field) -> ValueReader:
    read_item = reader_of(shape.item, stated)

    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if not isinstance(node, MappingNode):
            wrong_form(stated, node, "a mapping", findings)
            return INVALID
        values = {}
        for key, child in pairs(node, findings):
            if len(key.value) > KEY:
                message = f"a key has {len(key.value):,} characters; it must have at most {KEY}"
                findings.add("FLD-RANGE", message, place_of(key))
                continue
            value = read_item(child, findings)
            if value is not INVALID:
                values[key.value] = value
        return MappingProxyType(values)

    return read


def _either_reader(shape: Either, stated: Field) -> ValueReader:
    """Choose by form first; among several texts, the first that reads."""
    scalars = tuple(o for o in shape.options if isinstance(o, Scalar | Reference))
    scalar_readers = tuple(reader_of(option, stated) for option in scalars)
    other = {
        "sequence": next(
            (reader_of(o, stated) for o in shape.options if isinstance(o, Many)), None
        ),
        "mapping": next(
            (reader_of(o, stated) for o in shape.options if isinstance(o, Nested | Table)), None
        ),
    }
    fallback = reader_of(shape.options[0], stated)

    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if not isinstance(node, ScalarNode):
            return (other[str(getattr(node, "id", ""))] or fallback)(node, findings)
        for attempt in scalar_readers[:-1]:
            trial = Findings(findings.path)
            value = attempt(node, trial)
            if not trial.found:
                return value
        return (scalar_readers[-1] if scalar_readers else fallback)(node, findings)

    return read


def _record_reader(record: type[Record], stated: Field) -> ValueReader:
    def read(node: Node, findings: Findings) -> Any:  # noqa: ANN401
        if isinstance(node, MappingNode):
            return read_record(record, node, findings)
        if record.SHORTHAND and not isinstance(node, SequenceNode):
            short = record.FIELDS[record.SHORTHAND]
            value = reader_of(short.shape, short)(node, findings)
            if value is INVALID:
                return INVALID
            place = place_of(node)
            return record.build(
                {short.name: value}, Source(findings.path, place, {short.key: place})
            )
        wrong_form(stated, node, "a mapping", findings)
        return INVALID

    return read


def read_record(record: type[Record], node: Node, findings: Findings) -> Any:  # noqa: ANN401
    """Read a mapping by the fields of a record class; INVALID when a required field is missing."""
    values, places, rest = read_fields(record, node, findings)
    for key in rest:
        unknown_key(record.FIELDS, key, findings, record.__name__)
    source = Source(findings.path, place_of(node), places)
    if not require(record, values, source, findings):
        return INVALID
    return record.build(values, source)


def read_fields(
    record: type[Record], node: Node, findings: Findings
) -> tuple[dict[str, Any], dict[str, int], dict[Node, Node]]:
    """Read the fields of a mapping: values by name, places by key, and the keys left over."""
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    rest: dict[Node, Node] = {}
    readers = readers_of(record)
    for key, child in unique_pairs(node, findings):
        text = key.value
        known = readers.get(text)
        if known is None:
            rest[key] = child
        elif not is_null(child):
            name, read = known
            places[text] = place_of(child)
            value = read(child, findings)
            if value is not INVALID:
                values[name] = value
    return values, places, rest


def unique_pairs(node: Node, findings: Findings) -> list[tuple[Node, Node]]:
    """Return a mapping's keys and values; the usual case, where nothing is wrong, is quick."""
    items: list[tuple[Node, Node]] = node.value
    keys = {key.value for key, _ in items if isinstance(key, ScalarNode)}
    if len(keys) == len(items) and "<<" not in keys and not stated_tag(node):
        return items
    return pairs(node, findings)


@per_class
def readers_of(record: type[Record]) -> dict[str, tuple[str, ValueReader]]:
    """Return, for each key of a record class, the attribute's name and its reader."""
    return {key: (f.name, reader_of(f.shape, f)) for key, f in record.FIELDS.items()}


def require(
    record: type[Record], values: dict[str, Any], source: Source, findings: Findings
) -> bool:
    """Report required fields that are missing; a value already reported is not missing."""
    complete = True
    for stated in required_fields(record):
        if stated.name in values:
            continue
        complete = False
        if stated.key not in source.fields:
            findings.add(
                "FLD-REQUIRED",
                f"{stated.key} is missing",
                source.place,
                hint=f"add `{stated.key}:` {stated.doc}",
            )
    return complete


@per_class
def required_fields(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields that a record cannot exist without."""
    return tuple(f for f in record.FIELDS.values() if f.required)


@per_class
def required_names(record: type[Record]) -> frozenset[str]:
    """Return the attributes that a record cannot exist without."""
    return frozenset(f.name for f in required_fields(record))
