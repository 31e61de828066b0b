"""Which values a skeleton shows: ids that exist, days that fit the day, examples of the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from portfolio.application.starters.sample_days import day_text
from portfolio.exchange.drafts.yaml_text import scalar
from portfolio.measure.statistics import grouped
from portfolio.model.entity import Entity
from portfolio.model.index import per_portfolio
from portfolio.model.kinds import kinds
from portfolio.model.resources import Person
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
from portfolio.references import can_refer, reference_fields
from portfolio.values import Money
from portfolio.view.lifecycle import is_live
from portfolio.view.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


PLACEHOLDER_ID = "change-me"
_PLACEHOLDERS = {
    "text": "…",
    "true or false": "false",
    "money": "1000",
    "duration": "10d",
    "day of the year": "04-01",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a skeleton is written into: the day, and the portfolio where there is one.

    ``portfolio`` holds what may be named; ``taken`` are the ids that something has, seen or not;
    ``beside`` are the ids of what is printed in the same text, by kind.
    """

    day: date
    portfolio: View | None = None
    taken: Collection[str] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    def sketch(self, kind: type[Entity], *, asked: bool = False) -> Sketch:
        """Return where an entity of a kind stands: inside its owner, under an id that is free."""
        owner = self._named_by(kind, kind.OWNER)
        stem = PLACEHOLDER_ID if asked else placeholder_id(kind.KIND)
        prefix = f"{owner}." if owner else ""
        free = _numbered(kind.FIELDS["id"].example or stem)
        local = next(id_ for id_ in free if prefix + id_ not in self.taken)
        return Sketch(self, kind, local, prefix + local, owner or self._named_by(kind, "project"))

    def _named_by(self, kind: type[Entity], key: str) -> str:
        """Return what the field of a key names, an empty text where the kind has no such field."""
        stated = kind.FIELDS.get(key)
        return Sketch(self, kind).named(stated) if stated is not None and stated.to else ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """One record to be written: its class, its ids, and the owner or project it belongs to.

    ``inside`` is the field that its place in the text fills in; ``rest`` is what is left for it of
    an amount that is shared.
    """

    around: Surroundings
    record: type[Record]
    id: str = ""
    full_id: str = ""
    near: str = ""
    inside: str = ""
    rest: Decimal | None = None

    def named(self, stated: Field) -> str:
        """Return the id that a field names, an empty text where there is nothing to name.

        What exists goes before what is printed beside. Of that, what no other of the kind has in
        its id, and then what is part of the same owner, goes first; else the order of the files.
        """
        used, near = _used(stated, self), self.near
        portfolio, beside = self.around.portfolio, self.around.beside
        to = stated.to or tuple(kinds())
        existing = _going_on(portfolio) if portfolio is not None else {}
        found = [entity for kind in to for entity in existing.get(kind, ())]
        if stated.apart and near:
            close, close_kinds = self._close()
            found = [e for e in found if close.isdisjoint({e.id, e.owner_id})]
            to = tuple(kind for kind in to if kind not in close_kinds)
        if found:
            return min(found, key=lambda e: (e.id in used, e.owner_id != near)).id
        return next((beside[kind] for kind in to if kind in beside), "")

    def _close(self) -> tuple[set[str], set[str]]:
        """Return the ids that what it belongs to has or names, and such kinds where it is new."""
        portfolio = self.around.portfolio
        entity = portfolio.find(self.near) if portfolio is not None else None
        if portfolio is not None and entity is not None:
            return {self.near, *(used.ref.id for used in portfolio.references_from(entity))}, set()
        new = [kind for kind, id_ in self.around.beside.items() if id_ == self.near]
        stated = [f for kind in new for f in reference_fields(kind_called(kind))]
        return set(), {*new, *(kind for each in stated for kind in each.to)}


def _used(stated: Field, sketch: Sketch) -> set[str]:
    """Return what others of the kind state in a field that their ids are made of."""
    portfolio, kind = sketch.around.portfolio, sketch.record
    if portfolio is None or not issubclass(kind, Entity) or stated.name not in kind.IDENTITY:
        return set()
    return {str(getattr(entity, stated.name)) for entity in portfolio.all(kind)}


def _numbered(stem: str) -> Iterator[str]:
    """Yield an id and those that follow it: `change-me`, `change-me-2`; `1`, `2`."""
    if stem.isdecimal():
        yield from (str(number) for number in count(int(stem)))
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def kind_called(name: str) -> type[Entity]:
    """Return the kind that a field of the model names."""
    return kinds()[name]


