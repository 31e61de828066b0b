"""The index of everything that was loaded: entities by id, by kind, and by who refers to them."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
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


class Past:
    """The portfolio as it was at a commit, for rules that compare."""

    __slots__ = ("commit", "portfolio")

    def __init__(self, portfolio: Portfolio, commit: str) -> None:
        """Keep the portfolio and the commit's short id."""
        self.portfolio = portfolio
        self.commit = commit


class Portfolio:
    """Everything that was loaded, at one day; it never changes.

    ``files`` are the paths that were read, relative to the portfolio's folder, in order; ``past``
    is what it is compared with, if anything.
    """

    def __init__(
        self,
        settings: Settings,
        as_of: date,
        entities: Iterable[Entity],
        files: Iterable[str] = (),
    ) -> None:
        """Index the entities; of two with the same id the first counts."""
        self.settings = settings
        self.past: Past | None = None
        self.as_of = as_of
        self.files = tuple(files)
        by_id: dict[str, Entity] = {}
        by_kind: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            if by_id.setdefault(entity.id, entity) is entity:
                by_kind[entity.KIND].append(entity)
        self._by_id = by_id
        self._by_kind = {kind: tuple(found) for kind, found in by_kind.items()}

    def compared_with(self, past: Past) -> Portfolio:
        """Return the same portfolio with a past to compare it with."""
        compared = copy(self)
        compared.past = past
        return compared

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self._by_id)

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Return every entity by its full id, in the order of files."""
        return self._by_id

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Return the entities of one kind, in the order of files."""
        return self._by_kind.get(kind.KIND, ())  # type: ignore[return-value]

    @overload
    def find(self, reference: Ref | str | None) -> Entity | None: ...
    @overload
    def find(self, reference: Ref | str | None, kind: type[E]) -> E | None: ...
    def find(self, reference: Ref | str | None, kind: type[Entity] | None = None) -> Entity | None:
        """Return the entity with this full id, or None where there is none of that kind."""
        if reference is None:
            return None
        found = self._by_id.get(reference.id if isinstance(reference, Ref) else reference)
        return found if kind is None or isinstance(found, kind) else None

    @cached_property
    def _holders(self) -> dict[str, Holders]:
        return {}

    @cached_property
    def _incoming(self) -> Mapping[str, Sequence[Reference]]:
        incoming: dict[str, list[Reference]] = defaultdict(list)
        for entity in self._by_id.values():
            for record, stated, ref in references(entity):
                incoming[ref.id].append(Reference(entity, record, stated, ref))
        return dict(incoming)

    def references_from(self, entity: Entity) -> tuple[Reference, ...]:
        """Return every reference that an entity holds, broken ones included."""
        return tuple(Reference(entity, *held) for held in references(entity))

    def references_to(self, entity: Entity) -> Sequence[Reference]:
        """Return every reference to an entity."""
        return self._incoming.get(entity.id, ())

    def related(self, entity: Entity, kind: type[E], key: str = "") -> tuple[E, ...]:
        """Return the entities of a kind that refer to this one, once each.

        With ``key`` only references through that field count: the milestones of a project are
        ``related(project, Milestone, "project")``.
        """
        if entity.id not in self._holders:
            self._holders[entity.id] = _by_field(self.references_to(entity))
        groups = self._holders[entity.id]
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


def per_portfolio(
    compute: Callable[[Portfolio, *Asked], T],
) -> Callable[[Portfolio, *Asked], T]:
    """Remember what a function says of a portfolio, as long as that lives: it never changes.

    What is asked beside the portfolio can be hashed, and is answered once each.
    """
    known: WeakKeyDictionary[Portfolio, dict[object, T]] = WeakKeyDictionary()

    @wraps(compute)
    def look_up(portfolio: Portfolio, *asked: *Asked) -> T:
        answers = known.setdefault(portfolio, {})
        if asked not in answers:
            answers[asked] = compute(portfolio, *asked)
        return answers[asked]

    return look_up
