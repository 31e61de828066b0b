"""The index of entities: by id, by kind, and by who refers to them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, overload
from weakref import WeakKeyDictionary

from portfolio.record import Field, Record, Ref
from portfolio.references import references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from portfolio.model.entity import Entity
    from portfolio.settings import Settings

    Holders = Mapping[tuple[type[Entity], str], tuple[Entity, ...]]

E = TypeVar("E", bound="Entity")
I = TypeVar("I", bound="Index")  # noqa: E741
T = TypeVar("T")
Asked = TypeVarTuple("Asked")


class Reference:
    """One reference in use: which entity holds it, in which record and field, to what."""

    __slots__ = ("field", "holder", "record", "ref")

    def __init__(self, holder: Entity, record: Record, field: Field, ref: Ref) -> None:
        """Keep the four."""
        self.holder = holder
        self.record = record
        self.field = field
        self.ref = ref


class Entries:
    """Entities in the order of files, with what is looked up among them; of two ids the first.

    What stands ``behind`` is found by its id, and in no list.
    """

    def __init__(self, entities: Iterable[Entity], behind: Iterable[Entity] = ()) -> None:
        """Sort the entities by id and by kind."""
        by_id: dict[str, Entity] = {}
        by_kind: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            if by_id.setdefault(entity.id, entity) is entity:
                by_kind[entity.KIND].append(entity)
        self.by_id = by_id
        others = {entity.id: entity for entity in behind}
        self.found = others | by_id if others else by_id
        self.by_kind = {kind: tuple(found) for kind, found in by_kind.items()}
        self.holders: dict[str, Holders] = {}

    @cached_property
    def incoming(self) -> Mapping[str, Sequence[Reference]]:
        """Return the references by the id that they lead to."""
        incoming: dict[str, list[Reference]] = defaultdict(list)
        for entity in self.by_id.values():
            for record, stated, ref in references(entity):
                incoming[ref.id].append(Reference(entity, record, stated, ref))
        return dict(incoming)


class Index:
    """Entities at one day, with the settings that they are judged by; it never changes."""

    def __init__(self, settings: Settings, as_of: date, entries: Entries) -> None:
        """Keep the three; entries may be shared."""
        self.settings = settings
        self.as_of = as_of
        self._entries = entries

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self._entries.by_id)

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Return every entity by its full id, in the order of files."""
        return self._entries.by_id

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Return the entities of one kind, in the order of files."""
        return self._entries.by_kind.get(kind.KIND, ())  # type: ignore[return-value]

    @overload
    def find(self, reference: Ref | str | None) -> Entity | None: ...
    @overload
    def find(self, reference: Ref | str | None, kind: type[E]) -> E | None: ...
    def find(self, reference: Ref | str | None, kind: type[Entity] | None = None) -> Entity | None:
        """Return the entity with this full id, or None where there is none of that kind."""
        if reference is None:
            return None
        found = self._entries.found.get(reference.id if isinstance(reference, Ref) else reference)
        return found if kind is None or isinstance(found, kind) else None

    def references_from(self, entity: Entity) -> tuple[Reference, ...]:
        """Return every reference that an entity holds, broken ones included."""
        return tuple(Reference(entity, *held) for held in references(entity))

    def references_to(self, entity: Entity) -> Sequence[Reference]:
        """Return every reference to an entity."""
        return self._entries.incoming.get(entity.id, ())

    def related(self, entity: Entity, kind: type[E], key: str = "") -> tuple[E, ...]:
        """Return the entities of a kind that refer to this one, once each.

        With ``key`` only references through that field count: the milestones of a project are
        ``related(project, Milestone, "project")``.
        """
        if entity.id not in self._entries.holders:
            self._entries.holders[entity.id] = _by_field(self.references_to(entity))
        groups = self._entries.holders[entity.id]
        if key:
            return groups.get((kind, key), ())  # type: ignore[return-value]
        found = {
            used.holder.id: used.holder
            for used in self.references_to(entity)
            if isinstance(used.holder, kind)
        }
        return tuple(found.values())


def _by_field(incoming: Iterable[Reference]) -> Holders:
    """Return those who refer to an entity, once each, by their kind and the field."""
    found: dict[tuple[type[Entity], str], dict[str, Entity]] = defaultdict(dict)
    for used in incoming:
        found[type(used.holder), used.field.key][used.holder.id] = used.holder
    return {through: tuple(holders.values()) for through, holders in found.items()}


def per_portfolio(compute: Callable[[I, *Asked], T]) -> Callable[[I, *Asked], T]:
    """Remember what a function says of an index, as long as that lives: it never changes.

    What is asked beside the index can be hashed, and is answered once each.
    """
    known: WeakKeyDictionary[I, dict[object, T]] = WeakKeyDictionary()

    @wraps(compute)
    def look_up(portfolio: I, *asked: *Asked) -> T:
        answers = known.setdefault(portfolio, {})
        if asked not in answers:
            answers[asked] = compute(portfolio, *asked)
        return answers[asked]

    return look_up