def placeholder_id(kind: str) -> str:
    """Return the id that an entity has which somebody else names."""
    return f"{PLACEHOLDER_ID}-{kind.replace('_', '-')}"


@per_portfolio
def _going_on(portfolio: View) -> Mapping[str, list[Entity]]:
    """Return by kind what is not over, and of people those who are in post."""
    return grouped(
        (each.KIND, each)
        for each in portfolio.entities.values()
        if is_live(portfolio, each) and _is_in_post(each, portfolio.as_of)
    )


def _is_in_post(entity: Entity, day: date) -> bool:
    if not isinstance(entity, Person):
        return True
    return (entity.start_date or day) <= day < (entity.end_date or date.max)


def value_of(stated: Field, sketch: Sketch) -> str | None:
    """Return what stands behind the key of a field; None where it takes more lines."""
    return _written(stated.shape, stated, sketch)


def _written(shape: Shape, stated: Field, sketch: Sketch) -> str | None:
    match shape:
        case Scalar():
            return scalar(_scalar(shape, stated, sketch))
        case Reference():
            return scalar(sketch.named(stated) or _nobody(stated), flow=True)
        case Many() | Table() | Nested() if stated.example and not can_refer(shape):
            return stated.example
        case Many(item=Nested()) | Nested():
            return None
        case Many(item=item):
            return f"[{_written(item, stated, sketch)}]"
        case Either(options=options):
            return _written(options[0], stated, sketch)
    return "{}"


def _nobody(stated: Field) -> str:
    """Return what a reference shows where there is nothing to name."""
    if stated.words:
        return stated.words[0]
    return placeholder_id(stated.to[0]) if stated.to else PLACEHOLDER_ID


def _scalar(shape: Scalar, stated: Field, sketch: Sketch) -> str:
    """Return a single value: what its day or its neighbours make it, an example, the default."""
    if shape.name in {"date", "date and time", "period"}:
        return day_text(shape.name, stated, sketch.record, sketch.around.day)
    rest = sketch.rest if shape.name == "money" else rest_of(stated, sketch)
    if rest is not None:
        return f"{rest:f}"
    if stated.key == "id":
        return sketch.id
    if stated.example:
        return stated.example
    if stated.default not in {None, False, "", ()}:
        return str(stated.default).lower() if shape.name == "true or false" else str(stated.default)
    if shape.choices:
        used = _used(stated, sketch)
        return min(shape.choices, key=lambda choice: choice in used)
    return _number(stated) if "number" in shape.name else _PLACEHOLDERS[shape.name]


def _number(stated: Field) -> str:
    """Return a number that a field takes, and not 0 where it takes more."""
    low, high = stated.minimum, stated.maximum
    if low == 0:
        return "0.5" if high == 1 else "1"
    return "1" if low is None else str(max(low, Decimal(0)))


def rest_of(stated: Field, sketch: Sketch) -> Decimal | None:
    """Return what the others that share a whole leave of it; None where nothing is shared."""
    key, whole = stated.adds_to
    portfolio, kind = sketch.around.portfolio, sketch.record
    if not key or not issubclass(kind, Entity):
        return None
    shares = kind.FIELDS[key]
    shared = sketch.named(shares) if shares.required else ""
    if not whole.isdecimal():
        holder = portfolio.find(shared) if portfolio is not None else None
        amount = getattr(holder, whole, None)
        if not isinstance(amount, Money):
            return None
        whole = str(amount.amount)
    beside = [e for e in portfolio.all(kind) if is_live(portfolio, e)] if portfolio else []
    taken = (_sum(getattr(e, stated.name)) for e in beside if _id(getattr(e, key)) == shared)
    return max(Decimal(0), Decimal(whole) - sum(taken, Decimal(0)))


def _id(reference: Ref | None) -> str:
    return "" if reference is None else reference.id


def _sum(value: object) -> Decimal:
    """Return the amounts inside a value, added."""
    match value:
        case Decimal():
            return value
        case Money(amount=amount):
            return amount
        case tuple():
            return sum(map(_sum, value), Decimal(0))
        case Record():
            return sum(
                (_sum(v) for v in value.stated().values() if isinstance(v, Money)), Decimal(0)
            )
    return Decimal(0)
