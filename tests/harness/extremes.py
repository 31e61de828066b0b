"""Every field of every kind at its extremes and just beyond, as the fields themselves state it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import repeat
from random import Random

from portfolio.model.kinds import kinds
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar, Shape, Table
from portfolio.settings import Settings
from tests.hostile.attacks import ATTACKS
from tests.hostile.files import Plain, Row, example, files_of, full_id, most_said, rows, written
from tests.hostile.files import yaml_of as yaml

SETTINGS = "settings"
Step = str | int
KEY = "a key"
"""Where a place lies behind a key of the user's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value can stand: a field of a kind, or what lies inside its value."""

    kind: str
    path: tuple[Step, ...]
    field: Field
    shape: Shape

    def __str__(self) -> str:
        """Return ``activity.predecessors.0.lag``."""
        return ".".join(map(str, (self.kind, *self.path)))


@cache
def places() -> Mapping[str, Place]:
    """Return every place of every kind, and of the settings, by its name."""
    records: dict[str, type[Record]] = {**kinds(), SETTINGS: Settings}
    found = [place for kind, record in records.items() for place in _places(kind, record, ())]
    return {str(place): place for place in found}


def _places(kind: str, record: type[Record], path: tuple[Step, ...]) -> Iterator[Place]:
    for stated in record.FIELDS.values():
        yield from _within(Place(kind, (*path, stated.key), stated, stated.shape))


def _within(place: Place) -> Iterator[Place]:
    kind, path, stated = place.kind, place.path, place.field
    match place.shape:
        case Many(item=item):
            yield place
            yield from _within(Place(kind, (*path, 0), stated, item))
        case Table(item=item):
            yield place
            yield from _within(Place(kind, (*path, KEY), stated, item))
        case Nested(record=record):
            yield place
            yield from _places(kind, record, path)
        case Either(options=options):
            for option in options:
                yield from _within(Place(kind, path, stated, option))
        case _:
            yield place


# --- values -----------------------------------------------------------------------------------

