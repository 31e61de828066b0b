"""A commented skeleton of one entity, as `pmo new` writes it, with what it cannot stand without."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.application.starters.needed_entities import can_name, stated_keys, with_needed
from portfolio.application.starters.sample_values import kind_called, rest_of, value_of
from portfolio.field_description import bounds_in_words, inner_record
from portfolio.record import Field, Many, Reference, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.application.starters.sample_values import Sketch, Surroundings
    from portfolio.model.entity import Entity
    from portfolio.record import Record

WIDTH = 100
_WIDEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of YAML and what it means."""

    code: str
    note: str = ""


def skeleton(kind: type[Entity], around: Surroundings, *, full: bool = False) -> Iterator[str]:
    """Yield the lines of a skeleton: fields that are needed, the others as comments.

    What it must name, and nothing is yet, follows as a skeleton of its own. ``full`` shows the
    optional fields of the kind too.
    """
    around = with_needed(kind, around)
    yield from _entity(kind, around.sketch(kind, asked=True), full=full)
    if not full:
        yield "  # `--all` lists the optional fields too."
    for name in reversed(tuple(around.beside)):
        needed = kind_called(name)
        yield ""
        yield f"# There is no {name.replace('_', ' ')} yet to be named above: this is one."
        yield from _entity(needed, around.sketch(needed), full=False)


def _entity(kind: type[Entity], sketch: Sketch, *, full: bool) -> Iterator[str]:
    yield from _comment(_sentence(kind))
    yield f"# `pmo explain {kind.KIND}` describes every field."
    yield f"{kind.KIND}:"
    lines = _record(sketch, full=full)
    for name in kind.BEGINS_WITH:
        first = kind_called(name)
        inner = replace(sketch, record=first, inside=kind.KIND)
        lines += _nested(first.PLURAL, _sentence(first), _as_item(_record(inner, full=False)))
    yield from _aligned(_before("  ", lines))


def _sentence(record: type[Record]) -> str:
    return " ".join((record.__doc__ or "").split())


def _record(sketch: Sketch, *, full: bool, comments: bool = True) -> list[Line]:
    """Return the lines of a record's fields; those it does without are comments.

    Inside a comment there are none: what it needs stands there, named or not.
    """
    keys = stated_keys(sketch)
    lines: list[Line] = []
    for key, stated in sketch.record.FIELDS.items():
        must = keys.get(key, False) and not comments
        if must or (key in keys and can_name(stated, sketch)):
            lines += _field(stated, sketch, full=full, comments=comments)
        elif comments and (full or key in keys):
            lines += _before("# ", _field(stated, sketch, full=False, comments=False))
    return lines


def _field(stated: Field, sketch: Sketch, *, full: bool, comments: bool) -> list[Line]:
    """Return a field's lines: one, or one and those of the record that it holds."""
    value, inner = value_of(stated, sketch), inner_record(stated.shape)
    note = _note(stated, sketch, value or "")
    if value is not None or inner is None:
        return [Line(f"{stated.key}: {value}", note)]
    within = replace(sketch, record=inner, rest=rest_of(stated, sketch))
    lines = _record(within, full=full, comments=comments)
    return _nested(stated.key, note, _as_item(lines) if isinstance(stated.shape, Many) else lines)


def _nested(key: str, note: str, lines: Sequence[Line]) -> list[Line]:
    return [Line(f"{key}:", note), *_before("  ", lines)]


def _as_item(lines: list[Line]) -> list[Line]:
    """Make lines an item of a list; it begins with one that is no comment."""
    first, *others = sorted(lines, key=lambda line: line.code.startswith("#"))
    return [*_before("- ", [first]), *_before("  ", others)]


def _before(margin: str, lines: Sequence[Line]) -> list[Line]:
    return [Line(margin + line.code, line.note) for line in lines]


def _note(stated: Field, sketch: Sketch, value: str) -> str:
    """Return what a field means, what it takes, and what to do with the value shown."""
    shape = stated.shape.item if isinstance(stated.shape, Many) else stated.shape
    parts = [stated.doc, *bounds_in_words(stated)]
    if isinstance(shape, Scalar) and shape.choices:
        parts[0] = f"{parts[0].removesuffix('.')}: {', '.join(shape.choices)}"
    elif isinstance(shape, Reference):
        parts.insert(0, _about_reference(stated, sketch, value.strip("[]")))
    return " ".join(filter(None, parts))


def _about_reference(stated: Field, sketch: Sketch, value: str) -> str:
    if value in stated.words:
        return ""
    if value in sketch.around.beside.values():
        return "below:"
    if can_name(stated, sketch):
        return "choose:"
    return f"none yet, `pmo new {stated.to[0].replace('_', '-')}`:" if stated.to else ""


def _aligned(lines: Sequence[Line]) -> Iterator[str]:
    """Write the notes beside the lines, in one column; below a line that reaches into it."""
    column = 2 + max(len(line.code) for line in lines if len(line.code) <= _WIDEST_CODE)
    for line in lines:
        notes = _comment(line.note, " " * column)
        if notes and len(line.code) <= column - 2:
            yield line.code.ljust(column) + notes[0].lstrip()
            yield from notes[1:]
        elif notes and len(line.code) + len(line.note) + len("  # ") <= WIDTH:
            yield f"{line.code}  # {line.note}"
        else:
            yield line.code
            yield from notes


def _comment(words: str, margin: str = "") -> list[str]:
    start = f"{margin}# "
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )
