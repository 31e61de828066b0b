"""What stands where something is hidden: dates and load pass through it, words and money do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.model.resources import Assignment, Timesheet
from portfolio.record import Field, Many, Record, Ref, Scalar, Shape
from portfolio.references import references
from portfolio.view.audience import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from portfolio.model.entity import Entity

CONFIDENTIAL = "confidential work"
_BOOKED = (Activity, Assignment, Timesheet)
_PASSED = (Project, Milestone, Dependency, *_BOOKED)
"""The kinds through which dates and load pass; of others nothing is left."""
_TIMES = frozenset(
    {"date", "date and time", "period", "duration", "choice", "true or false", "day of the year"}
)
_NUMBERS = frozenset({"number", "whole number"})


@dataclass(frozen=True, slots=True)
class Concealed:
    """Entities without a trace of what is hidden, and the stand-ins for that.

    ``shown`` are those that may be seen; what they say of something hidden names its stand-in.
    """

    shown: tuple[Entity, ...]
    stand_ins: tuple[Entity, ...]


def concealed(entities: Iterable[Entity], hidden: frozenset[str]) -> Concealed:
    """Put stand-ins where something is hidden, whose order says nothing of names or files."""
    every = tuple(entities)
    bare = {each.id: _bare(each) for each in every if each.id in hidden}
    contents = {id_: _content(values) for id_, values in bare.items()}
    order = sorted(
        (each for each in every if each.id in hidden and isinstance(each, _PASSED)),
        key=lambda each: (
            _PASSED.index(type(each)),
            contents[each.id],
            sorted(contents.get(ref.id, "") for _, _, ref in references(each)),
        ),
    )
    shown = [each for each in every if each.id not in hidden]
    names = dict.fromkeys(hidden, CONFIDENTIAL) | _numbered(order, {each.id for each in shown})
    return Concealed(
        tuple(_renamed(each, names) for each in shown),
        tuple(_stand_in(each, bare[each.id], names) for each in order),
    )


def _numbered(order: Iterable[Entity], taken: AbstractSet[str]) -> dict[str, str]:
    """Return the ids of stand-ins by what they stand for: projects by number, parts behind."""
    names: dict[str, str] = {}
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for entity in order:
        owner = names.get(entity.owner_id, "")
        start = f"{owner}." if owner else "confidential-"
        made = (f"{start}{number}" for number in numbers[owner])
        names[entity.id] = next(each for each in made if each not in taken)
    return names


def _content(value: Any) -> str:  # noqa: ANN401
    """Return a value as text, without what it refers to."""
    if isinstance(value, Ref):
        return ""
    if isinstance(value, Record):
        return _content(value.stated())
    if isinstance(value, Mapping):
        return str([(name, _content(each)) for name, each in value.items()])
    if isinstance(value, tuple):
        return str([_content(each) for each in value])
    return repr(value)


def _bare(entity: Entity) -> dict[str, Any]:
    """Return the values of something hidden that dates and load are made of."""
    kept = dict(_kept(entity, counts=isinstance(entity, _BOOKED)))
    kept.pop("id", None)
    return kept


def _kept(record: Record, *, counts: bool) -> Iterator[tuple[str, Any]]:
    for stated in record.FIELDS.values():
        if stated.name in record.__dict__:
            value = _kept_value(stated, stated.shape, record.__dict__[stated.name], counts=counts)
            if value is not None:
                yield stated.name, value


def _kept_value(stated: Field, shape: Shape, value: Any, *, counts: bool) -> Any:  # noqa: ANN401
    """Return what may be left of a value, None for nothing."""
    if isinstance(value, Ref):
        return _kept_reference(stated, value)
    if isinstance(value, Record):
        return type(value)(**dict(_kept(value, counts=counts)))
    if isinstance(shape, Many):
        kept = (_kept_value(stated, shape.item, each, counts=counts) for each in value)
        return tuple(each for each in kept if each is not None)
    if isinstance(shape, Scalar):
        passes = shape.name in _TIMES or (counts and shape.name in _NUMBERS)
        return value if passes or stated.key == "calendar" else None
    return None


def _kept_reference(stated: Field, ref: Ref) -> Ref | None:
    """Return a reference to other work; of people only those who do it."""
    if stated.to != ("person",) or stated.key == "person":
        return ref
    return Ref(CONFIDENTIAL) if stated.required else None


def _stand_in(entity: Entity, values: Mapping[str, Any], names: Mapping[str, str]) -> Entity:
    words = {entity.NAME_FIELD: CONFIDENTIAL} if entity.NAME_FIELD else {}
    renamed = {name: _with_names(value, names) for name, value in values.items()}
    return type(entity)(id=names[entity.id], **renamed, **words)


def _renamed(entity: Entity, names: Mapping[str, str]) -> Entity:
    if not any(is_hidden(ref.id, names.keys()) for _, _, ref in references(entity)):
        return entity
    return cast("Entity", _with_names(entity, names))


def _with_names(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return a value in which every reference to something hidden names what stands for it."""
    if isinstance(value, Ref):
        if not is_hidden(value.id, names.keys()):
            return value
        return Ref(names.get(value.id, CONFIDENTIAL), value.place)
    if isinstance(value, Record):
        written = {name: _with_names(each, names) for name, each in value.stated().items()}
        return type(value).build(written, value.source)
    if isinstance(value, tuple):
        return tuple(_with_names(each, names) for each in value)
    if isinstance(value, Mapping):
        return {key: _with_names(each, names) for key, each in value.items()}
    return value
