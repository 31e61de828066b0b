"""The second look, once every file is read: full ids of references, currencies, doubles.

This is the last step of building records; nothing changes them afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from portfolio.bounds import quoted
from portfolio.diagnostic import Diagnostic, Edit, Related, Severity
from portfolio.loading.findings import with_article
from portfolio.loading.suggestions import Known
from portfolio.model.kinds import kinds
from portfolio.place import unpacked
from portfolio.record import Either, Many, Nested, Record, Ref, Scalar, Shape, Table
from portfolio.references import per_class, reference_fields, references
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from portfolio.model.entity import Entity
    from portfolio.record import Field

_SUGGESTION_LIMIT = 200
"""How many broken references get a suggestion: each compares with thousands of ids."""


def duplicates(entities: Iterable[Entity]) -> Iterator[Diagnostic]:
    """Report every id that is used twice, showing both places."""
    first: dict[str, Entity] = {}
    for entity in entities:
        known = first.setdefault(entity.id, entity)
        if known is not entity:
            yield Diagnostic(
                "REF-DUPLICATE-ID",
                Severity.ERROR,
                f"the id {entity.id!r} is used twice: {known.KIND} and {entity.KIND}"
                if known.KIND != entity.KIND
                else f"the {entity.KIND} id {entity.id!r} is used twice",
                entity.where("id"),
                "ids are unique across all kinds; rename one of the two",
                entity.id,
                (Related(known.where("id"), "first used here"),),
            )


def resolve(
    by_id: Mapping[str, Entity],
    entities: Iterable[Entity],
    is_elsewhere: Callable[[str], bool],
) -> list[Diagnostic]:
    """Give every reference its full id; report those that name nothing or the wrong kind.

    ``is_elsewhere`` tells of a full id whether it stands in something that could not be read: that
    mistake is reported once, where it is, and not again by everything that refers to it.
    """
    found: list[Diagnostic] = []
    certain = _Certainty(by_id)
    known = Known(by_id)
    for entity in entities:
        scopes: tuple[str, ...] = ()
        for record, stated, ref in references(entity):
            if stated.words and ref.written in stated.words:
                continue
            written = by_id.get(ref.written)
            if (
                written is not None
                and written.KIND in stated.to
                and (certain.dotted in ref.written or certain.unowned[stated.to])
            ):
                continue  # as written, it is the full id already
            scopes = scopes or _scopes(entity)
            target = _target(by_id, scopes, stated, ref)
            if target is None:
                if any(is_elsewhere(name) for name in _meanings(scopes, ref)):
                    continue
                hints = len(found) < _SUGGESTION_LIMIT
                found.append(_broken(known, entity, record, stated, ref, with_hint=hints))
            elif stated.to and target.KIND not in stated.to:
                found.append(_wrong_kind(known, entity, record, stated, ref, target))
            else:
                ref.id = target.id
    return found


class _Certainty:
    """When an id as written can mean nothing but the entity with that full id.

    It cannot be short where it is `owner.child` already and nothing is nested deeper than that
    (``dotted`` is what stands in such an id), or where what it may name is part of nothing.
    """

    def __init__(self, by_id: Mapping[str, Entity]) -> None:
        is_flat = not any(id_.count(".") > 1 for id_ in by_id)
        self.dotted = "." if is_flat else _NEVER
        self.unowned = _Unowned()


_NEVER = "\0"
"""What stands in no id."""


class _Unowned(dict[tuple[str, ...], bool]):
    """Whether none of some kinds is part of another entity."""

    def __missing__(self, names: tuple[str, ...]) -> bool:
        owned = {kind.KIND for kind in kinds().values() if kind.OWNER}
        self[names] = owned.isdisjoint(names)
        return self[names]


def _scopes(entity: Entity) -> tuple[str, ...]:
    """Return the prefixes inside which an entity's short ids are tried, nearest first."""
    scopes = [entity.owner_id, entity.id]
    project = getattr(entity, "project", None)
    if isinstance(project, Ref):
        scopes.append(project.id)
    return tuple(dict.fromkeys(scope for scope in scopes if scope))


def _meanings(scopes: tuple[str, ...], ref: Ref) -> tuple[str, ...]:
    """Return the full ids that a reference could mean, nearest scope first."""
    return (*(f"{scope}.{ref.written}" for scope in scopes), ref.written)


def _target(
    by_id: Mapping[str, Entity], scopes: tuple[str, ...], stated: Field, ref: Ref
) -> Entity | None:
    """Return what a reference means: of the candidates, the first of a fitting kind."""
    written = ref.written
    fallback = None
    for scope in scopes:
        candidate = by_id.get(f"{scope}.{written}")
        if candidate is not None:
            if not stated.to or candidate.KIND in stated.to:
                return candidate
            fallback = fallback or candidate
    return by_id.get(written) or fallback


def _place(entity: Entity, record: Record, stated: Field, ref: Ref) -> Any:  # noqa: ANN401
    written = entity.where(stated.key) if record is entity else record.where()
    return unpacked(written.path, ref.place or entity.source.place)


def _key(entity: Entity, record: Record, stated: Field) -> str:
    """Name the field that holds a reference, a nested one behind the field it is nested in."""
    if record is entity:
        return stated.key
    outer = next(
        (f.key for f in reference_fields(type(entity)) if _holds(getattr(entity, f.name), record)),
        "",
    )
    is_short = stated.key == record.SHORTHAND
    return outer if is_short and outer else f"{outer}.{stated.key}".lstrip(".")


def _holds(value: object, record: Record) -> bool:
    return value is record or (isinstance(value, tuple) and any(v is record for v in value))


def _broken(
    known: Known,
    entity: Entity,
    record: Record,
    stated: Field,
    ref: Ref,
    *,
    with_hint: bool,
) -> Diagnostic:
    what = " or ".join(stated.to) or "entity"
    near = known.near(entity, stated, ref.written) if with_hint else []
    return Diagnostic(
        "REF-BROKEN",
        Severity.ERROR,
        f"{_key(entity, record, stated)} names {quoted(ref.written)}, but there is no such {what}",
        _place(entity, record, stated, ref),
        f"did you mean {' or '.join(n.id for n in near)}?"
        if near
        else f"write the id of {with_article(what)}, or add it",
        entity.id,
        tuple(Related(n.where("id"), f"{n.KIND} {n.id!r} is here") for n in near[:1]),
        (Edit(_place(entity, record, stated, ref), ref.written, near[0].id),)
        if len(near) == 1
        else (),
    )


def _wrong_kind(
    known: Known,
    entity: Entity,
    record: Record,
    stated: Field,
    ref: Ref,
    target: Entity,
) -> Diagnostic:
    what = " or ".join(stated.to)
    near = [n for n in known.near(entity, stated, ref.written) if n.id != target.id]
    return Diagnostic(
        "REF-WRONG-KIND",
        Severity.ERROR,
        f"{_key(entity, record, stated)} names {quoted(ref.written)}, "
        f"which is {with_article(target.KIND)}; "
        f"it must be {with_article(what)}",
        _place(entity, record, stated, ref),
        f"did you mean {' or '.join(n.id for n in near)}?" if near else "",
        entity.id,
        (Related(target.where("id"), f"{target.KIND} {target.id!r} is here"),),
    )


def give_currencies(by_id: Mapping[str, Entity], entities: Iterable[Entity], currency: str) -> None:
    """Complete every plain amount with the nearest currency upwards."""
    for entity in entities:
        if not _money_given(type(entity)).isdisjoint(entity.__dict__):
            _complete(entity, _currency(by_id, entity, currency))


def _currency(by_id: Mapping[str, Entity], entity: Entity, default: str) -> str:
    """Find the currency of an entity: its own, its contract's, its owner's, its project's."""
    seen: set[str] = set()
    current: Entity | None = entity
    while current is not None and current.id not in seen:
        seen.add(current.id)
        stated = getattr(current, "currency", None)
        if isinstance(stated, str) and stated:
            return stated
        upwards = (current.OWNER, "contract", "project")
        refs = (getattr(current, name, None) for name in upwards if name)
        current = next((by_id[r.id] for r in refs if isinstance(r, Ref) and r.id in by_id), None)
    return default


def _complete(record: Record, currency: str) -> None:
    written = record.__dict__
    for name in money_fields(type(record)):
        value = getattr(record, name)
        if value:
            written[name] = _with_currency(value, currency)


def _with_currency(value: Any, currency: str) -> Any:  # noqa: ANN401
    if isinstance(value, Money):
        return value if value.currency else Money(value.amount, currency)
    if isinstance(value, Record):
        _complete(value, currency)
    elif isinstance(value, tuple):
        return tuple(_with_currency(item, currency) for item in value)
    elif isinstance(value, Mapping):
        return MappingProxyType({k: _with_currency(v, currency) for k, v in value.items()})
    return value


@per_class
def money_fields(record: type[Record]) -> tuple[str, ...]:
    """Return the attributes of a class that are, or can contain, money."""
    return tuple(f.name for f in record.FIELDS.values() if _is_money(f.shape))


@per_class
def _money_given(record: type[Record]) -> frozenset[str]:
    """Return the attributes in whose presence a record has money; its id where it always has."""
    names = money_fields(record)
    return frozenset({"id"} if any(record.DEFAULTS[name] for name in names) else names)


def _is_money(shape: Shape) -> bool:
    if isinstance(shape, Scalar):
        return shape.name == "money"
    if isinstance(shape, Many | Table):
        return _is_money(shape.item)
    if isinstance(shape, Nested):
        return bool(money_fields(shape.record))
    return isinstance(shape, Either) and any(_is_money(option) for option in shape.options)
