"""The mechanism under every class that is read from a file: fields with a type, a rule, a text.

A class states its fields once; reading, checking, documentation, JSON Schema, tables and the graph
of references all follow from that statement. Annotations are evaluated, so modules that define
records do not postpone them.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal, Unpack, get_args, get_origin

from portfolio.bounds import longest_of
from portfolio.diagnostic import Location
from portfolio.place import NOWHERE, Source
from portfolio.statement import Flow, Keys, Statement, Time
from portfolio.values import READERS

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


class Ref:
    """A reference by id: as written, and in full once the loader has found its target.

    ``id`` is the full id of the target (``atlas.build``), or the text as written when nothing
    carries it.
    """

    __slots__ = ("id", "place", "written")

    def __init__(self, written: str, place: int = 0, id: str = "") -> None:  # noqa: A002
        """Keep the text as written and its packed position."""
        self.written = written
        self.place = place
        self.id = id or written

    def __eq__(self, other: object) -> bool:
        """Compare by what is referred to."""
        return isinstance(other, Ref) and self.id == other.id

    def __hash__(self) -> int:
        """Hash by what is referred to."""
        return hash(self.id)

    def __str__(self) -> str:
        """Return the full id."""
        return self.id

    def __repr__(self) -> str:
        """Return the full id, marked as a reference."""
        return f"Ref({self.id})"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value written as one text: ``read`` turns the text into it or raises ValueError."""

    name: str
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference by id to an entity of one of these kinds; no kinds means any."""

    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one shape; ``count`` is the exact length where the type fixes it."""

    item: Shape
    count: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from the user's own keys to values of one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Nested:
    """A mapping with the fields of a record class."""

    record: type[Record]


@dataclass(frozen=True, slots=True)
class Either:
    """A value of the first shape that fits its form (text, list or mapping)."""

    options: tuple[Shape, ...]


Shape = Scalar | Reference | Many | Table | Nested | Either


@dataclass(frozen=True)
class Field:
    """One field of a record, as documented, checked and read; ``Statement`` has what most mean.

    ``not_before``, ``stands_in``, ``known_from`` and the days of ``implies`` are paths of
    ``field_path``: no day is earlier than those it is ``not_before``; a recorded day that is
    missing is the one that ``stands_in``; a value that is no day belongs to the first day of
    ``known_from`` that is stated. Of a period the first day is the bound, the last what stands in
    and makes known. After the ``final`` values of a status nothing is waited for.
    """

    doc: str
    name: str = ""
    shape: Shape = Scalar("text", str)
    required: bool = False
    expected: bool = False
    default: Any = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    to: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    flow: Flow = ""
    unit: str = ""
    apart: bool = False
    adds_to: tuple[str, str] = ("", "")
    example: str = ""
    long: bool = False
    longest: int = 0
    preferred: int = 0
    time: Time = ""
    plans: bool = False
    becomes: str = ""
    ahead: int = 60
    ends: bool = False
    optional: bool = False
    not_before: tuple[str, ...] = ()
    stands_in: tuple[str, ...] = ()
    known_from: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    implies: Mapping[str, Keys] = dataclasses.field(default_factory=dict, hash=False)

    def of(self, name: str, shape: Shape, default: Any) -> Field:  # noqa: ANN401
        """Return the field as its class has it; a thousand are made whenever `pmo` starts."""
        found = object.__new__(Field)
        most = self.longest or longest_of(name)
        found.__dict__.update(self.__dict__, name=name, shape=shape, default=default, longest=most)
        return found

    @property
    def key(self) -> str:
        """Return the key in files: the attribute's name without a trailing underscore."""
        return self.name.removesuffix("_")


def field(  # noqa: PLR0913 - each is written in another way than it is kept
    doc: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    to: Keys = (),
    not_before: Keys = (),
    stands_in: Keys = (),
    known_from: Keys = (),
    final: Keys = (),
    **stated: Unpack[Statement],
) -> Any:  # noqa: ANN401
    """State one field of a record: its meaning, and what its value must satisfy."""
    return Field(
        doc=doc,
        minimum=None if minimum is None else Decimal(str(minimum)),
        maximum=None if maximum is None else Decimal(str(maximum)),
        to=several(to),
        not_before=several(not_before),
        stands_in=several(stands_in),
        known_from=several(known_from),
        final=several(final),
        **stated,
    )


