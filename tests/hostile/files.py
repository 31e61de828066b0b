"""A portfolio as files, in which every text that a user can write would like to run.

The example's words are replaced, and every kind is added once with all of its fields, as the
registry of kinds states them: a new kind or field is hostile without anybody adding it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from portfolio.loading.loader import load
from portfolio.model.entity import Entity
from portfolio.model.kinds import kinds
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
from portfolio.view.view import View
from tests.hostile.attacks import attack
from tests.portfolios import DAY, view_in

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "meridian"
Plain = str | list["Plain"] | dict[str, "Plain"]
"""What a file holds: texts, lists and mappings."""
Row = dict[str, Plain]
MEANT = {"id", "calendar", "currency", "unit"}
"""Texts that name something in the settings, or that a measure is converted by."""
_SAMPLES = {
    "whole number": "1",
    "number": "1",
    "true or false": "false",
    "date": "2026-03-31",
    "date and time": "2026-03-31 10:00",
    "day of the year": "04-01",
    "money": "1000 GBP",
    "duration": "10d",
    "period": "2026-03",
}


@cache
def example() -> View:
    """Return the example as it is."""
    loaded = load(EXAMPLE, today=DAY)
    assert loaded.portfolio is not None
    return view_in(loaded)


@cache
def hostile_files(turn: int = 0) -> Mapping[str, bytes]:
    """Return the files of the hostile portfolio by path; each ``turn`` deals the attacks anew."""
    words = map(attack, count(turn))
    files = files_of(rows(words, words))
    return {"pmo.yaml": yaml_of(_settings(words)), **files}


def rows(words: Iterator[str], for_full: Iterator[str]) -> dict[str, list[Row]]:
    """Return the example's entities by the plural of their kind, and one of each with all fields.

    ``words`` take the place of the example's while there are any.
    """
    listed: dict[str, list[Row]] = {}
    for entity in example().entities.values():
        listed.setdefault(entity.PLURAL, []).append(written(entity, words))
    for kind in kinds().values():
        listed.setdefault(kind.PLURAL, []).append(_complete(kind, full_id(kind), for_full))
    return listed


def files_of(listed: Mapping[str, Iterable[Row]]) -> dict[str, bytes]:
    """Return one file of each kind."""
    return {f"{plural}.yaml": yaml_of({plural: [*rows]}) for plural, rows in listed.items()}


def full_id(kind: type[Entity]) -> str:
    """Return the id of the one of a kind that states every field."""
    return f"full-{kind.KIND.replace('_', '-')}"


def _settings(words: Iterator[str]) -> Row:
    """Return the example's settings; most of their words are names, a few are anybody's."""
    settings = written(example().settings, iter(()))
    assert isinstance(settings["organisation"], dict)
    settings["organisation"]["name"] = attack(0)
    settings["rules"] = {
        "own": [
            {
                "code": "OWN-HOSTILE",
                "kind": "project",
                "when": "bac >= 0",
                "message": next(words),
                "hint": next(words),
            }
        ]
    }
    settings["waivers"] = [
        {
            "rule": "RSK-STALE",
            "object": most_said("project"),
            "reason": next(words),
            "approved_by": next(words),
            "until": "2027-01-31",
        }
    ]
    return settings


@cache
def most_said(kind: str) -> str:
    """Return the entity of a kind that most others name, so that reports have most to show of it.

    It is one of the example, or where that has none the one that is added.
    """
    said = {each.id: 0 for each in example().all(kinds()[kind])}
    for entity in example().entities.values():
        for value in entity.stated().values():
            if isinstance(value, Ref) and value.id in said:
                said[value.id] += 1
    return max(said, key=lambda id_: said[id_], default=full_id(kinds()[kind]))


# --- the example, its words replaced ----------------------------------------------------------


def written(record: Record, words: Iterator[str]) -> Row:
    """Return what was written of a record, other words instead of its own while there are any."""
    found: Row = {}
    for stated in record.FIELDS.values():
        value = record.stated().get(stated.name)
        is_made = stated.name == "id" and "/" in str(value)  # of other fields, as in long tables
        if value is not None and value != () and not is_made:
            found[stated.key] = _instead(value, stated, stated.shape, words)
    return found


def _instead(value: Any, stated: Field, shape: Shape, words: Iterator[str]) -> Plain:  # noqa: ANN401
    if isinstance(value, Record):
        return written(value, words)
    if isinstance(value, tuple):
        item = shape.item if isinstance(shape, Many) else shape
        return [_instead(each, stated, item, words) for each in value]
    if isinstance(value, Mapping):
        item = shape.item if isinstance(shape, Table) else shape
        return {str(key): _instead(each, stated, item, words) for key, each in value.items()}
    if isinstance(value, str) and _is_words(stated, shape):
        return next(words, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _is_words(stated: Field, shape: Shape) -> bool:
    """Tell whether a field takes any words at all."""
    if isinstance(shape, Either):
        return any(_is_words(stated, each) for each in shape.options)
    if isinstance(shape, Many | Table):
        return _is_words(stated, shape.item)
    is_text = isinstance(shape, Scalar) and shape.name == "text"
    return is_text and stated.name not in MEANT and not stated.words


# --- every kind with every field --------------------------------------------------------------


def _complete(kind: type[Entity], id_: str, words: Iterator[str]) -> dict[str, Plain]:
    filled = _filled(kind, words)
    return {"id": id_, **{key: value for key, value in filled.items() if key != "id"}}


def _filled(record: type[Record], words: Iterator[str]) -> dict[str, Plain]:
    """Return a value for every field of a record; only references to nothing are left out."""
    values = {stated.key: _value(stated, stated.shape, words) for stated in record.FIELDS.values()}
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _value(stated: Field, shape: Shape, words: Iterator[str]) -> Plain:
    match shape:
        case Scalar():
            return _scalar(stated, shape, words)
        case Reference(to=to):
            return most_said(to[0] if to else "project")
        case Many(item=item, count=wanted):
            items = [_value(stated, item, words) for _ in range(wanted or 1)]
            return [each for each in items if each]
        case Table(item=item):
            value = _value(stated, item, words)
            return {next(words): value} if stated.name not in _KEYS else {}
        case Nested(record=record):
            return _filled(record, words)
        case Either(options=options):
            return _value(stated, options[0], words)


_KEYS = {"capacity", "cost_by_period", "scores"}
"""Tables whose keys name something: skills, periods, criteria."""


def _scalar(stated: Field, shape: Scalar, words: Iterator[str]) -> str:
    if shape.choices:
        return shape.choices[0]
    if shape.name != "text":
        lowest = stated.minimum
        is_bounded = lowest is not None and "number" in shape.name
        return str(lowest) if is_bounded else _SAMPLES[shape.name]
    if stated.words:
        return stated.words[0]
    if stated.name in MEANT:
        return {"currency": "GBP", "unit": "%", "id": "item"}.get(stated.name, "")
    return next(words)


# --- writing ----------------------------------------------------------------------------------


def yaml_of(value: Plain, indent: str = "") -> bytes:
    """Write texts, lists and mappings as YAML, every text as an escape that any reader knows."""
    return "".join(f"{line}\n" for line in _lines(value, indent)).encode()


def _lines(value: Plain, indent: str) -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(f"{indent}{quoted(key)}:", inner, indent)
    elif isinstance(value, list):
        for inner in value:
            yield from _entry(f"{indent}-", inner, indent)


def _entry(head: str, inner: Plain, indent: str) -> Iterable[str]:
    if isinstance(inner, str):
        yield f"{head} {quoted(inner)}"
    else:
        yield head
        yield from _lines(inner, f"{indent}  ")


def quoted(text: str) -> str:
    """Return a text in double quotes, everything but plain characters escaped."""
    kept = (
        letter
        if letter.isascii() and letter.isprintable() and letter not in '"\\'
        else f"\\U{ord(letter):08x}"
        for letter in text
    )
    return f'"{"".join(kept)}"'