LONG = 100_000
"""Characters of a text that nobody reads to its end."""
_ANYWHERE: tuple[Plain, ...] = ("", "~", "NaN", ".inf", "-1", "0", [], {}, ["a", ["b"]], {"a": "b"})
_EDGES: Mapping[str, tuple[Plain, ...]] = {
    "date": ("1900-01-01", "2200-12-31", "2024-02-29", "1899-12-31", "2201-01-01", "0001-01-01",
             "9999-12-31", "2026-02-30"),
    "date and time": ("1900-01-01 00:00", "2200-12-31 23:59:59", "1899-12-31 23:59", "2201-01-01",
                      "0001-01-01", "9999-12-31 23:59:59"),
    "day of the year": ("01-01", "12-31", "02-28", "02-29", "00-00"),
    "period": ("1900", "2200", "2200-12", "2200-Q4", "2200-W52", "1900-W01", "1899", "2201", "0001",
               "9999", "9999-12", "2026-W54"),
    "money": ("1000000000000000", "-1000000000000000", "1000000000000000 JPY", "0 GBP", "-0.01",
              "0.000000000000000001", "1000000000000001", "1e15", "0.0000000000000000001"),
    "number": ("1000000000000000", "-1000000000000000", "0.000000000000000001", "-1e-18",
               "1000000000000001", "1e999", "1e-999", "100", "1"),
    "whole number": ("1000000000000000", "-1000000000000000", "1000000000000001", "1.0", "1e3",
                     "9" * 5000, "100", "1"),
    "duration": ("0d", "36525d", "-36525d", "52596000min", "876600eh", "36525ed", "36525cd",
                 "5218w", "1200mo", "100y", "-100y", "0.000000000000000001min", "36526d", "101y",
                 "9999y"),
    "true or false": ("true", "false", "yes"),
    "text": ("x" * LONG, "word " * (LONG // 5), "a\x00b", "two\nlines\n", "\u0661", "null",
             "::x::y", "\U0001f469\u200d\U0001f680" * 50, "=1+1", "1900-01-01",
             "/", "..", "a/b", "a.b.c"),
}  # fmt: skip


def values(place: Place) -> tuple[Plain, ...]:
    """Return what a place is set to: its edges, what lies beyond them, and what it never takes."""
    return (*_edges(place), *_ANYWHERE)


@cache
def scalars() -> tuple[str, ...]:
    """Return every extreme that is one word, and every attack, as a command line can hold it."""
    edges = [each for shape in (*_EDGES.values(), _ANYWHERE, ATTACKS) for each in shape]
    return tuple(each.replace("\0", "") for each in edges if isinstance(each, str))


def _edges(place: Place) -> tuple[Plain, ...]:
    match place.shape:
        case Scalar(choices=(_, *_) as choices):
            return (*choices, "no-such-choice")
        case Scalar(name=name):
            return (*_EDGES[name], *_bounds(place.field), *place.field.words)
        case Reference(to=to):
            others = (most_said(kind) for kind in to or ("project", "person"))
            itself = full_id(kinds().get(place.kind, kinds()["person"]))
            return (*others, itself, "no-such-id", "a.b.c")
        case Table():
            return tuple({key: "1"} for key in _KEYS)
    return ()


def _bounds(stated: Field) -> Iterator[str]:
    """Yield the least and the greatest that a field allows, and what lies just beyond."""
    step = 1
    for bound, beyond in ((stated.minimum, -step), (stated.maximum, step)):
        if bound is not None:
            yield from (str(bound), str(bound + beyond))


@cache
def _allowed(place: Place) -> tuple[Plain, ...]:
    """Return the values of a place that can be read, and are within what its field allows."""
    shape, stated = place.shape, place.field
    if not isinstance(shape, Scalar):
        return _edges(place)[: len(stated.to)]
    read = []
    for text in _edges(place):
        with suppress(ValueError):
            value = shape.read(str(text))
            low, high = stated.minimum, stated.maximum
            is_number = isinstance(value, int | Decimal)
            if not is_number or (low or value) <= value <= (high or value):
                read.append(text)
    return tuple(read if not shape.choices else shape.choices)


_KEYS = ("2026-Q3", "PRMG", "9999", "no such key", "", "x" * 3000, *ATTACKS[::5])


def placed(row: Row, path: tuple[Step, ...], value: Plain) -> Row:
    """Return a row with a value at a place, whatever it takes to have the place."""
    found = deepcopy(row)
    _put(found, path, value)
    return found


def _put(at: Plain, path: tuple[Step, ...], value: Plain) -> None:
    step, *rest = path
    following: Plain = ([] if rest[0] == 0 else {}) if rest else value
    if isinstance(at, list):
        at[:1] = [_following(at[0], following, rest) if at else following]
        inner = at[0]
    else:
        assert isinstance(at, dict)
        key = next(iter(at), "2026-Q3") if step == KEY else str(step)
        at[key] = inner = _following(at.get(key), following, rest)
    if rest:
        _put(inner, tuple(rest), value)


def _following(there: Plain | None, wanted: Plain, rest: list[Step]) -> Plain:
    """Return what is there if the rest of a path leads through it, else what is wanted."""
    return there if rest and type(there) is type(wanted) and there is not None else wanted


# --- portfolios -------------------------------------------------------------------------------


@cache
def _rows() -> Mapping[str, list[Row]]:
    """Return the example, and one of each kind with every field, all in plain words."""
    return {**rows(iter(()), repeat("words")), SETTINGS: [written(example().settings, iter(()))]}


def plural_of(kind: str) -> str:
    """Return the key under which a kind's rows stand."""
    return SETTINGS if kind == SETTINGS else kinds()[kind].PLURAL


def files(changed: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """Return the files of the rows, some of which were changed."""
    listed = {plural: rows for plural, rows in changed.items() if plural != SETTINGS}
    (settings,) = changed.get(SETTINGS, _rows()[SETTINGS])
    return {"pmo.yaml": yaml(settings), **_unchanged(), **files_of(listed)}


@cache
def _unchanged() -> Mapping[str, bytes]:
    return files_of({plural: rows for plural, rows in _rows().items() if plural != SETTINGS})


def one(name: str, number: int) -> dict[str, bytes]:
    """Return a portfolio in which one place has one of its values.

    It has it in the entity that others name most, and in the one that states every field.
    """
    place = places()[name]
    value = values(place)[number]
    plural = plural_of(place.kind)
    at = {most_said(place.kind), full_id(kinds()[place.kind])} if place.kind != SETTINGS else {None}
    changed = [
        placed(row, place.path, value) if row.get("id") in at else row for row in _rows()[plural]
    ]
    return files({plural: changed})


def packed(seed: int) -> dict[str, bytes]:
    """Return a portfolio in which many places of many entities have one of their values.

    In most of them these are within the limits, so that much is computed with them.
    """
    random = Random(seed)
    by_kind: dict[str, list[Place]] = {}
    for place in places().values():
        by_kind.setdefault(place.kind, []).append(place)
    share, of = random.choice((0.02, 0.1, 0.4)), random.choice((values, _allowed, _allowed))
    changed = {}
    for kind, there in by_kind.items():
        plural = plural_of(kind)
        changed[plural] = [
            _stirred(row, there, of, random) if random.random() < share else row
            for row in _rows()[plural]
        ]
    return files(changed)


def _stirred(
    row: Row, there: list[Place], of: Callable[[Place], Sequence[Plain]], random: Random
) -> Row:
    for place in random.choices(there, k=random.choice((1, 1, 2, 4))):
        if place.path != ("id",) and (possible := of(place)):
            row = placed(row, place.path, random.choice(possible))
    return row