def several(keys: Keys) -> tuple[str, ...]:
    """Return one or more keys as a tuple."""
    return (keys,) if isinstance(keys, str) else keys


class Record:
    """Something read from a mapping in a file; frozen, with the place each value came from.

    ``SHORTHAND`` names the field that a bare value stands for, so that a predecessor may be
    written as just its id.
    """

    FIELDS: ClassVar[Mapping[str, Field]] = {}
    DEFAULTS: ClassVar[Mapping[str, Any]] = {}
    SHORTHAND: ClassVar[str] = ""

    source: ClassVar[Source] = NOWHERE

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401
        """Collect the fields that the class states, in the order of statement."""
        super().__init_subclass__(**options)
        own: dict[str, Field] = {}
        for name, annotation in inspect.get_annotations(cls).items():
            stated = cls.__dict__.get(name)
            if isinstance(stated, Field):
                shape = shape_of(annotation, stated.to)
                empty = stated.default is None and isinstance(shape, Many)
                default = () if empty else stated.default
                own[name] = stated.of(name, shape, default)
                setattr(cls, name, default)  # a record keeps only what was written
        inherited = {f.name: f for f in cls.FIELDS.values()}
        merged = inherited | own
        cls.FIELDS = types.MappingProxyType({f.key: f for f in merged.values()})
        cls.DEFAULTS = types.MappingProxyType({f.name: f.default for f in merged.values()})

    def __init__(self, **values: Any) -> None:  # noqa: ANN401
        """Make a record from values by name; what is not given takes its default."""
        unknown = values.keys() - self.DEFAULTS.keys()
        if unknown:
            message = f"{type(self).__name__} has no field {', '.join(sorted(unknown))}"
            raise TypeError(message)
        self.__dict__.update(values)

    @classmethod
    def build(cls, values: Mapping[str, Any], source: Source) -> typing.Self:
        """Make a record from values that were read and checked, with their source."""
        record = object.__new__(cls)
        contents = record.__dict__
        contents.update(values)
        contents["source"] = source
        return record

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a record never changes."""
        message = f"{type(self).__name__} is frozen"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        """Compare class and values, not where they were written."""
        return type(self) is type(other) and self.values() == other.values()

    def __hash__(self) -> int:
        """Hash by class: nested records are compared far more often than they are hashed."""
        return hash(type(self))

    def __repr__(self) -> str:
        """Return the class and the values that differ from the defaults."""
        given = (f"{k}={v!r}" for k, v in self.values().items() if v != self.DEFAULTS[k])
        return f"{type(self).__name__}({', '.join(given)})"

    def values(self) -> dict[str, Any]:
        """Return the values by attribute name."""
        return {name: getattr(self, name) for name in self.DEFAULTS}

    def stated(self) -> dict[str, Any]:
        """Return the values that were written, by attribute name."""
        return {name: value for name, value in self.__dict__.items() if name != "source"}

    def where(self, key: str = "") -> Location:
        """Return where a field (by its key) or the record itself was written."""
        return self.source.location(key)

    def wrote(self, key: str) -> bool:
        """Tell whether the file states this field."""
        return key in self.source.fields


_SCALARS: Mapping[Any, Scalar] = {kind: Scalar(*how) for kind, how in READERS.items()}


def shape_of(annotation: Any, to: tuple[str, ...] = ()) -> Shape:  # noqa: ANN401
    """Return the shape that an annotation states; raise TypeError for one with no meaning here."""
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if annotation is Ref:
        return Reference(to)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Scalar("choice", str, choices=arguments)
    if origin in {types.UnionType, typing.Union}:
        options = tuple(shape_of(a, to) for a in arguments if a is not types.NoneType)
        return options[0] if len(options) == 1 else Either(options)
    if origin is tuple:
        item = shape_of(arguments[0], to)
        return Many(item) if arguments[-1] is Ellipsis else Many(item, count=len(arguments))
    if origin is Mapping:
        return Table(shape_of(arguments[1], to))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Nested(annotation)
    message = f"no shape for {annotation!r}"
    raise TypeError(message)
