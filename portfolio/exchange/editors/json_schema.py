"""The model as JSON Schema, from which editors complete, explain and underline.

Draft 7, the version that the YAML language server validates with; one definition a kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from portfolio.field_description import shape_in_words
from portfolio.loading.entities import nestable_names
from portfolio.model.kinds import kind_named, kinds
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar, Shape, Table
from portfolio.settings import Settings

if TYPE_CHECKING:
    from portfolio.model.entity import Entity

JsonSchema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT: JsonSchema = {"type": ["string", "number", "boolean"]}
_LIMITS = {
    "text": ("maxLength",),
    "number": ("minimum", "maximum"),
    "whole number": ("minimum", "maximum"),
}
_SCALARS: dict[str, JsonSchema] = {
    "text": _TEXT,
    "whole number": {"type": "integer"},
    "number": {"type": "number"},
    "true or false": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date and time": {"type": "string"},
    "day of the year": {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"},
    "money": {
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?( [A-Z]{3})?$"},
        ]
    },
    "duration": {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?(min|ed|eh|cd|mo|[hdwy])$"},
    "period": {
        "anyOf": [
            {"type": "string", "pattern": r"^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-W[0-9]{2})?$"},
            {"type": "integer"},
        ]
    },
}


def portfolio_schema() -> JsonSchema:
    """Return the schema of a portfolio's files: a mapping from kinds to entities."""
    names = {
        name: _group(kind)
        for kind in kinds().values()
        for name in (kind.KIND, kind.PLURAL, *kind.ALIASES, *(f"{a}s" for a in kind.ALIASES))
    }
    return {
        "$schema": DRAFT,
        "title": "A portfolio for pmo",
        "type": "object",
        "properties": names,
        "additionalProperties": False,
        "definitions": {kind.KIND: _entity(kind) for kind in kinds().values()},
    }


def settings_schema() -> JsonSchema:
    """Return the schema of `pmo.yaml`."""
    return {"$schema": DRAFT, **_record(Settings), "title": "pmo.yaml"}


def _group(kind: type[Entity]) -> JsonSchema:
    """Return what may stand under a kind's name: one entity, a list of them, or nothing yet."""
    one = {"$ref": f"#/definitions/{kind.KIND}"}
    return {
        "title": kind.KIND,
        "description": _sentence(kind),
        "anyOf": [one, {"type": "array", "items": one}, {"type": "null"}],
    }


def _entity(kind: type[Entity]) -> JsonSchema:
    """Return the schema of one entity: its fields, and the kinds that may be written inside it."""
    schema = {**_record(kind), "title": kind.KIND}
    for plural in nestable_names(kind):
        child = kind_named(plural)
        if child is not None:
            for name in (child.KIND, child.PLURAL, *child.ALIASES):
                schema["properties"].setdefault(name, _group(child))
    # Inside its owner an entity need not name it, and an id may follow from other fields.
    optional = {kind.OWNER} | ({"id"} if kind.IDENTITY else set())
    schema["required"] = [key for key in schema.get("required", []) if key not in optional]
    return schema


def _record(record: type[Record]) -> JsonSchema:
    fields = record.FIELDS.values()
    return {
        "type": "object",
        # What editors offer to fill in as a whole; the name of a class is all that it has.
        "title": re.sub("(?<=[a-z])(?=[A-Z])", " ", record.__name__).lower(),
        "description": _sentence(record),
        "properties": {field.key: _field(field) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }


def _sentence(record: type[Record]) -> str:
    return " ".join((record.__doc__ or "").split())


def _field(field: Field) -> JsonSchema:
    """Return the schema of a field: its shape, sentence, limits, default and example.

    Editors show the title above the description; an example they offer as a value, so that one of
    a list or a mapping, which is YAML and no value, goes into the description.
    """
    limits = {
        word: float(bound)
        for word, bound in (("minimum", field.minimum), ("maximum", field.maximum))
        if bound is not None
    } | {"maxLength": field.longest}
    schema: JsonSchema = {
        "title": _title(field),
        "description": field.doc,
        **_shape(field.shape, limits),
    }
    if isinstance(field.default, bool | int | str):
        schema["default"] = field.default
    if field.example and isinstance(field.shape, Scalar | Reference):
        schema["examples"] = [field.example]
    elif field.example:
        schema["description"] += f" For example `{field.key}: {field.example}`."
    return schema


def _title(field: Field) -> str:
    """Return what a field is called, what it takes, and whether it must be there."""
    choices = isinstance(field.shape, Scalar) and field.shape.choices
    need = "required" if field.required else "expected" if field.expected else ""
    takes = "choice" if choices else shape_in_words(field.shape)
    return f"{field.key} ({', '.join(filter(None, (takes, need)))})"


def _shape(shape: Shape, limits: JsonSchema) -> JsonSchema:
    match shape:
        case Scalar(choices=choices) if choices:
            return {"enum": list(choices)}
        case Scalar(name=name):
            words = _LIMITS.get(name, ())
            return {**_SCALARS[name], **{word: limits[word] for word in words if word in limits}}
        case Reference():
            return _TEXT
        case Many(item=item, count=count):
            size = {"minItems": count, "maxItems": count} if count else {}
            return {"type": "array", "items": _shape(item, limits), **size}
        case Table(item=item):
            return {"type": "object", "additionalProperties": _shape(item, limits)}
        case Either(options=options):
            return {"anyOf": [_shape(option, limits) for option in options]}
        case Nested(record=record):
            return _nested(record)


def _nested(record: type[Record]) -> JsonSchema:
    """Return the schema of a nested record, with the single value that may stand for it."""
    schema = _record(record)
    if not record.SHORTHAND:
        return schema
    short = record.FIELDS[record.SHORTHAND]
    return {"anyOf": [_field(short), schema]}
