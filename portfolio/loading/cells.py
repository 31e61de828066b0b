"""From the text of a cell to a value: a reader for each column, made once for a whole table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from portfolio.loading.findings import INVALID, Findings, report_value
from portfolio.loading.scalars import text_reader
from portfolio.place import Source
from portfolio.record import Field, Many, Nested, Record, Ref, Reference, Scalar

CellReader = Callable[[str, int, Findings], Any]
"""Reads a text at a packed position; returns INVALID after adding a diagnostic."""

_REMEMBERED = 4096
"""How many different texts of a column are read only once: a long table repeats itself."""


def cell_reader(stated: Field) -> CellReader:
    """Return the reader of a column by its field's shape.

    References in a list are separated by spaces, other values by semicolons; a predecessor may be
    written `build:SS+2d`.
    """
    shape = stated.shape
    if isinstance(shape, Many):
        return _list_reader(stated, shape)
    if isinstance(shape, Reference):
        return _read_reference
    if isinstance(shape, Nested) and shape.record.SHORTHAND:
        return _short_reader(shape.record)
    if isinstance(shape, Scalar):
        return _scalar_reader(stated, shape)
    return _unreadable(stated)


def _read_reference(text: str, place: int, findings: Findings) -> Ref:  # noqa: ARG001
    return Ref(text, place)


def _scalar_reader(stated: Field, shape: Scalar) -> CellReader:
    convert = text_reader(shape, stated)
    known: dict[str, Any] = {}

    def read(text: str, place: int, findings: Findings) -> Any:  # noqa: ANN401
        if text in known:
            return known[text]
        try:
            value = convert(text)
        except ValueError as error:
            report_value(stated, text, f"{error}; other forms: `pmo import csv`", place, findings)
            return INVALID
        if len(known) < _REMEMBERED:
            known[text] = value
        return value

    return read


def _list_reader(stated: Field, shape: Many) -> CellReader:
    item = shape.item
    read_item = cell_reader(replace(stated, shape=item))
    if isinstance(item, Nested) and item.record.SHORTHAND:
        short = item.record.FIELDS[item.record.SHORTHAND]
        if isinstance(short.shape, Reference):
            return _references_reader(item.record, short, read_item)
    refers = isinstance(item, Reference | Nested)

    def read(text: str, place: int, findings: Findings) -> tuple[Any, ...]:
        parts = text.split() if refers else [part.strip() for part in text.split(";")]
        values = [read_item(part, place, findings) for part in parts if part]
        return tuple([value for value in values if value is not INVALID])

    return read


def _references_reader(record: type[Record], short: Field, read_item: CellReader) -> CellReader:
    """Return the reader of a list of shorthands that refer, such as predecessors.

    By far the commonest is just what each waits for; they share the place of their cell.
    """

    def read(text: str, place: int, findings: Findings) -> tuple[Any, ...]:
        if ":" in text:
            values = [read_item(part, place, findings) for part in text.split()]
            return tuple([value for value in values if value is not INVALID])
        source = Source(findings.path, place, {short.key: place})
        return tuple(
            [record.build({short.name: Ref(part, place)}, source) for part in text.split()]
        )

    return read


def _short_reader(record: type[Record]) -> CellReader:
    """Return the reader of a shorthand, with `:TYPE` and `+LAG` behind it where it has them."""
    keys = (record.SHORTHAND, "type", "lag")
    has_logic = keys[1] in record.FIELDS and keys[2] in record.FIELDS
    readers = {key: cell_reader(record.FIELDS[key]) for key in keys if key in record.FIELDS}

    def read(text: str, place: int, findings: Findings) -> Any:  # noqa: ANN401
        short, _, rest = text.partition(":")
        texts = {record.SHORTHAND: short}
        if rest and has_logic:
            texts |= _logic(rest)
        values = {}
        for key, part in texts.items():
            value = readers[key](part, place, findings)
            if value is INVALID:
                return INVALID
            values[record.FIELDS[key].name] = value
        return record.build(values, Source(findings.path, place, dict.fromkeys(texts, place)))

    return read


def _logic(rest: str) -> dict[str, str]:
    """Split `SS+2d` into the type of a link and its lag."""
    sign = next((each for each in "+-" if each in rest), "")
    link, _, lag = rest.partition(sign) if sign else (rest, "", "")
    return {"type": link or "FS"} | ({"lag": f"{sign.strip('+')}{lag}"} if lag else {})


def _unreadable(stated: Field) -> CellReader:
    def read(text: str, place: int, findings: Findings) -> Any:  # noqa: ANN401, ARG001
        findings.add(
            "CSV-FIELD",
            f"{stated.key} cannot be written in a table",
            place,
            hint="write this entity in YAML",
        )
        return INVALID

    return read
