"""Which fields a skeleton states, and which entities must be there for it to stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.application.starters.sample_values import Surroundings, kind_called, value_of
from portfolio.loading.identities import identity
from portfolio.model.entity import Entity
from portfolio.record import Either, Field, Many, Nested, Reference, Shape, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portfolio.application.starters.sample_values import Sketch


def stated_keys(sketch: Sketch) -> Mapping[str, bool]:
    """Return the keys that a skeleton states, each with whether the record needs it.

    A record of which nothing is required or expected shows the fields with an example, or all.
    """
    record = sketch.record
    fields = [f for f in record.FIELDS.values() if f.key != sketch.inside]
    keys = {f.key: f.required for f in fields if f.required or f.expected}
    if issubclass(record, Entity):
        for group in record.ONE_OF + record.ONE_EXPECTED:
            if not any(key == sketch.inside or keys.get(key) for key in group):
                keys[_possible(group, sketch)] = True
        if record.IDENTITY and _made_id(record, keys, sketch) in sketch.around.taken:
            keys["id"] = True
    if keys:
        return keys
    short = [record.FIELDS[record.SHORTHAND]] if record.SHORTHAND else []
    return {f.key: True for f in short or [f for f in fields if f.example] or fields}


def _possible(group: tuple[str, ...], sketch: Sketch) -> str:
    """Return the first key of a group that something can be said about, else the first of all."""
    fields = sketch.record.FIELDS
    return next((key for key in group if can_name(fields[key], sketch)), group[0])


def _made_id(kind: type[Entity], keys: Mapping[str, bool], sketch: Sketch) -> str:
    """Return the id that an entity gets from what its skeleton states."""
    stated = {f.name: f for f in kind.FIELDS.values() if f.key in keys}
    parts = (name for name in kind.IDENTITY if name in stated)
    return identity(kind, {name: value_of(stated[name], sketch) for name in parts})


def can_name(stated: Field, sketch: Sketch) -> bool:
    """Tell whether there is something for each reference that a value of the field needs."""
    return not any(_missing(stated.shape, stated, sketch))


def _missing(shape: Shape, stated: Field, sketch: Sketch) -> Iterator[Field]:
    """Yield each reference that a value cannot do without and for which there is nothing yet."""
    match shape:
        case Reference() if not stated.words and not sketch.named(stated):
            yield stated
        case Many(item=item) | Table(item=item):
            yield from _missing(item, stated, sketch)
        case Either(options=options):
            yield from _missing(options[0], stated, sketch)
        case Nested(record=record):
            yield from _missing_in(replace(sketch, record=record))


def _missing_in(sketch: Sketch) -> Iterator[Field]:
    for key, must in stated_keys(sketch).items():
        if must:
            stated = sketch.record.FIELDS[key]
            yield from _missing(stated.shape, stated, sketch)


def with_needed(kind: type[Entity], around: Surroundings) -> Surroundings:
    """Return the surroundings with an entity beside for each that is needed and not there yet."""
    while missing := next(_missing_in(around.sketch(kind)), None):
        possible = [kind_called(name) for name in missing.to if name not in around.beside]
        if not possible:
            break
        needed = min(
            possible, key=lambda each: len(with_needed(each, Surroundings(around.day)).beside)
        )
        around = with_needed(needed, around)
        full_id = around.sketch(needed).full_id
        around = replace(around, beside={**around.beside, needed.KIND: full_id})
    return around
